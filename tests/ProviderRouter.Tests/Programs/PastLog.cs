using System.Text;
using ProviderRouter.AuditLog;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Tests.Programs;

/// <summary>A log with records of any age, written as a server writes them. While it is open, that server runs.</summary>
internal sealed class PastLog : IDisposable
{
    private readonly SqliteAuditLog log;
    private readonly List<AuditRow> rows = [];

    public PastLog(TestFolder folder) => log = Open(folder).OpenLogForAppending();

    public static SqliteDatabase Open(TestFolder folder) => SqliteDatabase.Open(new DataFolder(folder.Data), TimeProvider.System);

    /// <summary>What is wrong with the log's chain.</summary>
    public static VerifyReport Verify(TestFolder folder) => Open(folder).Verify(since: null, (_, _) => { });

    /// <summary>A request and its answer of so long ago; answers the request's id.</summary>
    public string Add(TimeSpan age, string question, string answer = "", byte[]? events = null)
    {
        var id = AddOpen(age, question);
        AddAnswer(id, age, answer, events);
        return id;
    }

    /// <summary>A request without its answer.</summary>
    public string AddOpen(TimeSpan age, string question)
    {
        var request = new AuditRequest
        {
            RequestId = Guid.CreateVersion7(At(age)).ToString(),
            At = At(age),
            Provider = "echo",
            Method = "POST",
            Endpoint = "/v1/chat/completions",
            Headers = Redaction.Headers([new("content-type", ["application/json"])], []),
            Body = Text(question),
        };
        rows.Add(request);
        return request.RequestId;
    }

    public void AddAnswer(string id, TimeSpan age, string answer, byte[]? events = null) => rows.Add(new AuditResponse
    {
        RequestId = id,
        At = At(age),
        Provider = "echo",
        Outcome = Outcome.Ok,
        StatusCode = 200,
        Stream = events is not null,
        EventStream = events is null ? default(ReadOnlyMemory<byte>?) : events,
        Headers = AuditHeaders.None,
        Body = Text(answer),
    });

    /// <summary>Writes what was added.</summary>
    public void Write()
    {
        foreach (var part in rows.Chunk(256))
        {
            log.Append(part);
        }

        rows.Clear();
    }

    public void Dispose()
    {
        Write();
        log.Dispose();
    }

    private static DateTimeOffset At(TimeSpan age) => TimeProvider.System.GetUtcNow() - age;

    private static AuditBody Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length == 0 ? AuditBody.None
            : new AuditBody(AuditBodyState.Whole, bytes, IsText: true, bytes.Length, System.Security.Cryptography.SHA256.HashData(bytes), IsAsSent: true).InPieces();
    }
}
