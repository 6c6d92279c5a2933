using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Forwarding;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Admin;

/// <summary>Providers: list, get, create, change, remove, enable, disable, test.</summary>
internal sealed class ProviderAdmin(UpstreamClients clients, TimeProvider time)
{
    private static readonly TimeSpan LongestTest = TimeSpan.FromMinutes(1);

    public static AdminAnswer List(AdminRequest request)
    {
        using var store = request.Database.OpenProviders();
        return store.InSnapshot(() =>
        {
            var active = ActiveAdmin.Read(store, request.Environment);
            return AdminAnswer.Of(
                [.. store.List().Select(provider => ProviderView.Of(provider, active, request.Environment))],
                AdminJson.Default.IReadOnlyListProviderView);
        });
    }

    public static AdminAnswer Get(AdminRequest request)
    {
        using var store = request.Database.OpenProviders();
        return store.Find(request.Name) is { } provider ? View(provider, store, request) : Unknown(request.Name, store);
    }

    public static AdminAnswer Create(AdminRequest request)
    {
        var input = request.Input;
        var (name, wanted) = (input.Text("name"), input.Text("preset"));
        var preset = wanted is null ? null : ProviderPresets.Find(wanted);
        if (name is null)
        {
            input.Refuse("name must say what the provider is called.");
        }

        if (wanted is not null && preset is null)
        {
            input.Refuse($"There is no preset {KeyLike.Quote(wanted)}. See GET /admin/api/presets.");
        }

        var template = (preset?.Template ?? new Provider { Name = "", Type = "other", BaseUrl = "" }) with { Name = name ?? "unnamed" };
        var provider = ProviderInput.Apply(input, template, request.Database.Vault);
        if (input.Problems.Count > 0)
        {
            return AdminAnswer.Invalid(input.Problems);
        }

        using var store = request.Database.OpenProviders();
        return store.Add(provider) ? View(provider, store, request, StatusCodes.Status201Created)
            : AdminAnswer.Conflict($"There is a provider '{provider.Name}' already.");
    }

    public static AdminAnswer Change(AdminRequest request)
    {
        using var store = request.Database.OpenProviders();
        return store.InTransaction(() =>
        {
            if (store.Find(request.Name) is not { } before)
            {
                return Unknown(request.Name, store);
            }

            var after = ProviderInput.Apply(request.Input, before, request.Database.Vault);
            if (request.Input.Problems.Count > 0)
            {
                return AdminAnswer.Invalid(request.Input.Problems);
            }

            if (!after.Enabled && InTheWay(after.Name, store, request, andFallbacks: false) is { } refusal)
            {
                return refusal;
            }

            store.Update(after);
            return View(after, store, request);
        });
    }

    public static AdminAnswer Remove(AdminRequest request)
    {
        using var store = request.Database.OpenProviders();
        return store.InTransaction(() => store.Find(request.Name) is null ? Unknown(request.Name, store)
            : InTheWay(request.Name, store, request, andFallbacks: true)
            ?? (store.Remove(request.Name) ? AdminAnswer.Done : Unknown(request.Name, store)));
    }

    public static AdminAnswer Enable(AdminRequest request) => SetEnabled(request, enabled: true);

    public static AdminAnswer Disable(AdminRequest request) => SetEnabled(request, enabled: false);

    public async ValueTask<AdminAnswer> TestAsync(AdminRequest request)
    {
        var timeout = request.Input.Milliseconds("timeoutMs", TimeSpan.FromSeconds(10)) ?? TimeSpan.FromSeconds(10);
        if (timeout < TimeSpan.FromMilliseconds(1) || timeout > LongestTest)
        {
            request.Input.Refuse($"timeoutMs must be from 1 to {LongestTest.TotalMilliseconds}.");
        }

        using var store = request.Database.OpenProviders();
        if (store.Find(request.Name) is not { } provider)
        {
            return Unknown(request.Name, store);
        }

        if (request.Input.Problems.Count > 0)
        {
            return AdminAnswer.Invalid(request.Input.Problems);
        }

        return AdminAnswer.Of(
            await new ScrubbedProbe(clients, request.Environment, request.Database.Vault, time).AskAsync(provider, timeout, request.Left),
            AdminJson.Default.ProbeResult);
    }

    /// <summary>That there is no such provider, and which there are.</summary>
    public static AdminAnswer Unknown(string name, ProviderStore store) => AdminAnswer.NotFound(
        $"There is no provider {KeyLike.Quote(name)}. Known: {string.Join(", ", store.List().Select(provider => provider.Name))}.");

    private static AdminAnswer SetEnabled(AdminRequest request, bool enabled)
    {
        if (request.Input.Problems.Count > 0)
        {
            return AdminAnswer.Invalid(request.Input.Problems);
        }

        using var store = request.Database.OpenProviders();
        return store.InTransaction(() =>
        {
            if (store.Find(request.Name) is not { } provider)
            {
                return Unknown(request.Name, store);
            }

            if (!enabled && InTheWay(provider.Name, store, request, andFallbacks: false) is { } refusal)
            {
                return refusal;
            }

            store.SetEnabled(provider.Name, enabled);
            return View(provider with { Enabled = enabled }, store, request);
        });
    }

    /// <summary>The refusal to take away who answers; null when it is nobody who does.</summary>
    private static AdminAnswer? InTheWay(string name, ProviderStore store, AdminRequest request, bool andFallbacks)
    {
        var active = ActiveAdmin.Read(store, request.Environment);
        return ActivePlan.InTheWay(name, active.Provider, andFallbacks ? active.Fallbacks : []) is { } why
            ? AdminAnswer.Conflict($"{why}: PUT /admin/api/active") : null;
    }

    private static AdminAnswer View(Provider provider, ProviderStore store, AdminRequest request, int status = StatusCodes.Status200OK) =>
        AdminAnswer.Of(
            ProviderView.Of(provider, ActiveAdmin.Read(store, request.Environment), request.Environment), AdminJson.Default.ProviderView, status);
}
