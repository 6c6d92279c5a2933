using ProviderRouter.Providers;

namespace ProviderRouter.Tests.Providers;

/// <summary>What a provider may be, whoever writes it.</summary>
public sealed class ProviderRulesTests
{
    private const string Key = "sk-rules-4f9a1c77e2b04d55a8c3";

    private static readonly Provider Good = new() { Name = "mine", Type = "vllm", BaseUrl = "http://localhost:8000/v1" };

    [Fact]
    public void Every_built_in_provider_and_every_preset_with_its_url_is_allowed()
    {
        Assert.All(BuiltInProviders.All, provider => Assert.Empty(ProviderRules.Check(provider)));
        Assert.All(ProviderPresets.All, preset =>
        {
            var template = preset.NeedsUrl ? preset.Template with { BaseUrl = preset.UrlExample! } : preset.Template;
            Assert.Empty(ProviderRules.Check(template with { Key = template.Key with { EnvironmentVariable = preset.KeyVariable } }));
            Assert.Equal(template, ProviderRules.Normalise(template) with { Headers = template.Headers });
            Assert.Same(preset, ProviderPresets.Find(preset.Name.ToUpperInvariant()));
        });
    }

    [Theory]
    [InlineData("LM Studio", "lm-studio")]
    [InlineData("llama.cpp", "llama-cpp")]
    [InlineData("llamacpp", "llama-cpp")]
    [InlineData("azure", "azure-openai")]
    [InlineData("open-ai", "openai")]
    [InlineData("", null)]
    [InlineData("nonsense", null)]
    public void A_preset_is_found_however_its_name_is_spelled(string typed, string? found) =>
        Assert.Equal(found, ProviderPresets.Find(typed)?.Name);

