using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;

namespace ProviderRouter.Tests.Dashboard.Session;

/// <summary>What a browser does, without one: it keeps cookies, says where it comes from, and sends forms with what the page put in them.</summary>
internal sealed partial class UiBrowser(Router router)
{
    private readonly StringBuilder seen = new();

    /// <summary>Its cookies by their names.</summary>
    public Dictionary<string, string> Cookies { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>All that it was sent so far, headers included.</summary>
    public string Seen => seen.ToString();

    /// <summary>The cookie of its session: name and value.</summary>
    public KeyValuePair<string, string> Session => Cookies.Single(cookie => cookie.Key.StartsWith("pr-session-", StringComparison.Ordinal));

    /// <summary>The same browser, looking at another server.</summary>
    public UiBrowser At(Router other) => new(other) { Cookies = Cookies };

    public async Task<UiBrowser> SignInAsync(string key)
    {
        using var answer = await PostAsync("ui/sign-in", ("key", key));
        Assert.Equal(303, (int)answer.StatusCode);
        return this;
    }

    /// <summary>A page's text, which must be there.</summary>
    public async Task<string> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == 200, $"{path}: {(int)answer.StatusCode}: {text[..Math.Min(500, text.Length)]}");
        return text;
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), [("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document"), .. headers]);

    /// <summary>What stands in the forms of a page of its own, for it alone.</summary>
    public async Task<string> TokenAsync()
    {
        // Any page has it: the sign-in page for who is not in, and what it leads to.
        using var page = await GetAsync("ui/sign-in");
        var text = (int)page.StatusCode == 200 ? await page.Content.ReadAsStringAsync() : await PageAsync("ui/providers");
        return Token().Match(text).Groups["token"].Value;
    }

    /// <summary>Sends a form, as the router's own page does, with its token.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        await PostWithAsync(path, await TokenAsync(), fields);

    /// <summary>Sends a form with this token, or without one.</summary>
    public Task<HttpResponseMessage> PostWithAsync(string path, string? token, (string Name, string Value)[] fields, params (string Name, string Value)[] headers)
    {
        var all = fields.Select(field => KeyValuePair.Create(field.Name, field.Value));
        var form = new FormUrlEncodedContent(token is null ? all : all.Append(KeyValuePair.Create("_token", token)));
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form }, headers.Length > 0 ? headers : [("origin", Origin), ("sec-fetch-site", "same-origin")]);
    }

    public string Origin => router.Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Sends a request with these headers and its cookies, and keeps those that it is given. An empty header is left out.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        using (request)
        {
            foreach (var (name, value) in headers.Where(header => header.Value.Length > 0).GroupBy(header => header.Name, StringComparer.Ordinal).Select(same => same.Last()))
            {
                Assert.True(request.Headers.TryAddWithoutValidation(name, value));
            }

            if (!request.Headers.Contains("accept"))
            {
                request.Headers.TryAddWithoutValidation("accept", "text/html,*/*;q=0.8");
            }

            if (Cookies.Count > 0)
            {
                request.Headers.TryAddWithoutValidation("cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            }

            var answer = await router.Client.SendAsync(request);
            Keep(answer);
            seen.Append(answer.Headers).Append(await answer.Content.ReadAsStringAsync());
            return answer;
        }
    }

    private void Keep(HttpResponseMessage answer)
    {
        foreach (var set in answer.Headers.TryGetValues("set-cookie", out var values) ? values : [])
        {
            var pair = set.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
            {
                Cookies.Remove(pair[0]);
            }
            else
            {
                Cookies[pair[0]] = pair[1];
            }
        }
    }

    [GeneratedRegex("name=\"_token\" value=\"(?<token>[^\"]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
