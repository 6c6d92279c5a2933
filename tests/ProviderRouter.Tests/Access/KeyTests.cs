using System.Net;
using System.Net.Http;
using System.Text;

namespace ProviderRouter.Tests.Access;

/// <summary>Where the router asks for keys, nobody gets past it without a valid one of the right kind.</summary>
public sealed class KeyTests
{
    [Theory]
    [InlineData("", HttpStatusCode.Unauthorized, "unauthorized", "asks for a key")]
    [InlineData("nobody's", HttpStatusCode.Unauthorized, "unauthorized", "none of this router's")]
    [InlineData("expired", HttpStatusCode.Unauthorized, "unauthorized", "'expired' expired at")]
    [InlineData("revoked", HttpStatusCode.Unauthorized, "unauthorized", "'revoked' was revoked")]
    [InlineData("admin", HttpStatusCode.Forbidden, "forbidden", "'admin' opens /admin and not /v1")]
    public async Task A_request_without_a_valid_key_is_refused_and_on_record(string name, HttpStatusCode status, string code, string message)
    {
        await using var closed = await ClosedRouter.StartAsync("--host", "0.0.0.0");
        foreach (var header in new[] { "authorization", "x-api-key", "api-key" })
        {
            using var response = name.Length == 0 ? await closed.SendAsync()
                : await closed.SendAsync((header, header == "authorization" ? $"Bearer {closed.Keys[name]}" : closed.Keys[name]));

            Assert.Contains(message, await Refused.WithAsync(response, status, code), StringComparison.Ordinal);
            Assert.Equal(status == HttpStatusCode.Unauthorized, response.Headers.WwwAuthenticate.Count == 1);
            Assert.Equal("rejected", closed.Log.Of(response)["outcome"]);
            Assert.Equal((long)status, closed.Log.Of(response)["status_code"]);
        }

        Assert.Empty(closed.Forwarded);
        await AssertSecretAsync(closed);
    }

    [Theory]
    [InlineData("--host", "0.0.0.0")]
    [InlineData("--host", "::")]
    [InlineData("--require-key")]
    public async Task A_valid_key_opens_the_providers_and_goes_on_to_none(params string[] arguments)
    {
        await using var closed = await ClosedRouter.StartAsync(arguments);
        var key = closed.Keys["laptop"];
        foreach (var (header, value) in new[] { ("authorization", $"Bearer {key}"), ("Authorization", $"bearer {key}"), ("x-api-key", key), ("api-key", key) })
        {
            using var response = await closed.SendAsync((header, value), ("x-goog-api-key", key), ("x-other", $"a {key}"));

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("laptop", closed.Log.Of(response)["client_key"]);
        }

        Assert.Equal(4, closed.Forwarded.Count);
        Assert.Null(closed.Database.Verify(since: null, (_, _) => { }).Fault);
        Assert.All(closed.Forwarded, request => Assert.DoesNotContain(request.Headers, header => header.Value.Contains(key, StringComparison.Ordinal)));
        Assert.All(closed.Forwarded, request => Assert.DoesNotContain("authorization", request.Headers.Keys, StringComparer.OrdinalIgnoreCase));
        await AssertSecretAsync(closed);
    }

