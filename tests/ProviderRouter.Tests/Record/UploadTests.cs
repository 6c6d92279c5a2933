using System.Security.Cryptography;
using System.Text;

namespace ProviderRouter.Tests.Record;

/// <summary>Uploads of any size pass while nothing may go unlogged, and none is held in memory.</summary>
public sealed class UploadTests : IAsyncLifetime
{
    private const int MemoryLimit = 300;

    private OneRouter one = null!;

    public async ValueTask InitializeAsync() =>
        one = await OneRouter.StartAsync(settings: [("audit.onFailure", "refuse"), ("audit.failureWait", "100ms")]);

    public ValueTask DisposeAsync() => one.DisposeAsync();

    [Theory]
    [InlineData("application/octet-stream", 1L << 30, null)]
    [InlineData("text/plain", 1L << 28, 16L << 20)]
    public async Task A_large_upload_passes_and_is_on_record_by_its_size_and_digest(string type, long size, long? kept)
    {
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        var sha256 = await UploadAsync(client, type, size);

        var answer = await client.ReadAnswerAsync();
        Assert.Equal(200, answer!.Status);
        Assert.Contains(sha256, answer.Body, StringComparison.Ordinal);
        var row = one.Log.Query("SELECT outcome, request_bytes, request_sha256, length(request_body) AS kept FROM request_logs").Single();
        Assert.Equal(("ok", size, sha256, kept), (row["outcome"], row["request_bytes"], row["request_sha256"], row["kept"]));
        Assert.InRange(one.Router.PeakMemory, 1, MemoryLimit);
        TestContext.Current.TestOutputHelper?.WriteLine($"peak {one.Router.PeakMemory} MB");
    }

    [Fact]
    public async Task A_large_upload_that_is_refused_is_read_and_held_nowhere()
    {
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        using (new LockedDatabase(one.Folder))
        {
            await UploadAsync(client, "text/plain", 1L << 28);
            Assert.Equal(503, (await client.ReadAnswerAsync())!.Status);
        }

        Assert.Empty(one.Rows);
        Assert.DoesNotContain(one.Studio.Requests, request => request.RawTarget == "/v1/sink");
        Assert.InRange(one.Router.PeakMemory, 1, MemoryLimit);
    }

    [Fact]
    public async Task A_client_that_asks_first_whether_to_send_is_told_no()
    {
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        using (new LockedDatabase(one.Folder))
        {
            using var other = await WireClient.ConnectAsync(one.Router.Url);
            await other.PostAsync("/v1/sink", "{}");
            Assert.Equal(503, (await other.ReadAnswerAsync())!.Status);
            await client.SendAsync("POST /v1/sink HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-length: 1000000\r\n\r\n");
            Assert.Equal(503, (await client.ReadAnswerAsync())!.Status);
        }
    }

    [Fact]
    public async Task A_client_that_asks_first_whether_to_send_is_told_to_go_on_and_is_on_record()
    {
        using var client = await WireClient.ConnectAsync(one.Router.Url);
        await client.SendAsync("POST /v1/sink HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\n");
        Assert.Equal(100, (await client.ReadAnswerAsync())!.Status);
        client.Next();
        await client.SendAsync("hello");
        Assert.Equal(200, (await client.ReadAnswerAsync())!.Status);
        Assert.Equal(("ok", "hello"), (one.Rows.Single()["outcome"], one.Rows.Single()["request_body"]));
    }

    private static async Task<string> UploadAsync(WireClient client, string type, long size)
    {
        await client.SendAsync($"POST /v1/sink HTTP/1.1\r\nhost: localhost\r\ncontent-type: {type}\r\ncontent-length: {size}\r\n\r\n");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new string('x', 1 << 20);
        for (var sent = 0L; sent < size; sent += block.Length)
        {
            await client.SendAsync(block);
            hash.AppendData(Encoding.UTF8.GetBytes(block));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
