using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Admin;

/// <summary>Who answers, and who does when that one fails.</summary>
internal static class ActiveAdmin
{
    public static AdminAnswer Get(AdminRequest request)
    {
        using var store = request.Database.OpenProviders();
        return AdminAnswer.Of(store.InSnapshot(() => Read(store, request.Environment)), AdminJson.Default.ActiveView);
    }

    public static AdminAnswer Set(AdminRequest request)
    {
        var input = request.Input;
        var (name, fallbacks) = (input.Text("provider"), input.Names("fallbacks"));
        if (name is null)
        {
            input.Refuse("provider must name the one that is to answer.");
        }

        using var store = request.Database.OpenProviders();
        return store.InTransaction(() =>
        {
            var known = store.List().ToDictionary(provider => provider.Name, StringComparer.Ordinal);
            var chosen = name is null ? fallbacks : [name, .. fallbacks];
            foreach (var each in chosen.Distinct(StringComparer.Ordinal))
            {
                if (!known.TryGetValue(each, out var provider))
                {
                    input.Refuse($"There is no provider {KeyLike.Quote(each)}. Known: {string.Join(", ", known.Keys)}.");
                }
                else if (!provider.Enabled)
                {
                    input.Refuse($"{each} is disabled.");
                }
            }

            if (chosen.Count != chosen.Distinct(StringComparer.Ordinal).Count())
            {
                input.Refuse("A provider is named twice.");
            }

            if (input.Problems.Count > 0)
            {
                return AdminAnswer.Invalid(input.Problems);
            }

            store.SetActive(name!, fallbacks);
            return AdminAnswer.Of(Read(store, request.Environment), AdminJson.Default.ActiveView);
        });
    }

    /// <summary>Who that is now.</summary>
    public static ActiveView Read(ProviderStore store, RouterEnvironment environment)
    {
        var active = ActiveProvider.From(store.FindActive().Name, environment);
        var source = active.Source switch
        {
            ActiveProviderSource.Database => "database",
            ActiveProviderSource.Environment => "environment",
            _ => "default",
        };
        return new(active.Name, source, store.ReadFallbacks());
    }
}
