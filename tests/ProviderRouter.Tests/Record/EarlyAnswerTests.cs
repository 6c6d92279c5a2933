using FakeUpstream;

namespace ProviderRouter.Tests.Record;

/// <summary>A provider may answer while its client still sends, as over HTTP/2. Both halves are on record before the answer.</summary>
public sealed class EarlyAnswerTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private TestCertificate certificate = null!;
    private FakeUpstreamServer studio = null!;
    private Router router = null!;

    public async ValueTask InitializeAsync()
    {
        certificate = new TestCertificate(folder);
        studio = await FakeUpstreamServer.StartAsync("studio", certificate: certificate.Certificate);
        router = await Router.StartAsync(folder, ("LM_STUDIO_BASE_URL", studio.BaseUrl), certificate.Trust);
        (await new Programs.Cli(folder).RunAsync("config", "set", "audit.failureWait", "60s")).Exits(0);
    }

    public async ValueTask DisposeAsync()
    {
        await router.DisposeAsync();
        await studio.DisposeAsync();
        certificate.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task An_answer_that_comes_before_its_request_is_over_waits_for_its_record()
    {
        using var client = await WireClient.ConnectAsync(router.Url);
        using (new LockedDatabase(folder))
        {
            await client.SendAsync($"POST /v1/early HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\ncontent-length: 1000000\r\n\r\n{new string('x', 300_000)}");
            await router.LogWaitsAsync();
            Assert.True(client.HasNothing, "Something was sent though nothing is on record.");
        }

        var answer = await client.ReadAnswerAsync();
        Assert.Equal(401, answer!.Status);
        var row = new RecordedLog(folder).Query("SELECT * FROM request_logs").Single();
        Assert.Equal("upstream_error", row["outcome"]);
        Assert.Equal("incomplete", row["request_body_state"]);
        // As much as had come when the wait for the rest was over; how much that is, the machine decides.
        Assert.InRange(row.Text("request_body")!.Length, 1, 300_000);
        Assert.InRange((long)row["request_bytes"]!, row.Text("request_body")!.Length, 300_000);
        Assert.Equal(answer.Body, row["response_body"]);
    }
}
