using System.IO.Compression;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Tests.Dashboard.Session;

namespace ProviderRouter.Tests.Dashboard.Exchanges;

/// <summary>A log with any exchanges, and a router that shows them.</summary>
internal sealed class ShownLog : IAsyncDisposable
{
    private readonly SqliteAuditLog log;
    private Router? router;
    private int count;

    // While it is open, what has no answer counts as under way.
    public ShownLog() => log = PastLog.Open(Folder).OpenLogForAppending();

    public TestFolder Folder { get; } = new();

    public Router Router => router ?? throw new InvalidOperationException("It was not started.");

    public UiBrowser Browser { get; private set; } = null!;

    /// <summary>Adds an exchange; answers its id.</summary>
    public string Add(
        string endpoint, string? request, string? answer = null, int status = 200, Func<AuditRequest, AuditRequest>? asked = null,
        Func<AuditResponse, AuditResponse>? answered = null, bool isOpen = false)
    {
        var at = TimeProvider.System.GetUtcNow().AddMinutes(-5).AddMilliseconds(count++);
        var id = Guid.CreateVersion7(at).ToString();
        var question = new AuditRequest
        {
            RequestId = id, At = at, Provider = "echo", Method = "POST", Endpoint = endpoint, Model = "m", ContentType = "application/json", Client = "127.0.0.1",
            Headers = Redaction.Headers([new("content-type", ["application/json"]), new("authorization", ["Bearer sk-1234567890abcdef"])], []), Body = Text(request),
        };
        log.Append([asked?.Invoke(question) ?? question]);
        if (!isOpen)
        {
            var response = new AuditResponse
            {
                RequestId = id, At = at, Provider = "echo", Outcome = status < 400 ? Outcome.Ok : Outcome.UpstreamError, StatusCode = status, UpstreamStatus = status,
                Headers = Redaction.Headers([new("content-type", ["application/json"])], []), ContentType = "application/json", Body = Text(answer),
                Times = new(TimeSpan.FromMilliseconds(900), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(300)),
            };
            log.Append([answered?.Invoke(response) ?? response]);
        }

        return id;
    }

    public static AuditBody Text(string? text, AuditBodyState state = AuditBodyState.Whole)
    {
        var bytes = Encoding.UTF8.GetBytes(text ?? "");
        return text is null ? AuditBody.None
            : new AuditBody(state, bytes, IsText: true, bytes.Length, SHA256.HashData(bytes), IsAsSent: state == AuditBodyState.Whole).InPieces();
    }

    public static byte[] Packed(string events)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            zlib.Write(Encoding.UTF8.GetBytes(events));
        }

        return packed.ToArray();
    }

    public async Task<ShownLog> StartAsync(params (string, string)[] environment)
    {
        router = await Router.StartAsync(Folder, environment);
        Browser = new UiBrowser(router);
        return this;
    }

    public async Task<IHtmlDocument> PageAsync(string path, int status = 200)
    {
        using var answer = await Browser.GetAsync($"ui/{path}");
        return await ParseAsync(answer, status);
    }

    public static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage answer, int status = 200)
    {
        var html = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}, not {status}: {html[..Math.Min(html.Length, 2000)]}");
        return new HtmlParser().ParseDocument(html);
    }

    public async ValueTask DisposeAsync()
    {
        if (router is not null)
        {
            await router.DisposeAsync();
        }

        log.Dispose();
        Folder.Dispose();
    }
}
