using System.Net;
using System.Security.Cryptography;
using System.Text;
using ProviderRouter.AuditLog;
using ProviderRouter.Bench.Session;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Bench.Questions;

/// <summary>
/// Fills a log as 90 days of use would: 8 providers, models of which a few are asked most, conversations of up to 60 turns, a day that is
/// busier than the night, one exchange in fifty that fails, one in three that streams, keys of five clients. The same each time.
/// </summary>
internal static class GeneratedLog
{
    private const int Batch = 500;
    private const int Conversations = 48;

    private static readonly string[] Providers = ["lm-studio", "ollama", "vllm", "qwen-direct", "openai", "openrouter", "groq", "mistral"];
    private static readonly string[] Models = [.. Enumerable.Range(0, 24).Select(number => $"model-{number}-{8 << (number % 4)}b")];
    private static readonly string?[] Keys = [null, "alice", "bob", "ci", "agents"];

    private static readonly (Outcome Outcome, int Status, string Error)[] Failures =
    [
        (Outcome.UpstreamError, 429, "429: Rate limit reached"), (Outcome.UpstreamError, 500, "500: Internal error"), (Outcome.Timeout, 504, "No byte for 120 s"),
        (Outcome.ClientClosed, 499, "The client went away"), (Outcome.UpstreamCut, 200, "The provider broke off"), (Outcome.Unreachable, 502, "Connection refused"),
    ];

    private static readonly byte[] SharedHeaders =
        """{"host":"127.0.0.1:3001","user-agent":"OpenAI/JS 5.1.0","accept":"application/json","authorization":"[redacted]","content-type":"application/json" """u8.ToArray();

    /// <summary>Appends that many exchanges.</summary>
    public static void Write(string data, int exchanges)
    {
        var database = SqliteDatabase.Open(DataFolder.Find(data, RouterEnvironment.OfThisProcess()), TimeProvider.System);
        using var log = database.OpenLogForAppending();
        log.SetDurable(survivesPowerCut: false);
        var (random, vocabulary) = (new Random(1), new Vocabulary(seed: 2));
        var dialogues = Enumerable.Range(0, Conversations).Select(_ => new Dialogue(random, vocabulary)).ToArray();
        var step = TimeSpan.FromDays(90) / exchanges;
        var at = TimeProvider.System.GetUtcNow().AddDays(-90);
        var rows = new List<AuditRow>(2 * Batch);
        for (var number = 0; number < exchanges; number++)
        {
            var slot = random.Next(Conversations);
            dialogues[slot] = dialogues[slot].IsOver ? new Dialogue(random, vocabulary) : dialogues[slot];
            Add(rows, dialogues[slot], random, slot, at);
            // Three times as busy at noon as at midnight.
            at += step / (1 + (0.5 * Math.Cos((at.TimeOfDay.TotalHours - 12) / 12 * Math.PI)));
            if (rows.Count >= 2 * Batch)
            {
                log.Append(rows);
                rows.Clear();
            }
        }

        log.Append(rows);
        log.Rest();
    }

    private static void Add(List<AuditRow> rows, Dialogue dialogue, Random random, int slot, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7(at).ToString();
        var provider = Providers[(int)(Providers.Length * Math.Pow(random.NextDouble(), 2))];
        var model = Models[(int)(Models.Length * Math.Pow(random.NextDouble(), 3))];
        var stream = random.Next(3) == 0;
        var request = Body(dialogue.Next(model, stream));
        var text = dialogue.Answer();
        var failure = random.Next(50) == 0 ? Failures[random.Next(Failures.Length)] : default;
        // Log-normal, as waiting times are: half below 1.5 s, one in a hundred above 15 s.
        var took = TimeSpan.FromSeconds(1.5 * Math.Exp(Normal(random)));
        rows.Add(new AuditRequest
        {
            RequestId = id,
            Provider = provider,
            At = at,
            Headers = new(SharedHeaders, Encoding.UTF8.GetBytes($",\"content-length\":\"{request.Bytes}\"}}")),
            ContentType = "application/json",
            Body = request,
            Method = "POST",
            Endpoint = random.Next(30) == 0 ? "/v1/responses" : "/v1/chat/completions",
            Client = IPAddress.Loopback.ToString(),
            ClientKey = Keys[slot % Keys.Length],
            Model = model,
            Stream = stream,
        });
        var answer = Body(Encoding.UTF8.GetBytes(
            $$$"""{"id":"chatcmpl-{{{id}}}","object":"chat.completion","model":"{{{model}}}","choices":[{"index":0,"message":{"role":"assistant","content":{{{CompactJson.Of(text)}}}},"finish_reason":"stop"}]}"""));
        rows.Add(new AuditResponse
        {
            RequestId = id,
            Provider = provider,
            At = at + took,
            Headers = new(SharedHeaders, Encoding.UTF8.GetBytes($",\"content-length\":\"{answer.Bytes}\"}}")),
            ContentType = stream ? "text/event-stream" : "application/json",
            Body = failure.Error is null ? answer : AuditBody.None,
            Outcome = failure.Outcome,
            StatusCode = failure.Error is null ? 200 : failure.Status,
            UpstreamStatus = failure.Error is null ? 200 : failure.Status,
            Error = failure.Error,
            Stream = stream,
            Times = new(took, took / 3, stream ? took / 2.5 : null),
            Usage = failure.Error is null ? new(model, request.Bytes / 4, text.Length / 4, request.Bytes / 9, null, "stop", 0) : AuditUsage.Unknown,
        });
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static AuditBody Body(byte[] content) =>
        new AuditBody(AuditBodyState.Whole, content, IsText: true, content.Length, SHA256.HashData(content), IsAsSent: true).InPieces();
}
