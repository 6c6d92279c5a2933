using System.CommandLine;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Options.Providers;

/// <summary><c>--preset NAME</c>: a provider that the program knows.</summary>
internal sealed class PresetOption : Option<string?>
{
    public PresetOption()
        : base("--preset")
    {
        Description = "One that the program knows; see below.";
        HelpName = "NAME";
        CompletionSources.Add(_ => ProviderPresets.All.Select(preset => Completes.Item(preset.Name, preset.Title)));
    }

    /// <summary>The names of all presets.</summary>
    public static string Names => string.Join(", ", ProviderPresets.All.Select(preset => preset.Name));

    /// <summary>The preset that is named; null when none is, or it is not known, which is a problem.</summary>
    public ProviderPreset? In(ParseResult parse, List<string> problems)
    {
        if (parse.GetValue(this) is not { } typed)
        {
            return null;
        }

        var preset = ProviderPresets.Find(typed);
        if (preset is null)
        {
            var meant = NearestName.To(typed, ProviderPresets.All.Select(known => known.Name)) is { } nearest ? $" Did you mean {nearest}?" : "";
            problems.Add($"There is no preset {KeyLike.Quote(typed)}.{meant} Known: {Names}.");
        }

        return preset;
    }
}