    [Theory]
    [InlineData("a")]
    [InlineData("0.x_y-z")]
    [InlineData("a-name-of-64-letters-----------------------------------------end")]
    [InlineData("qwen2.5-coder-32b-instruct-2024-11-12")]
    public void A_name_is_allowed(string name) => Assert.Empty(ProviderRules.Check(Good with { Name = name }));

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData(".a")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a\n")]
    [InlineData("a/b")]
    [InlineData(Key)]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("123e4567-e89b-12d3-a456-426614174000")]
    public void A_name_is_refused_and_not_repeated(string name) => AssertRefused(Good with { Name = name }, "The name", name);

    [Fact]
    public void A_name_of_65_letters_is_refused() => Assert.Single(ProviderRules.Check(Good with { Name = new string('a', 65) }));

    [Theory]
    [InlineData("http://localhost:1234/v1/", "http://localhost:1234/v1")]
    [InlineData(" https://api.example.com// ", "https://api.example.com")]
    [InlineData("HTTP://[::1]:8080/a@b", "HTTP://[::1]:8080/a@b")]
    public void A_url_is_kept_without_a_slash_at_its_end(string typed, string kept)
    {
        var provider = ProviderRules.Normalise(Good with { BaseUrl = typed });

        Assert.Equal(kept, provider.BaseUrl);
        Assert.Empty(ProviderRules.Check(provider));
    }

    [Theory]
    [InlineData("")]
    [InlineData("elsewhere:1234/v1")]
    [InlineData("/v1")]
    [InlineData("ftp://host/v1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://")]
    [InlineData("http://user:pass@host/v1")]
    [InlineData("http://@host/v1")]
    [InlineData("http://host/v1?key=1")]
    [InlineData("http://host/v1?")]
    [InlineData("http://host/v1#x")]
    [InlineData("http://host/v 1")]
    [InlineData("http://host\\v1")]
    [InlineData("http://host/v1\n")]
    [InlineData("http://host:99999/v1")]
    [InlineData("http:host/v1")]
    [InlineData("internal:echo")]
    [InlineData($"https://host/{Key}/v1")]
    public void A_url_is_refused_and_not_repeated(string url) => AssertRefused(Good with { BaseUrl = url }, "The base URL", url);

    [Theory]
    [InlineData("bad name", "v", "A header's name")]
    [InlineData("", "v", "A header's name")]
    [InlineData("näme", "v", "A header's name")]
    [InlineData("host", "v", "the router's own")]
    [InlineData("Content-Length", "1", "the router's own")]
    [InlineData("transfer-encoding", "chunked", "the router's own")]
    [InlineData("x-router-provider", "v", "the router's own")]
    [InlineData("x-title", "", "The value of the header x-title")]
    [InlineData("x-title", "a\r\nauthorization: b", "The value of the header x-title")]
    [InlineData("x-title", "水", "The value of the header x-title")]
    [InlineData("authorization", "anything", "may hold a key")]
    [InlineData("x-api-key", "anything", "may hold a key")]
    [InlineData("cookie", "anything", "may hold a key")]
    [InlineData("x-title", Key, "may hold a key")]
    [InlineData("x-title", "Bearer abc1", "may hold a key")]
    [InlineData(Key, "v", "looks like a key")]
    public void A_header_is_refused_and_its_value_not_repeated(string name, string value, string expected) =>
        AssertRefused(Good with { Headers = new Dictionary<string, string> { [name] = value } }, expected, value.Length > 1 ? value : Key);

    [Theory]
    [InlineData("the bearer of bad news")]
    [InlineData("sk-learn")]
    [InlineData("org-AbCdEf123456789012345678")]
    [InlineData("token-efficient-tools-2025-02-19")]
    public void What_only_resembles_a_key_is_allowed(string value) => Assert.Empty(ProviderRules.Check(
        Good with { Headers = new Dictionary<string, string> { ["x-title"] = value }, Note = value, DefaultModel = value }));

    [Fact]
    public void Headers_are_kept_in_lower_case_and_each_is_there_once()
    {
        var provider = ProviderRules.Normalise(Good with { Headers = new Dictionary<string, string> { ["X-Title"] = " mine " } });
        Assert.Equal(new Dictionary<string, string> { ["x-title"] = "mine" }, provider.Headers);
        Assert.Empty(ProviderRules.Check(provider));

        var twice = ProviderRules.Normalise(Good with { Headers = new Dictionary<string, string> { ["X-Title"] = "1", ["x-title"] = "2" } });
        Assert.Contains("more than once", Assert.Single(ProviderRules.Check(twice)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a#b")]
    [InlineData("ü=1")]
    [InlineData("api_key=1")]
    [InlineData("key=1")]
    [InlineData("%6Bey=1")]
    [InlineData($"x={Key}")]
    public void A_query_is_refused_and_not_repeated(string query) => AssertRefused(Good with { Query = query }, "The query", query);

    [Theory]
    [InlineData("?api-version=v1&", "api-version=v1")]
    [InlineData("  ", null)]
    public void A_query_is_kept_without_its_question_mark(string typed, string? kept) =>
        Assert.Equal(kept, ProviderRules.Normalise(Good with { Query = typed }).Query);

    [Theory]
    [InlineData("OPENAI_API_KEY", null)]
    [InlineData("_k1", null)]
    [InlineData("", "The name of the key's variable")]
    [InlineData("1KEY", "The name of the key's variable")]
    [InlineData("MY-KEY", "The name of the key's variable")]
    [InlineData("$KEY", "The name of the key's variable")]
    [InlineData(Key, "looks like a key itself")]
    [InlineData("0123456789abcdef0123456789abcdef", "looks like a key itself")]
    [InlineData("gsk_AbCdEfGh12345678", "looks like a key itself")]
    [InlineData("AIzaSyA1234567890", "looks like a key itself")]
    public void A_key_in_the_place_of_its_variables_name_is_refused_and_not_repeated(string variable, string? expected)
    {
        var provider = Good with { Key = new ProviderKey(variable) };
        if (expected is null)
        {
            Assert.Empty(ProviderRules.Check(provider));
        }
        else
        {
            AssertRefused(provider, expected, variable);
        }
    }

    [Theory]
    [InlineData("sk-1", null)]
    [InlineData("", "empty")]
    [InlineData("two words", "one line")]
    [InlineData("a\nb", "one line")]
    [InlineData("schlüssel", "one line")]
    public void A_key_is_one_line_of_ascii(string key, string? expected)
    {
        Assert.Equal(expected is null, KeyRules.KeyProblem(key) is null);
        Assert.Contains(expected ?? "", KeyRules.KeyProblem(key) ?? "", StringComparison.Ordinal);
        Assert.NotNull(KeyRules.KeyProblem(new string('k', KeyRules.LongestKey + 1)));
    }

    [Fact]
    public void Times_and_retries_at_both_ends_of_their_range_are_allowed_and_those_beyond_are_not()
    {
        var least = Good with
        {
            IdleTimeout = TimeSpan.FromMilliseconds(1), ConnectTimeout = TimeSpan.FromMilliseconds(1), KeepAlive = TimeSpan.FromSeconds(1), Retries = 0,
        };
        var most = Good with
        {
            IdleTimeout = TimeSpan.FromHours(24), ConnectTimeout = TimeSpan.FromMinutes(5), KeepAlive = TimeSpan.FromMinutes(10), Retries = 10,
        };
        Assert.Empty(ProviderRules.Check(least));
        Assert.Empty(ProviderRules.Check(most));
        Assert.Equal(4, ProviderRules.Check(Good with
        {
            IdleTimeout = TimeSpan.Zero, ConnectTimeout = TimeSpan.Zero, KeepAlive = TimeSpan.FromMilliseconds(999), Retries = -1,
        }).Count);
        var beyond = TimeSpan.FromMilliseconds(1);
        Assert.Equal(4, ProviderRules.Check(most with
        {
            IdleTimeout = most.IdleTimeout + beyond, ConnectTimeout = most.ConnectTimeout + beyond, KeepAlive = most.KeepAlive + beyond, Retries = 11,
        }).Count);
    }

    [Fact]
    public void Every_problem_is_said_at_once_and_no_key_is_repeated()
    {
        var problems = ProviderRules.Check(new Provider
        {
            Name = Key, Type = "", BaseUrl = $"http://x:{Key}@host", Query = $"key={Key}", DefaultModel = Key, Note = $"it is {Key}",
            Key = new ProviderKey(Key, Key, Key), Retries = 99, IdleTimeout = TimeSpan.FromDays(2),
            Headers = new Dictionary<string, string> { [Key] = Key, ["authorization"] = Key },
            Aliases = new Dictionary<string, string> { [""] = Key, [Key] = "" },
        });

        Assert.Equal(15, problems.Count);
        Assert.All(problems, problem => Assert.EndsWith(".", problem, StringComparison.Ordinal));
        Assert.DoesNotContain(problems, problem => problem.Contains(Key, StringComparison.OrdinalIgnoreCase));
    }

    private static void AssertRefused(Provider provider, string expected, string secret)
    {
        var problem = Assert.Single(ProviderRules.Check(ProviderRules.Normalise(provider) with { BaseUrl = provider.BaseUrl }));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        if (secret.Length > "http://".Length)
        {
            Assert.DoesNotContain(secret, problem, StringComparison.OrdinalIgnoreCase);
        }
    }
}