    [Fact]
    public async Task On_loopback_a_key_is_named_on_record_and_kept_from_the_provider_and_all_else_goes_on()
    {
        await using var closed = await ClosedRouter.StartAsync();
        using var named = await closed.SendAsync(("authorization", $"Bearer {closed.Keys["laptop"]}"));
        using var admin = await closed.SendAsync(("x-api-key", closed.Keys["admin"]));
        using var expired = await closed.SendAsync(("authorization", $"Bearer {closed.Keys["expired"]}"));
        using var other = await closed.SendAsync(("authorization", $"Bearer {closed.Keys["nobody's"]}"));
        using var none = await closed.SendAsync();

        Assert.All([named, admin, expired, other, none], response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(["laptop", "admin", null, null, null], new[] { named, admin, expired, other, none }.Select(response => closed.Log.Of(response)["client_key"]));
        Assert.Equal([$"Bearer {closed.Keys["nobody's"]}"], closed.Forwarded.SelectMany(request => request.Headers)
            .Where(header => header.Key.Equals("authorization", StringComparison.OrdinalIgnoreCase) || header.Key.Equals("x-api-key", StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value));
        await AssertSecretAsync(closed);
    }

    [Theory]
    [InlineData("v1/mirror?x=", "")]
    [InlineData("v1/mirror/", "")]
    [InlineData("v1/mirror/", "/x?y=z")]
    public async Task A_key_in_the_url_is_refused_and_reaches_neither_the_provider_nor_the_log(string before, string after)
    {
        await using var closed = await ClosedRouter.StartAsync();
        using var response = await closed.SendAsync(HttpMethod.Get, $"{before}{closed.Keys["laptop"]}{after}");

        await Refused.WithAsync(response, HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Empty(closed.Forwarded);
        // What it says of this on stderr is said a moment later.
        await Eventually.IsAsync("it is said on stderr", () => closed.Router.Errors.Contains("does not belong in a URL", StringComparison.Ordinal));
        await AssertSecretAsync(closed);
    }

    [Fact]
    public async Task What_becomes_of_a_key_counts_from_the_next_request_on()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        var cli = new Programs.Cli(closed.Folder);
        var created = (await cli.RunAsync("key", "create", "late")).Exits(0);
        var key = created.Output.Trim();
        Assert.Matches("^pr-[A-Za-z0-9_-]{43}$", key);
        Assert.DoesNotContain(key, created.Errors, StringComparison.Ordinal);
        using var before = await closed.SendAsync(("authorization", $"Bearer {key}"));
        (await cli.RunAsync("key", "revoke", "late")).Exits(0);
        using var after = await closed.SendAsync(("authorization", $"Bearer {key}"));
        var again = (await cli.RunAsync("key", "create", "late", "--expires", "30d")).Exits(0).Output.Trim();
        using var renewed = await closed.SendAsync(("authorization", $"Bearer {again}"));
        closed.Log.Execute("UPDATE client_keys SET expires_at = unixepoch() WHERE revoked_at IS NULL AND name = 'late'");
        using var expired = await closed.SendAsync(("authorization", $"Bearer {again}"));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.Unauthorized],
            new[] { before, after, renewed, expired }.Select(response => response.StatusCode));
        Assert.Equal(2, closed.Forwarded.Count);
        Assert.DoesNotContain(key, (await cli.RunAsync("key", "list", "--json")).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_stranger_sends_is_neither_read_nor_kept()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        // It says that a gigabyte follows, sends nothing, and is answered all the same.
        using var stranger = await RawHttp.OpenAsync(closed.Router.Url,
            $"POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {1 << 30}\r\n\r\n");

        using var reader = new StreamReader(stranger.GetStream());
        Assert.StartsWith("HTTP/1.1 401 ", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
        var row = await closed.Log.WaitForAsync("outcome = $value", "rejected");
        Assert.Null(row["request_body"]);
        Assert.Equal("incomplete", row["request_body_state"]);
    }

    [Fact]
    public async Task Health_is_open_and_says_nothing_secret()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        var health = await closed.Router.Client.GetStringAsync("health");

        Assert.Contains("\"status\":\"ok\"", health, StringComparison.Ordinal);
        Assert.DoesNotContain(closed.Folder.Path, health, StringComparison.Ordinal);
    }

    /// <summary>No key is in any file of the data folder, nor in what the server says.</summary>
    private static async Task AssertSecretAsync(ClosedRouter closed)
    {
        await closed.Router.GreetingAsync();
        await closed.Router.DisposeAsync();
        foreach (var file in Directory.GetFiles(closed.Folder.Data))
        {
            var content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.All(closed.Keys.Values, key => Assert.DoesNotContain(key, content, StringComparison.Ordinal));
        }

        Assert.All(closed.Keys.Values, key => Assert.DoesNotContain(key, closed.Router.Errors, StringComparison.Ordinal));
    }
}
