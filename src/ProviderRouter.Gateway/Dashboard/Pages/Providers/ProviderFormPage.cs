using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Admin;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Providers;

/// <summary>Adds a provider, and changes one. A key comes in here, and never goes out.</summary>
internal sealed class ProviderFormPage(SqliteDatabase database, ProviderTests tests, GatewayOptions options)
{
    private static readonly Dictionary<string, List<string>> NoProblems = [];

    /// <summary>What a provider without a preset is.</summary>
    private static readonly Provider Other = new() { Name = "", Type = "openai-compatible", BaseUrl = "", Origin = ProviderOrigin.Edited };

    /// <summary>Where a new one may come from; once that is chosen (<c>preset</c>), its form.</summary>
    public UiAnswer ShowAdd(UiRequest request) => request.Query("preset") switch
    {
        null => UiAnswer.Page(PresetsSlice.Create(new(request.Frame("Add a provider", Place.Providers), Groups()))),
        "other" => Form(request, preset: null, before: null, ProviderFields.Of(Other), NoProblems),
        var name when ProviderPresets.Find(name) is { } preset => Form(request, preset, before: null, FieldsOf(preset), NoProblems),
        var name => UiAnswer.Problem(request, StatusCodes.Status404NotFound, "There is no such preset", $"{KeyLike.Quote(name)} is none that the router knows."),
    };

    /// <summary>Adds one.</summary>
    public UiAnswer Add(UiRequest request)
    {
        var preset = request.Field("preset") is { } chosen ? ProviderPresets.Find(chosen) : null;
        var form = new ProviderForm(request.Form);
        var provider = form.Apply((preset?.Template ?? Other) with { Name = request.Field("name") ?? "" });
        if (form.Problems.Count == 0)
        {
            using var store = database.OpenProviders();
            if (store.Add(WithKey(provider, form)))
            {
                return UiAnswer.SeeOther(ProviderPaths.To(provider.Name, "test"), $"{provider.Name} is added, and not active yet. Test it, then switch to it.");
            }

            form.Refuse("name", $"There is a provider '{provider.Name}' already.");
        }

        return Form(request, preset, before: null, ProviderFields.Typed(request.Form), form.Problems);
    }

    /// <summary>The form of one that is there.</summary>
    public UiAnswer ShowEdit(UiRequest request)
    {
        using var store = database.OpenProviders();
        return store.Find(request.Names[0]) is { } provider
            ? Form(request, preset: null, provider, ProviderFields.Of(provider), NoProblems) : ProvidersPage.Unknown(request);
    }

    /// <summary>Changes one.</summary>
    public UiAnswer Edit(UiRequest request)
    {
        using var store = database.OpenProviders();
        return store.InTransaction(() =>
        {
            if (store.Find(request.Names[0]) is not { } before)
            {
                return ProvidersPage.Unknown(request);
            }

            var form = new ProviderForm(request.Form);
            var after = form.Apply(before);
            if (request.Field("seen") != ProviderFields.Of(before).Digest)
            {
                form.Refuse("", "Somebody changed this provider since you began. Saving again replaces what they did.");
            }

            if (form.Problems.Count > 0)
            {
                return Form(request, preset: null, before, ProviderFields.Typed(request.Form), form.Problems);
            }

            store.Update(WithKey(after, form));
            tests.Forget(after.Name);
            return UiAnswer.SeeOther(ProviderPaths.List, $"{after.Name} is changed. It takes effect with the next request.");
        });
    }

    /// <summary>Sealed last, and only where it is to be stored: sealing makes the file with the secret.</summary>
    private Provider WithKey(Provider provider, ProviderForm form) =>
        form.NewKey is { } key ? provider with { Key = provider.Key with { EnvironmentVariable = null, Sealed = database.Vault.Seal(key) } } : provider;

    private static UiAnswer Form(
        UiRequest request, ProviderPreset? preset, Provider? before, ProviderFields fields, IReadOnlyDictionary<string, List<string>> problems) =>
        UiAnswer.Page(
            ProviderFormSlice.Create(new(
                request.Frame(before is null ? $"Add {preset?.Title ?? "a provider"}" : $"Edit {before.Name}", Place.Providers),
                before is null ? ProviderPaths.Add : ProviderPaths.Of(before.Name), preset, before is null, fields, problems,
                before?.Key.Sealed is not null, (before ?? preset?.Template)?.AnswersInside ?? false, before is null ? null : ProviderFields.Of(before).Digest)),
            problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    /// <summary>What is known of a preset. A key that it needs is to be stored, unless the server has it in its environment already.</summary>
    private ProviderFields FieldsOf(ProviderPreset preset)
    {
        var fields = ProviderFields.Of(preset.Template);
        return preset.KeyVariable is not { } variable ? fields
            : options.Environment[variable] is null ? fields.With(ProviderFields.KeySource, ProviderFields.Stored)
            : fields.With(ProviderFields.KeySource, ProviderFields.FromVariable).With("keyVariable", variable);
    }

    private static IReadOnlyList<(string Heading, IReadOnlyList<ProviderPreset> Presets)> Groups() =>
    [
        ("On this machine", [.. ProviderPresets.All.Where(preset => IsHere(preset.Template))]),
        ("In the cloud, with a key", [.. ProviderPresets.All.Where(preset => !IsHere(preset.Template) && !preset.Template.AnswersInside)]),
        ("Inside the router", [.. ProviderPresets.All.Where(preset => preset.Template.AnswersInside)]),
    ];

    private static bool IsHere(Provider template) => Uri.TryCreate(template.BaseUrl, UriKind.Absolute, out var url) && url.IsLoopback && !template.AnswersInside;
}
