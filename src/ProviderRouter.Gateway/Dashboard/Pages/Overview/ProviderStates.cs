using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Configuration;
using ProviderRouter.Gateway.Dashboard.Pages.Providers;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Overview;

/// <summary>How providers do, by what is known of them without asking: their settings, their breakers, their last tests and the log.</summary>
internal sealed class ProviderStates(
    IReadOnlyList<Provider> providers, IBreakerStates breakers, ProviderTests tests, AuditLogReader log, RouterEnvironment environment, TimeProvider time)
{
    /// <summary>What an answer says of a provider for so long.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    /// <summary>How one does.</summary>
    /// <param name="name">Its name, which need not be known.</param>
    /// <param name="fromLog">True to look up what it did last.</param>
    public ProviderState Of(string name, bool fromLog)
    {
        var provider = providers.FirstOrDefault(known => known.Name == name);
        var (badge, note) = Judge(name, provider, fromLog);
        return new(name, provider?.BaseUrl, provider?.DefaultModel, badge, note, provider is { Enabled: true, AnswersInside: false });
    }

    private (Badge Badge, string? Note) Judge(string name, Provider? provider, bool fromLog)
    {
        if (provider is null)
        {
            return (new(Tone.Bad, "not known"), "There is no provider of this name. Requests fail until another is chosen.");
        }

        if (!provider.Enabled)
        {
            return (new(Tone.Bad, "disabled"), "It answers nobody until it is enabled on the page of providers.");
        }

        if (provider.Key.IsMissing(environment))
        {
            return (new(Tone.Bad, "no key"), $"{provider.Key.EnvironmentVariable} is not set where the server runs. Set it there, or store a key on the page of providers.");
        }

        if (breakers.NotClosed.FirstOrDefault(breaker => breaker.Provider == name) is { State: { } state })
        {
            return (new(Tone.Warning, state == "open" ? "passed over" : "on trial"), "It kept failing or asked to be left alone. It is tried again in a moment.");
        }

        if (provider.AnswersInside)
        {
            return (new(Tone.Good, "ready"), null);
        }

        var last = fromLog ? log.Find(new ExchangeFilter { Provider = name, Since = time.GetUtcNow() - Recent }).FirstOrDefault(record => record.Outcome is not null) : null;
        if (tests.Find(name) is { Result.Healthy: false } failed && failed.At > (last?.CreatedAt ?? time.GetUtcNow() - Recent))
        {
            return (new(Tone.Bad, "does not answer"), $"Asked {failed.When.Text}: {ShortText.Of(failed.Result.Error ?? "")}");
        }

        return last is null ? (new(Tone.Plain, "not asked lately"), null)
            : last.Outcome == "ok" ? (new(Tone.Good, "answers"), $"Its last request, {Moment.Ago(last.CreatedAt, time).Text}, was answered.")
            : (Badge.Of(last), OutcomeWords.Why(last));
    }
}
