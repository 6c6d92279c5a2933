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
            foreach (var problem in ActivePlan.Problems(name, fallbacks, store.List()))
            {
                input.Refuse(problem);
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
