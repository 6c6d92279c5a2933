using System.IO.Compression;
using System.Text;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Tests.Gateway.Fallback;

namespace ProviderRouter.Tests.Gateway.Providers;

/// <summary>A provider that repeats the router's key in an error does not tell it to the client, however it comes in pieces.</summary>
public sealed class KeyMaskTests
{
    private const string Key = "sk-abab-0123456789-abab";

    [Fact]
    public async Task The_key_is_asterisks_and_all_else_and_every_length_is_as_it_was()
    {
        var body = $"{{\"error\":{{\"message\":\"sk-abab-0123 is no key; {Key} was refused, {Key}{Key} too, ends in sk-abab\"}}}}";
        var expected = body.Replace(Key, new string('*', Key.Length), StringComparison.Ordinal);
        var cut = 0;
        var isChunked = false;
        await using var setup = await FallbackSetup.StartAsync(async (connection, number) =>
        {
            if (number == 0)
            {
                await FaultyUpstream.SayAsync(connection, FaultyUpstream.Good());
                return;
            }

            var whole = isChunked
                ? $"HTTP/1.1 401 Any\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n{cut:x}\r\n{body[..cut]}\r\n{body.Length - cut:x}\r\n{body[cut..]}\r\n0\r\n\r\n"
                : FaultyUpstream.Whole(401, body);
            var split = whole.Length - body.Length + cut;
            connection.NoDelay = true;
            await FaultyUpstream.SayAsync(connection, whole[..split]);
            await FaultyUpstream.SayAsync(connection, whole[split..]);
        });
        var database = SqliteDatabase.Open(new DataFolder(setup.Folder.Data), TimeProvider.System);
        setup.Change(store => store.SetActive("lm-studio", []));
        setup.Change(store => store.Update(store.Find("lm-studio")! with { Key = new(EnvironmentVariable: null) { Sealed = database.Vault.Seal(Key) } }));

        foreach (var chunked in new[] { false, true })
        {
            isChunked = chunked;
            for (cut = 1; cut < body.Length; cut += 3)
            {
                var answer = (await setup.AskAsync())!;
                Assert.Equal((401, expected, true), (answer.Status, answer.Body, answer.HasEnded));
            }
        }

        Assert.DoesNotContain(setup.Log.Query("SELECT response_body, error FROM request_logs"),
            row => row.Text("response_body")!.Contains(Key, StringComparison.Ordinal) || row.Text("error")!.Contains(Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("********", "********")]
    [InlineData("sk-a/b+c\"d==", @"sk-a\/b\u002bc\u0022d==")]
    public async Task A_key_of_asterisks_and_one_with_escapes_do_no_harm(string key, string told)
    {
        await using var setup = await FallbackSetup.StartAsync((connection, _) =>
            FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(401, $"{{\"error\":{{\"message\":\"{told}\"}}}}")));
        var database = SqliteDatabase.Open(new DataFolder(setup.Folder.Data), TimeProvider.System);
        setup.Change(store => store.SetActive("lm-studio", []));
        setup.Change(store => store.Update(store.Find("lm-studio")! with { Key = new(EnvironmentVariable: null) { Sealed = database.Vault.Seal(key) } }));
        var answer = (await setup.AskAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken))!;

        Assert.Equal(new string('*', told.Length), System.Text.Json.Nodes.JsonNode.Parse(answer.Body)!["error"]!["message"]!.ToString());
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("br", true)]
    [InlineData("zstd", false)]
    public async Task A_packed_error_is_unpacked_for_that_or_loses_its_body(string coding, bool isKnown)
    {
        var told = $"{{\"error\":{{\"message\":\"{Key} is no key\"}}}}";
        using var packed = new MemoryStream();
        await using (Stream packing = coding == "br" ? new BrotliStream(packed, CompressionMode.Compress, leaveOpen: true) : new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            packing.Write(Encoding.ASCII.GetBytes(told));
        }

        await using var setup = await FallbackSetup.StartAsync(async (connection, _) =>
        {
            await FaultyUpstream.SayAsync(connection,
                $"HTTP/1.1 401 Any\r\ncontent-type: application/json\r\nx-own: kept\r\ncontent-encoding: {coding}\r\ncontent-length: {packed.Length}\r\n\r\n");
            await connection.SendAsync(packed.ToArray());
        });
        var database = SqliteDatabase.Open(new DataFolder(setup.Folder.Data), TimeProvider.System);
        setup.Change(store => store.SetActive("lm-studio", []));
        setup.Change(store => store.Update(store.Find("lm-studio")! with { Key = new(EnvironmentVariable: null) { Sealed = database.Vault.Seal(Key) } }));
        var answer = (await setup.AskAsync(headers: $"accept-encoding: {coding}\r\n"))!;

        Assert.Equal((401, isKnown ? told.Replace(Key, new string('*', Key.Length), StringComparison.Ordinal) : ""), (answer.Status, answer.Body));
        Assert.Equal("kept", answer.Headers["x-own"]);
        Assert.False(answer.Headers.ContainsKey("content-encoding"));
        Assert.Equal("upstream_error", setup.RowOf(answer)["outcome"]);
    }
}
