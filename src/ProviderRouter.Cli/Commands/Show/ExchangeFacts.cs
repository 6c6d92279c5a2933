using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;
using ProviderRouter.Conversations;

namespace ProviderRouter.Cli.Commands.Show;

/// <summary>What is known of an exchange besides its text: before it, who and what; behind it, how long and how much.</summary>
internal static class ExchangeFacts
{
    // Named above already.
    private static readonly string[] NoNews = ["model", "stream"];

    public static FactSheet Head(AuditRecord record, Conversation talk, TimeProvider time, bool isTerminal)
    {
        var facts = new FactSheet();
        facts.Add("request", record.RequestId);
        facts.Add("time", isTerminal ? $"{TimeZoneInfo.ConvertTime(record.CreatedAt, time.LocalTimeZone):yyyy-MM-dd HH:mm:ss.fff}" : ReadableTime.Utc(record.CreatedAt));
        facts.Add("provider", record.Provider ?? "none");
        Add(facts, "model", record.ResponseModel is null || record.ResponseModel == record.Model ? record.Model
            : record.Model is null ? record.ResponseModel : $"{record.Model} -> {record.ResponseModel}");
        facts.Add("endpoint", $"{record.Method} {record.Endpoint}{(record.Query is null ? "" : $"?{record.Query}")}{(record.Stream ? ", a stream" : "")}");
        facts.Add("status", Status(record));
        Add(facts, "error", record.Error, Tone.Bad);
        Add(facts, "client", record.ClientKey is null ? record.Client : $"{record.Client}, with the key {record.ClientKey}");
        Add(facts, "repeats", record.Replays);
        Add(facts, "asks for", string.Join(", ", talk.Facts.Where(fact => !NoNews.Contains(fact.Name)).Select(fact => $"{fact.Name} {fact.Value}")));
        Add(facts, "offers", string.Join(", ", talk.Tools));
        return facts;
    }

    public static FactSheet Foot(AuditRecord record)
    {
        var facts = new FactSheet();
        facts.Add("took", string.Join(", ", new[]
        {
            record.FirstByteMs is { } firstByte ? $"first byte after {ReadableDuration.From(firstByte)}" : null,
            record.FirstTokenMs is { } firstToken ? $"first token after {ReadableDuration.From(firstToken)}" : null,
            $"whole {ReadableDuration.From(record.DurationMs)}",
            record.TokensPerSecond is { } speed ? $"{speed:0.#} tokens a second" : null,
        }.OfType<string>()));
        Add(facts, "tokens", string.Join(", ", new[]
        {
            record.PromptTokens is { } prompt ? $"prompt {prompt}{(record.CachedTokens is { } cached ? $" (cached {cached})" : "")}" : null,
            record.CompletionTokens is { } completion ? $"completion {completion}{(record.ReasoningTokens is { } reasoning ? $" (reasoning {reasoning})" : "")}" : null,
        }.OfType<string>()));
        facts.Add("bytes", $"request {ReadableSize.From(record.RequestBytes)}{(record.ResponseBytes is { } bytes ? $", answer {ReadableSize.From(bytes)}" : "")}");
        return facts;
    }

    private static void Add(FactSheet facts, string name, string? value, Tone tone = Tone.Plain)
    {
        if (!string.IsNullOrEmpty(value))
        {
            facts.Add(name, new Phrase(value, tone));
        }
    }

    private static Phrase Status(AuditRecord record) => record.Outcome switch
    {
        null => new Phrase("no answer on record yet", Tone.Faint),
        "ok" => new Phrase($"{record.StatusCode} ok", Tone.Good),
        var outcome => new Phrase($"{record.StatusCode} {outcome}{FromProvider(record)}".TrimStart(), Tone.Bad),
    };

    private static string FromProvider(AuditRecord record) =>
        record.UpstreamStatus is { } status && status != record.StatusCode ? $" (the provider sent {status})" : "";
}
