using System.Globalization;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Conversations;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>What is known of an exchange besides its text: who was asked for what, how long it took and how much it was.</summary>
internal static class ExchangeFacts
{
    // Named above already.
    private static readonly string[] NoNews = ["model", "stream"];

    public static IReadOnlyList<Fact> Of(AuditRecord record, Conversation talk) =>
    [
        .. new (string Name, string? Value)[]
        {
            ("Provider", record.Provider ?? "none"),
            ("Asked before", AskedBefore(record)),
            ("Model", ModelWords.Of(record)),
            ("Status", Status(record)),
            ("Duration", record.DurationMs is { } took ? ReadableDuration.From(took) : null),
            ("First token", record.FirstTokenMs is { } first ? ReadableDuration.From(first) : null),
            ("Tokens", Tokens(record)),
            ("Speed", record.TokensPerSecond is { } speed ? string.Create(CultureInfo.InvariantCulture, $"{speed:0.#} tokens a second") : null),
            ("Finish reason", record.FinishReason),
            ("Endpoint", $"{record.Method} {record.Endpoint}{(record.Query is null ? "" : $"?{record.Query}")}{(record.Stream ? ", a stream" : "")}"),
            ("Client", record.ClientKey is null ? record.Client : $"{record.Client}, with the key {record.ClientKey}"),
            ("Sizes", $"request {ReadableSize.From(record.RequestBytes)}{(record.ResponseBytes is { } bytes ? $", answer {ReadableSize.From(bytes)}" : "")}"),
            ("Asks for", string.Join(", ", talk.Facts.Where(fact => !NoNews.Contains(fact.Name)).Select(fact => $"{fact.Name} {fact.Value}"))),
            ("Offers tools", string.Join(", ", talk.Tools)),
        }.Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => new Fact(fact.Name, ShortText.Of(fact.Value!))),
    ];

    private static string? Status(AuditRecord record) =>
        record.UpstreamStatus is { } sent && sent != record.StatusCode ? $"{Number(record.StatusCode)} to the client; the provider sent {sent}" : Number(record.StatusCode);

    private static string? Tokens(AuditRecord record) => string.Join(", ", new[]
    {
        record.PromptTokens is { } prompt ? $"{Number(prompt)} in{(record.CachedTokens is { } cached ? $" ({Number(cached)} cached)" : "")}" : null,
        record.CompletionTokens is { } completion ? $"{Number(completion)} out{(record.ReasoningTokens is { } reasoning ? $" ({Number(reasoning)} for reasoning)" : "")}" : null,
    }.OfType<string>());

    /// <summary>Those that were asked in vain, or passed over, before the last one.</summary>
    private static string? AskedBefore(AuditRecord record) => record.Attempts is not { } json || RecordedAttempt.Read(json) is not { Count: > 1 } attempts ? null
        : string.Join(", ", attempts.Take(attempts.Count - 1).GroupBy(attempt => (attempt.Provider, attempt.IsSkipped)).Select(group =>
            group.Key.Provider + (group.Key.IsSkipped ? " (passed over)" : group.Count() > 1 ? $" ({Number(group.Count())} times)" : "")));

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
