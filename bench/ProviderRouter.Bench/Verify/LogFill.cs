using System.Net;
using System.Security.Cryptography;
using System.Text;
using ProviderRouter.AuditLog;
using ProviderRouter.Bench.Session;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Bench.Verify;

/// <summary>Fills a log with requests and answers as a server writes them, without the server.</summary>
internal static class LogFill
{
    private const int Batch = 500;

    /// <summary>One request in so many is an agent's, with all that was said before in its body.</summary>
    private const int AgentShare = 20;

    private static readonly byte[] SharedHeaders =
        """{"host":"127.0.0.1:3001","user-agent":"OpenAI/JS 5.1.0","accept":"application/json","authorization":"[redacted]","content-type":"application/json","x-stainless-lang":"js","x-stainless-os":"Linux","x-stainless-runtime":"node" """u8
            .ToArray();

    /// <summary>Appends that many requests, each with its answer.</summary>
    public static void Write(string data, int requests)
    {
        var database = SqliteDatabase.Open(DataFolder.Find(data, RouterEnvironment.OfThisProcess()), TimeProvider.System);
        using var log = database.OpenLogForAppending();
        log.SetDurable(survivesPowerCut: false);
        var text = new ToolText(seed: 1);
        var at = TimeProvider.System.GetUtcNow().AddDays(-30);
        var agent = new AgentSession(stream: false, seed: 0);
        var rows = new List<AuditRow>(2 * Batch);
        for (var number = 0; number < requests; number++)
        {
            if (number % (AgentShare * 50) == 0)
            {
                agent = new AgentSession(stream: false, seed: number);
            }

            var body = number % AgentShare == 0 ? agent.Next("bench") : Encoding.UTF8.GetBytes(
                $$"""{"model":"fake-small","messages":[{"role":"user","content":{{CompactJson.Of(text.Prose(220))}}}],"temperature":0.7}""");
            var id = Guid.CreateVersion7(at).ToString();
            rows.Add(Request(id, at, Body(body)));
            rows.Add(Response(id, at.AddMilliseconds(812), Body(Answer(id, text.Prose(60)))));
            at = at.AddSeconds(2.5);
            if (rows.Count >= 2 * Batch)
            {
                log.Append(rows);
                rows.Clear();
            }
        }

        log.Append(rows);
        log.Rest();
    }

    private static byte[] Answer(string id, string content) => Encoding.UTF8.GetBytes(
        $$$"""{"id":"chatcmpl-{{{id}}}","object":"chat.completion","model":"fake-small","choices":[{"index":0,"message":{"role":"assistant","content":{{{CompactJson.Of(content)}}}},"finish_reason":"stop"}],"usage":{"prompt_tokens":61,"completion_tokens":17,"total_tokens":78}}""");

    private static AuditBody Body(byte[] content) =>
        new AuditBody(AuditBodyState.Whole, content, IsText: true, content.Length, SHA256.HashData(content), IsAsSent: true).InPieces();

    private static AuditRequest Request(string id, DateTimeOffset at, AuditBody body) => new()
    {
        RequestId = id,
        Provider = "lm-studio",
        At = at,
        Headers = new(SharedHeaders, Encoding.UTF8.GetBytes($",\"content-length\":\"{body.Bytes}\"}}")),
        ContentType = "application/json",
        Body = body,
        Method = "POST",
        Endpoint = "/v1/chat/completions",
        Client = IPAddress.Loopback.ToString(),
        Model = "fake-small",
    };

    private static AuditResponse Response(string id, DateTimeOffset at, AuditBody body) => new()
    {
        RequestId = id,
        Provider = "lm-studio",
        At = at,
        Headers = new(SharedHeaders, Encoding.UTF8.GetBytes($",\"content-length\":\"{body.Bytes}\",\"x-request-id\":\"{id[^12..]}\"}}")),
        ContentType = "application/json",
        Body = body,
        Outcome = Outcome.Ok,
        StatusCode = 200,
        UpstreamStatus = 200,
        Times = new(TimeSpan.FromMilliseconds(812.345), TimeSpan.FromMilliseconds(640.2), FirstToken: null),
        Usage = new("fake-small", 61, 17, null, null, "stop", 0),
    };
}
