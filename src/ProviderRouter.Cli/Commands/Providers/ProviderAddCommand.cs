using System.CommandLine;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Options.Providers;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Providers;

/// <summary><c>provider-cli provider add NAME</c></summary>
internal sealed class ProviderAddCommand : Command
{
    /// <summary>The kind of a provider without a preset.</summary>
    private const string OtherType = "openai-compatible";

    private readonly Argument<string> name = new("name")
    {
        Description = "What you call it: lower-case letters, digits, dots, hyphens, underscores.",
    };

    private readonly PresetOption preset = new();
    private readonly ProviderForm form = new();

    public ProviderAddCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal)
        : base("add", "Add a provider: from a preset, at a base URL, or both.")
    {
        Add(name);
        Add(preset);
        foreach (var option in form.All)
        {
            Add(option);
        }

        Add(json);
        this.AddExamples(
            "home --preset ollama",
            "openai --preset openai --key-env OPENAI_API_KEY",
            "work --preset openai --key-stdin < key.txt",
            "lab --base-url http://lab.local:8000/v1 --alias gpt-4o=qwen3-32b");
        SetAction(parse =>
        {
            var problems = new List<string>();
            var draft = Read(parse, problems);
            var key = StoresKey(parse, problems) ? ProviderForm.ReadKey(terminal, draft.Name, problems) : null;
            if (problems.Count > 0)
            {
                return terminal.Refuse(UsageProblem.WithHelp(problems, this));
            }

            var database = data.Open(parse);
            var provider = key is null ? draft : draft with { Key = draft.Key with { Sealed = database.Vault.Seal(key) } };
            using var store = database.OpenProviders();
            if (!store.Add(provider))
            {
                return terminal.Fail($"There is a provider '{provider.Name}' already. Change it: provider-cli provider edit {provider.Name}");
            }

            Report(parse.GetValue(json), provider, store);
            ProviderForm.Warn(terminal, provider, environment);
            return ExitCode.Done;
        });

        void Report(bool asJson, Provider provider, ProviderStore store)
        {
            if (asJson)
            {
                terminal.WriteJson(ProviderReport.Of(provider, ProviderPlace.Read(store, environment)), CliJson.Readable.ProviderReport);
                return;
            }

            terminal.WriteLine("Added ", new Phrase(provider.Name, Tone.Good), $": {provider.BaseUrl}, key: {provider.Key.Source}");
            terminal.WriteLine("Next: ", new Phrase($"provider-cli test {provider.Name}", Tone.Strong));
            terminal.WriteLine("Then: ", new Phrase($"provider-cli set {provider.Name}", Tone.Strong));
        }
    }

    /// <summary>The presets, below the rest of this command's help.</summary>
    public static void WritePresets(Terminal terminal)
    {
        terminal.WriteLine("Presets:");
        var facts = new FactSheet();
        foreach (var known in ProviderPresets.All)
        {
            facts.Add($"  {known.Name}", $"{known.Template.BaseUrl}{known.UrlExample}{(known.NeedsKey ? ", with a key" : "")}");
        }

        terminal.Write(facts);
        terminal.WriteLine("  With --base-url, the same at another address. A key is asked for where it is not said where it comes from.");
    }

    /// <summary>The provider as it is to be, but for a key that is stored; every problem of it is added.</summary>
    private Provider Read(ParseResult parse, List<string> problems)
    {
        var change = form.Read(parse, isNew: true, problems);
        var chosen = preset.In(parse, problems);
        var isPlaced = form.Address.HasUrl(parse);
        if (!isPlaced && chosen is null && parse.GetValue(preset) is null)
        {
            problems.Add($"Say where it is: --base-url URL, or --preset NAME ({PresetOption.Names}).");
        }
        else if (!isPlaced && chosen is { UrlExample: { } example })
        {
            problems.Add($"{chosen.Title} is elsewhere for everybody: --base-url {example}");
        }

        var template = (chosen?.Template ?? new Provider { Name = "", Type = OtherType, BaseUrl = "" }) with
        {
            Name = parse.GetRequiredValue(name).Trim(),
            Origin = ProviderOrigin.Edited,
        };
        var provider = change(template);
        // A base URL that is not there was spoken of above.
        problems.AddRange(ProviderRules.Check(
            provider.BaseUrl.Length == 0 && !isPlaced ? provider with { BaseUrl = "http://localhost" } : provider));
        return provider;
    }

    private bool StoresKey(ParseResult parse, List<string> problems)
    {
        if (form.Key.SaysSource(parse) || preset.In(parse, []) is not { NeedsKey: true } chosen)
        {
            return form.Key.IsStored(parse);
        }

        if (KeyInput.CanAsk)
        {
            return true;
        }

        problems.Add(
            $"{chosen.Title} needs a key: --key-stdin to store it, --key-env {chosen.KeyVariable} to have it from the environment, "
            + "or --no-key to pass on the client's.");
        return false;
    }
}
