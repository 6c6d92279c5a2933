using System.Text;

namespace ProviderRouter.Tests.Record;

/// <summary>Keys are never stored, wherever they turn up.</summary>
public sealed class SecrecyTests
{
    private const string OwnKey = "sk-own-4f9a1c77e2b04d55a8c3";
    private const string ClientKey = "sk-client-91b2d0c64e7f4a1f8d20";

    [Fact]
    public async Task No_key_is_in_the_database_or_in_what_the_router_says()
    {
        await using var setup = await Setup.StartAsync(("QWEN_API_KEY", OwnKey), ("LOG_LEVEL", "trace"));
        (string, string)[] keys = [("authorization", $"Bearer {ClientKey}"), ("x-api-key", ClientKey), ("cookie", $"session={ClientKey}")];

        foreach (var provider in new[] { "lm-studio", "qwen-direct" })
        {
            (string, string)[] headers = [.. keys, ("x-router-provider", provider)];
            // A provider that repeats the key in its error, a mirror that repeats all headers, plain answers and streams.
            foreach (var (model, stream) in new[] { ("401", false), ("fake-small", false), ("fake-small", true) })
            {
                using var response = await setup.ChatAsync(model, stream, say: $"my key is {ClientKey}", headers: headers);
                _ = await response.Content.ReadAsStringAsync();
                Assert.Equal(provider, response.Headers.GetValues("x-router-provider").Single());
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/mirror?api_key={ClientKey}&x=1");
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var mirrored = await setup.Client.SendAsync(request);
            Assert.Contains(provider == "lm-studio" ? ClientKey : OwnKey, await mirrored.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal("api_key=[redacted]&x=1", setup.Log.Of(mirrored)["query"]);
            Assert.Contains("\"authorization\":\"[redacted]\"", setup.Log.Of(mirrored).Text("request_headers"), StringComparison.Ordinal);
        }

        await setup.Router.DisposeAsync();
        foreach (var file in Directory.GetFiles(setup.Folder.Data))
        {
            var content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.DoesNotContain(OwnKey, content, StringComparison.Ordinal);
            Assert.DoesNotContain(ClientKey, content, StringComparison.Ordinal);
            Assert.DoesNotContain("sk-", content, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("sk-", setup.Router.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_placeholder_for_a_key_is_no_secret_and_stays_in_a_conversation()
    {
        await using var setup = await Setup.StartAsync();
        using var response = await setup.ChatAsync("fake-small", say: "is lm-studio good?", headers: ("authorization", "Bearer lm-studio"));

        Assert.Contains("is lm-studio good?", setup.Log.Of(response).Text("request_body"), StringComparison.Ordinal);
    }
}
