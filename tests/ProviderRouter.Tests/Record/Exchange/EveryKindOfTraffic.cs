using System.Net.Http;
using System.Net.Http.Headers;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Record.Exchange;

/// <summary>
/// A log with all that a log has in it: plain answers and streams, tools, errors, binary and multipart bodies, text that is no UTF-8, a
/// body that is too large, clients that left, bodies that retention took, replays, and a request that is still open. Its server runs.
/// </summary>
internal sealed class EveryKindOfTraffic : IAsyncDisposable
{
    private readonly CancellationTokenSource open = new();
    private Task? stalled;

    private EveryKindOfTraffic(Setup setup) => Setup = setup;

    public Setup Setup { get; }

    public static async Task<EveryKindOfTraffic> MakeAsync()
    {
        var traffic = new EveryKindOfTraffic(await Setup.StartAsync());
        traffic.WritePast();
        await traffic.SendAsync();
        (await traffic.Setup.Cli.RunAsync("prune", "--bodies-before", "30d")).Exits(0);
        return traffic;
    }

    /// <summary>Old records, and one of each column that no traffic here fills.</summary>
    private void WritePast()
    {
        using (var past = new PastLog(Setup.Folder))
        {
            past.Add(TimeSpan.FromDays(40), "an old question", "an old answer");
            past.Add(TimeSpan.FromDays(40), LongText.Of(1), LongText.Of(2), [1, 2, 3]);
        }

        using var log = PastLog.Open(Setup.Folder).OpenLogForAppending();
        var at = TimeProvider.System.GetUtcNow();
        var request = new AuditRequest
        {
            RequestId = Guid.CreateVersion7(at).ToString(), At = at, Provider = "echo", Method = "GET", Endpoint = "/v1/models", Query = "a=1&b",
            Client = "::1", ClientKey = "laptop", Replays = Guid.CreateVersion7(at).ToString(), Model = "=cmd|' /C calc'!A0", Headers = AuditHeaders.None, Body = AuditBody.None,
        };
        log.Append(
        [
            request,
            new AuditResponse
            {
                RequestId = request.RequestId, At = at.AddSeconds(1), Provider = "lm-studio", Outcome = Outcome.UpstreamError, StatusCode = 500, Error = "it \"broke\",\nhere",
                Headers = AuditHeaders.None, Body = AuditBody.None with { State = AuditBodyState.Incomplete }, Attempts = """[{"provider":"echo"},{"provider":"lm-studio"}]""",
                LateRequestBytes = 7, LateRequestSha256 = new byte[32], Usage = new("m", 1, 2, 3, 4, "stop", 5),
            },
        ]);
    }

    private async Task SendAsync()
    {
        (string Model, bool Stream)[] chats =
        [
            ("fake-small", false), ("fake-small", true), ("tools", false), ("tools", true), ("reasoning", true), ("429", false), ("500", true), ("cut", true),
            ("reset", false), ("invalid-utf8", false), ("gzip", false), ("empty", false), ("stream-error", true), ("漢字-model-😀", false),
        ];
        foreach (var (model, stream) in chats)
        {
            await IgnoringBreaksAsync(async () =>
            {
                using var answer = await Setup.ChatAsync(model, stream, say: "Hé 漢字 😀 \\u0007");
                await answer.Content.ReadAsByteArrayAsync();
            });
        }

        await LeaveAsync();
        using (var refused = await Setup.ChatAsync("x", headers: ("x-router-provider", "no-such-provider")))
        {
            await refused.Content.ReadAsByteArrayAsync();
        }

        using var form = new MultipartFormDataContent { { new ByteArrayContent([0, 1, 2, 255]), "file", "a.bin" }, { new StringContent("whisper"), "model" } };
        await PostAsync(form);
        await PostAsync(new ByteArrayContent([0, 255, 254]));
        await PostAsync(Text(new byte[17 << 20], "text/plain"));
        await PostAsync(Text([.. "no UTF-8: "u8, 0xFF, 0xFE], "text/plain"));
        using var models = await Setup.Client.GetAsync("v1/models?limit=3");

        stalled = IgnoringBreaksAsync(async () => await Setup.ChatAsync("stall-headers", cancellation: open.Token));
        await Eventually.IsAsync("a request is open", () => Setup.Log.Query("SELECT 1 FROM request_logs WHERE outcome IS NULL").Count == 1);
    }

    private async Task LeaveAsync()
    {
        using (var answer = await Setup.ChatAsync("stall", stream: true))
        {
            var stream = await answer.Content.ReadAsStreamAsync();
            _ = await stream.ReadAsync(new byte[16]);
        }

        await Setup.Log.WaitForAsync("stall");
    }

    private async Task PostAsync(HttpContent content)
    {
        using var answer = await Setup.Client.PostAsync("v1/sink", content);
        await answer.Content.ReadAsByteArrayAsync();
        content.Dispose();
    }

    private static ByteArrayContent Text(byte[] bytes, string type)
    {
        bytes.AsSpan().Replace((byte)0, (byte)'x');
        return new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
    }

    private static async Task IgnoringBreaksAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            // That is what it is here for.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await open.CancelAsync();
        await (stalled ?? Task.CompletedTask);
        await Setup.DisposeAsync();
        open.Dispose();
    }
}
