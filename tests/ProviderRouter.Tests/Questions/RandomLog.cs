using System.Security.Cryptography;
using System.Text;
using ProviderRouter.AuditLog;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Index;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Tests.Questions;

/// <summary>A log of exchanges that differ in everything that can be asked for: written as a server writes it, the same each time.</summary>
internal sealed class RandomLog : IDisposable
{
    public static readonly string?[] Providers = ["lm-studio", "openai", "qwen-direct", null];
    public static readonly string?[] Models = ["gpt-4o", "gpt-4o-mini", "Qwen3-32B", "漢字-model", null];
    public static readonly string[] Endpoints = ["/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/models"];
    public static readonly string?[] Keys = [null, "alice", "bob"];

    public static readonly string[] Words =
        ["alpha", "beta", "gamma", "delta", "tool_calls", "naïve", "Straße", "数据库连接", "東京タワー", "데이터베이스를", "ฐานข้อมูล", "приветствие", "🦊", "0.7.1", "C#", "don't"];

    private readonly Random random = new(11);
    private readonly TestFolder folder;
    private readonly SqliteAuditLog log;
    private readonly List<string> open = [];
    private readonly List<string> conversation = [];
    private DateTimeOffset at = TimeProvider.System.GetUtcNow().AddDays(-20);

    public RandomLog(TestFolder folder)
    {
        this.folder = folder;
        log = Database.OpenLogForAppending();
        log.SetDurable(survivesPowerCut: false);
    }

    public SqliteDatabase Database => SqliteDatabase.Open(new DataFolder(folder.Data), TimeProvider.System);

    public string IndexPath => Path.Combine(folder.Data, "provider-router.index.db");

    /// <summary>Appends so many exchanges; some of them have no answer yet, and some of those from before get theirs.</summary>
    public void Add(int count)
    {
        var rows = new List<AuditRow>();
        for (var i = 0; i < count; i++)
        {
            // A clock goes backwards now and then.
            at += TimeSpan.FromSeconds(random.Next(-30, 300));
            var id = Guid.CreateVersion7(at).ToString();
            rows.Add(Request(id));
            if (random.Next(50) == 0)
            {
                open.Add(id);
            }
            else
            {
                rows.Add(Response(id));
            }

            if (open.Count > 0 && random.Next(60) == 0)
            {
                rows.Add(Response(open[0]));
                open.RemoveAt(0);
            }
        }

        foreach (var part in rows.Chunk(400))
        {
            log.Append(part);
        }
    }

    /// <summary>Appends this one.</summary>
    public void Append(AuditRequest request) => log.Append([request]);

    public void Index()
    {
        using var builder = IndexBuilder.TryStart(Database) ?? throw new InvalidOperationException("Somebody else builds the index.");
        builder.CatchUp(_ => { }, CancellationToken.None);
    }

    public void DeleteIndex() => Array.ForEach(["", "-wal", "-shm"], end => File.Delete(IndexPath + end));

    public void Dispose() => log.Dispose();

    private AuditRequest Request(string id)
    {
        if (conversation.Count == 0 || random.Next(4) == 0)
        {
            conversation.Clear();
            conversation.Add($$"""{"role":"system","content":"{{Say()}}"}""");
        }

        conversation.Add($$"""{"role":"user","content":"{{Say()}}"}""");
        var body = $$"""{"model":"m","messages":[{{string.Join(',', conversation)}}],"note":"{{Pick(Words)}}"}""";
        conversation.Add($$"""{"role":"assistant","content":"{{Say()}}"}""");
        return new AuditRequest
        {
            RequestId = id,
            At = at,
            Provider = Pick(Providers),
            Method = "POST",
            Endpoint = Pick(Endpoints),
            Model = Pick(Models),
            ClientKey = Pick(Keys),
            Stream = random.Next(2) == 0,
            Replays = random.Next(10) == 0 ? Guid.CreateVersion7(at).ToString() : null,
            Headers = AuditHeaders.None,
            ContentType = "application/json",
            Body = Body(body),
        };
    }

    private AuditResponse Response(string id)
    {
        var outcome = random.Next(5) == 0 ? (Outcome)random.Next(9) : Outcome.Ok;
        var duration = TimeSpan.FromMicroseconds(random.Next(1_000, 30_000_000));
        return new AuditResponse
        {
            RequestId = id,
            At = at + duration,
            Provider = Pick(Providers),
            Outcome = outcome,
            StatusCode = random.Next(20) == 0 ? null : Pick<int>([200, 200, 200, 429, 499, 500, 502]),
            Error = outcome == Outcome.Ok ? null : "It failed",
            Times = new(duration, duration / 4, random.Next(2) == 0 ? duration / 3 : null),
            Stream = random.Next(2) == 0,
            Usage = random.Next(5) == 0 ? AuditUsage.Unknown
                : new(Pick(Models), random.Next(5_000), random.Next(2_000), random.Next(2) == 0 ? random.Next(100) : null, null, "stop", 0),
            Headers = AuditHeaders.None,
            ContentType = "application/json",
            Body = random.Next(10) == 0 ? AuditBody.None : Body($$$"""{"choices":[{"message":{"role":"assistant","content":"{{{Say()}}}"}}]}"""),
        };
    }

    private string Say() => string.Join(' ', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pick(Words)));

    private T Pick<T>(T[] of) => of[random.Next(of.Length)];

    private static AuditBody Body(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new AuditBody(AuditBodyState.Whole, bytes, IsText: true, bytes.Length, SHA256.HashData(bytes), IsAsSent: true).InPieces();
    }
}
