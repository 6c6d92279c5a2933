using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Dashboard.Exchanges;

/// <summary>Everything in an exchange that strangers write, written by an enemy.</summary>
public sealed class HostileExchangeTests
{
    public static TheoryData<string> Payloads { get; } =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>", "</pre></details></main><script>alert(1)</script>", "javascript:alert(1)",
        "</title><script>alert(1)</script>", "<a href=javascript:alert(1)>x</a>", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)", "<iframe srcdoc='<script>1</script>'>",
        "\" onmouseover=\"alert(1)", "' autofocus onfocus='alert(1)", "<style>*{display:none}</style>", "<base href=https://evil.example/>", "<form action=https://evil.example><button>",
        "{{7*7}}${7*7}@(7*7)<%=7*7%>", "<!--<script>", "]]><script>alert(1)</script>", "\u202e<script>\u2066", "<math><mi xlink:href='javascript:alert(1)'>", "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<object data='data:text/html;base64,PHNjcmlwdD4='>", "<link rel=stylesheet href=//evil.example>", "\0<script>alert(1)</script>", "`</code><script>alert(1)</script>`", "data:text/html,<script>alert(1)</script>",
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Nothing_of_it_becomes_markup(string payload)
    {
        await using var shown = new ShownLog();
        var text = JsonSerializer.Serialize(payload);
        var bad = JsonSerializer.Serialize(payload.Replace("\0", "", StringComparison.Ordinal));
        var request =
            $$$"""
            {"model":{{{text}}},{{{bad}}}:{{{text}}},"tools":[{"type":"function","function":{"name":{{{text}}}}}],"messages":[{"role":"system","content":{{{text}}}},{"role":{{{text}}},"name":{{{text}}},"content":{{{text}}}},
             {"role":"user","name":{{{text}}},"content":[{"type":"text","text":{{{text}}}},{"type":"image_url","image_url":{{{text}}}},{"type":"file","file":{"filename":{{{text}}},"file_data":"data:{{{payload.Replace("\"", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal)}}};base64,QUJD"}},{"type":{{{text}}},"x":{{{text}}}}]},
             {"role":"assistant","reasoning_content":{{{text}}},"tool_calls":[{"id":{{{text}}},"function":{"name":{{{text}}},"arguments":{{{text}}}}}]},{"role":"tool","tool_call_id":{{{text}}},"content":{{{text}}}},{"role":"tool","tool_call_id":"other","content":{{{text}}}}]}
            """;
        var answer = $$$"""{"choices":[{"message":{"content":{{{text}}},"refusal":{{{text}}},"reasoning_content":{{{text}}}},"finish_reason":{{{text}}}},{"message":{"content":"a"},"finish_reason":null}]}""";
        var clean = payload.Replace("\0", "", StringComparison.Ordinal);
        var headers = Redaction.Headers([new("x-own", [clean])], []);
        AuditRequest Asked(AuditRequest one) => one with { Provider = clean, Model = clean, Query = clean, Client = clean, ClientKey = clean, Replays = clean, Headers = headers };
        AuditResponse Answered(AuditResponse one) => one with
        {
            Provider = clean, Outcome = Outcome.UpstreamError, Error = clean, Headers = headers, Usage = new AuditUsage(clean, 1, 2, null, null, clean, null),
            Attempts = JsonSerializer.Serialize(new[] { new { provider = payload, outcome = payload, status = payload, error = payload, model = payload, durationMs = 3 } }),
        };
        var id = shown.Add("/v1/chat/completions", request, answer, asked: Asked, answered: Answered);
        var error = shown.Add("/v1/chat/completions", request, $$$"""{"error":{"message":{{{text}}},"type":{{{text}}}}}""", status: 500, asked: Asked, answered: Answered);
        await shown.StartAsync();

        foreach (var path in new[] { $"exchanges/{id}", $"exchanges/{id}?as=text", $"exchanges/{error}", $"exchanges/{id}/messages/3", $"compare?a={id}&b={error}", "compare?a=" + Uri.EscapeDataString(payload) })
        {
            AssertHarmless(await shown.PageAsync(path), shown.Router.Url);
        }

        AssertHarmless(await shown.PageAsync($"compare?a={Uri.EscapeDataString(payload)}&b={Uri.EscapeDataString(payload)}", 404), shown.Router.Url);
        AssertHarmless(await shown.PageAsync($"exchanges/{Uri.EscapeDataString(clean.Replace("/", "", StringComparison.Ordinal))}", 404), shown.Router.Url);
    }

    private static void AssertHarmless(IHtmlDocument page, Uri router)
    {
        Assert.All(page.QuerySelectorAll("script"), script => Assert.StartsWith("/ui/assets/", script.GetAttribute("src"), StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll("style, iframe, object, embed, base, math, meta[http-equiv], template, [style], [srcdoc], [srcset], [ping]"));
        Assert.All(page.QuerySelectorAll("img, link"), one => Assert.Matches("^/ui/(assets|exchanges)/", one.GetAttribute("src") ?? one.GetAttribute("href")));
        Assert.All(page.QuerySelectorAll("form"), form => Assert.StartsWith("/ui", form.GetAttribute("action"), StringComparison.Ordinal));
        Assert.All(page.QuerySelectorAll("*"), element =>
        {
            Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
            Assert.Matches("^([/#]|https?://(evil|x)\\.example|$)", element.LocalName == "a" ? element.GetAttribute("href") : "");
            Assert.True(element.LocalName != "svg" || element.ParentElement!.ClassName == "bars");
        });
        Assert.Single(page.QuerySelectorAll("main"));
        Assert.Equal("main", page.QuerySelector("footer, body > :last-child")!.LocalName);
        Assert.DoesNotContain(page.DocumentElement.TextContent, letter => letter is '\0' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'));
        Assert.NotNull(router);
    }
}
