using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Admin;
using ProviderRouter.Gateway.Dashboard.Forms;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Providers;

/// <summary>The list of providers, and what is done with one of them.</summary>
internal sealed class ProvidersPage(SqliteDatabase database, IBreakerStates breakers, ProviderTests tests, GatewayOptions options)
{
    private const string Counts = "It takes effect with the next request.";

    /// <summary>In the address of the list: which one was disabled just now.</summary>
    private const string Disabled = "disabled";

    /// <summary>The list.</summary>
    public UiAnswer Show(UiRequest request)
    {
        using var store = database.OpenProviders();
        var (providers, active) = store.InSnapshot(() => (store.List(), ActiveAdmin.Read(store, options.Environment)));
        var frame = request.Frame("Providers", Place.Providers);
        return UiAnswer.Page(ProvidersSlice.Create(new(
            frame, [.. providers.OrderByDescending(provider => provider.Name == active.Provider).Select(provider => Listed(provider, active))],
            frame.Said is null ? null : providers.FirstOrDefault(provider => !provider.Enabled && provider.Name == request.Query(Disabled))?.Name)));
    }

    /// <summary>Lets one answer again.</summary>
    public UiAnswer Enable(UiRequest request) => SetEnabled(request, enabled: true);

    /// <summary>Lets one answer nobody.</summary>
    public UiAnswer Disable(UiRequest request) => SetEnabled(request, enabled: false);

    /// <summary>Asks once whether one is to go.</summary>
    public UiAnswer AskRemove(UiRequest request)
    {
        using var store = database.OpenProviders();
        var name = request.Names[0];
        return store.Find(name) is not { } provider ? Unknown(request)
            : InTheWay(store, name, andFallbacks: true) is { } why ? Refused(request, $"{name} was not removed", why)
            : UiAnswer.Page(AskOnceSlice.Create(new(
                request.Frame($"Remove {name}?", Place.Providers),
                [$"{name} at {provider.BaseUrl} is removed{(provider.Key.Sealed is null ? "" : ", and so is its stored key")}. Its requests stay on record."],
                ProviderPaths.To(name, "remove"), $"Remove {name}", ProviderPaths.List)));
    }

    /// <summary>Removes one.</summary>
    public UiAnswer Remove(UiRequest request)
    {
        using var store = database.OpenProviders();
        var name = request.Names[0];
        return store.InTransaction(() =>
        {
            if (InTheWay(store, name, andFallbacks: true) is { } why)
            {
                return Refused(request, $"{name} was not removed", why);
            }

            tests.Forget(name);
            return store.Remove(name) ? UiAnswer.SeeOther(ProviderPaths.List, $"{name} was removed. {Counts}") : Unknown(request);
        });
    }

    /// <summary>What a provider said when it was asked last, with its models.</summary>
    public UiAnswer ShowTest(UiRequest request)
    {
        using var store = database.OpenProviders();
        return store.Find(request.Names[0]) is not { } provider ? Unknown(request)
            : UiAnswer.Page(TestSlice.Create(new(
                request.Frame($"Test of {provider.Name}", Place.Providers), provider, tests.Find(provider.Name),
                provider.Enabled && ActiveAdmin.Read(store, options.Environment).Provider != provider.Name)));
    }

    /// <summary>Asks a provider for its models.</summary>
    public async Task<UiAnswer> TestAsync(UiRequest request)
    {
        Provider? provider;
        using (var store = database.OpenProviders())
        {
            provider = store.Find(request.Names[0]);
        }

        if (provider is null)
        {
            return Unknown(request);
        }

        await tests.AskAsync(provider, request.Left);
        return UiAnswer.SeeOther(ProviderPaths.To(provider.Name, "test"));
    }

    /// <summary>That there is no such provider.</summary>
    public static UiAnswer Unknown(UiRequest request) => UiAnswer.Problem(
        request, StatusCodes.Status404NotFound, "There is no such provider", $"{KeyLike.Quote(request.Names[0])} is not known, or not any more. Nothing was changed.", (ProviderPaths.List, "To the providers"));

    private UiAnswer SetEnabled(UiRequest request, bool enabled)
    {
        using var store = database.OpenProviders();
        var name = request.Names[0];
        return store.InTransaction(() => !enabled && InTheWay(store, name, andFallbacks: false) is { } why ? Refused(request, $"{name} was not disabled", why)
            : !store.SetEnabled(name, enabled) ? Unknown(request)
            : enabled ? UiAnswer.SeeOther(ProviderPaths.List, $"{name} is enabled. {Counts}")
            : UiAnswer.SeeOther($"{ProviderPaths.List}?{Disabled}={Uri.EscapeDataString(name)}", $"{name} is disabled: no request is sent to it. {Counts}"));
    }

    private string? InTheWay(ProviderStore store, string name, bool andFallbacks) =>
        ActiveAdmin.Read(store, options.Environment) is var active
            ? ActivePlan.InTheWay(name, active.Provider, andFallbacks ? active.Fallbacks : []) : null;

    private static UiAnswer Refused(UiRequest request, string title, string why) =>
        UiAnswer.Problem(request, StatusCodes.Status409Conflict, title, $"{why}, on the overview.");

    private ListedProvider Listed(Provider provider, ActiveView active)
    {
        var badges = new List<Badge>();
        var isActive = provider.Name == active.Provider;
        if (isActive)
        {
            badges.Add(new(Tone.Good, "active"));
        }

        if (active.Fallbacks.ToList().IndexOf(provider.Name) is >= 0 and var place)
        {
            badges.Add(new(Tone.Good, $"fallback {place + 1}"));
        }

        if (!provider.Enabled)
        {
            badges.Add(new(isActive ? Tone.Bad : Tone.Warning, "disabled"));
        }

        if (breakers.NotClosed.FirstOrDefault(breaker => breaker.Provider == provider.Name) is { State: { } state })
        {
            badges.Add(new(Tone.Warning, state == "open" ? "kept failing, passed over" : "kept failing, on trial"));
        }

        var isMissing = provider.Key.IsMissing(options.Environment);
        return new(
            provider, badges.Count == 0 ? [new(Tone.Good, "enabled")] : badges,
            provider.Key switch
            {
                { Sealed: not null } => "stored, encrypted",
                { EnvironmentVariable: { } variable } => isMissing ? $"{variable} is not set where the server runs" : $"from the variable {variable}",
                _ => provider.AnswersInside ? "needs none" : "none; what the client sends is passed on",
            },
            isMissing, isActive, tests.Find(provider.Name));
    }
}
