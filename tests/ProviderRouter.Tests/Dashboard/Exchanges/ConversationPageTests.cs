using System.Net.Http;
using AngleSharp.Dom;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Dashboard.Exchanges;

/// <summary>What was said, on the page of an exchange.</summary>
public sealed class ConversationPageTests
{
    private const string Chat = "/v1/chat/completions";
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Theory]
    [InlineData(Chat, """{"messages":[{"role":"user","content":"What **now**?"}]}""", """{"choices":[{"message":{"content":"- this\n- that"},"finish_reason":"stop"}]}""", "user|answer ended with stop", "What now?", "li")]
    [InlineData("/v1/messages", """{"system":"S","messages":[{"role":"user","content":"Q"}]}""", """{"type":"message","content":[{"type":"text","text":"**A**"}],"stop_reason":"end_turn"}""", "user|answer ended with end_turn", "Q", "strong")]
    [InlineData("/v1/responses", """{"instructions":"I","input":"hello"}""", """{"object":"response","status":"completed","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"`A`"}]}]}""", "user|answer ended with completed", "hello", "code")]
    [InlineData("/v1/completions", """{"prompt":"once **upon**"}""", """{"choices":[{"text":" a *time*","finish_reason":"length"}]}""", "prompt|answer ended with length", "once **upon**", "em")]
    [InlineData("/v1/embeddings", """{"input":["a","b"]}""", """{"data":[{"embedding":[1,2,3]},{"embedding":[1,2,3]}]}""", "prompt|prompt|answer", "a", "p")]
    [InlineData("/v1/models", null, """{"data":[{"id":"x"}]}""", "answer", "", "pre")]
    [InlineData("/v1/audio/speech", """{"input":"a"}""", "[audio/mpeg, 49152 bytes, sha256 ab]", "request|answer", "{\n  \"input\": \"a\"\n}", "p")]
    [InlineData("/v1/audio/transcriptions", "[multipart/form-data, 12 bytes, sha256 ab]", """{"text":"spoken"}""", "request|answer", "[multipart/form-data, 12 bytes, sha256 ab]", "pre")]
    public async Task Each_protocol_is_read(string endpoint, string? request, string answer, string roles, string said, string element)
    {
        await using var shown = new ShownLog();
        var id = shown.Add(endpoint, request, answer);
        await shown.StartAsync();
        var page = await shown.PageAsync($"exchanges/{id}");

        Assert.Equal(roles, string.Join('|', page.QuerySelectorAll("article > h3").Select(heading => string.Join(' ', heading.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))));
        Assert.Equal(said, page.QuerySelectorAll("article")[0].QuerySelector(roles.StartsWith("answer", StringComparison.Ordinal) ? "none" : ".prose, .text")?.TextContent.Trim('\n') ?? "");
        Assert.NotNull(page.QuerySelector($".answer {element}"));
        Assert.Equal(["h1"], page.QuerySelectorAll("h1").Select(one => one.LocalName));
        // Nothing is asked for that this page does not have; as text, each letter stands there.
        var text = await shown.PageAsync($"exchanges/{id}?as=text");
        Assert.Empty(text.QuerySelectorAll(".prose strong, .prose em, .prose li"));
    }

    [Fact]
    public async Task Tools_reasoning_pictures_and_files()
    {
        await using var shown = new ShownLog();
        var id = shown.Add(Chat,
            $$$"""
            {"model":"m","temperature":0.5,"tools":[{"type":"function","function":{"name":"weather"}}],"messages":[
             {"role":"system","content":"Be brief."},
             {"role":"user","content":[{"type":"text","text":"What is it?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Png}}}"}},
               {"type":"image_url","image_url":"https://x.example/y.png"},{"type":"image_url","image_url":"javascript:alert(1)"},{"type":"input_audio","input_audio":{"data":"QUJD","format":"wav"}},
               {"type":"image_url","image_url":{"url":"data:image/svg+xml;base64,PHN2Zy8+"}},{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,QUJD"}}]},
             {"role":"assistant","content":null,"reasoning_content":"Hmm","tool_calls":[{"id":"c1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"Sunny"},{"role":"tool","tool_call_id":"zz","content":"Alone"}]}
            """,
            """{"choices":[{"message":{"content":null,"refusal":"No.","reasoning_content":"why","tool_calls":[{"id":"c2","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"},{"message":{"content":"Two"}}]}""");
        await shown.StartAsync();
        var page = await shown.PageAsync($"exchanges/{id}");

        var call = page.QuerySelectorAll("details.tool")[0];
        Assert.False(call.HasAttribute("open"));
        Assert.Equal("Calls weather {\"city\":\"Rome\"}", call.QuerySelector("summary")!.TextContent.Trim());
        Assert.Equal(["{\n  \"city\": \"Rome\"\n}", "Sunny"], call.QuerySelectorAll("pre").Select(one => one.TextContent));
        Assert.Equal(1, page.QuerySelectorAll("article").Count(one => one.TextContent.Contains("Sunny", StringComparison.Ordinal)));
        Assert.Contains("Result of a tool", page.QuerySelector("#message-5 summary")!.TextContent, StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll("details.reasoning"), one => Assert.False(one.HasAttribute("open")));
        Assert.Equal(["Hmm", "why"], page.QuerySelectorAll("details.reasoning .prose").Select(one => one.TextContent));
        Assert.Contains("No.", page.QuerySelector("#message-6")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Two", page.QuerySelector("#message-7 .prose")!.TextContent);
        Assert.Equal("DETAILS", page.QuerySelector("#message-1")!.TagName);
        Assert.Equal([$"/ui/exchanges/{id}/media/1", $"/ui/exchanges/{id}/media/2"], page.QuerySelectorAll("article img").Select(one => one.GetAttribute("src")));
        Assert.Equal(["https://x.example/y.png"], page.QuerySelectorAll("#message-2 a").Select(one => one.GetAttribute("href")));
        Assert.Contains("audio/wav, 3 bytes", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("a.pdf, application/pdf, 3 bytes", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("temperature 0.5", page.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);

        using var picture = await shown.Browser.GetAsync($"ui/exchanges/{id}/media/1");
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.ToString());
        Assert.Equal(Convert.FromBase64String(Png), await picture.Content.ReadAsByteArrayAsync());
        Assert.Equal("nosniff", picture.Headers.GetValues("x-content-type-options").Single());
        Assert.Equal("default-src 'none'; sandbox", picture.Headers.GetValues("content-security-policy").Single());
        foreach (var other in new[] { "2", "3", "0", "-1", "x", "99999999999" })
        {
            using var none = await shown.Browser.GetAsync($"ui/exchanges/{id}/media/{other}");
            Assert.Equal((404, "text/plain"), ((int)none.StatusCode, none.Content.Headers.ContentType!.MediaType));
        }
    }

    [Fact]
    public async Task Of_a_long_conversation_the_end_is_seen_and_the_rest_is_a_click_away()
    {
        await using var shown = new ShownLog();
        var turns = string.Join(',', Enumerable.Range(1, 61).Select(turn => $$"""{"role":"{{(turn % 2 == 1 ? "user" : "assistant")}}","content":"turn {{turn}}. {{new string('x', 16_000)}}"}"""));
        var id = shown.Add(Chat, $$"""{"messages":[{{turns}}]}""", """{"choices":[{"message":{"content":"The end"}}]}""");
        await shown.StartAsync();
        var html = await shown.Browser.PageAsync($"ui/exchanges/{id}");
        var page = await shown.PageAsync($"exchanges/{id}");

        Assert.InRange(html.Length, 0, 250_000);
        Assert.Equal(["message-61", "message-62"], page.QuerySelectorAll("article").Select(one => one.Id));
        Assert.StartsWith("60 earlier messages", page.QuerySelector("details.history summary")!.TextContent, StringComparison.Ordinal);
        var far = page.QuerySelector("#message-40 a")!.GetAttribute("href")!;
        Assert.Equal($"/ui/exchanges/{id}/messages/40", far);
        Assert.Contains($"turn 40. {new string('x', 16_000)}", (await shown.PageAsync(far["/ui/".Length..])).QuerySelector("article")!.TextContent, StringComparison.Ordinal);
        await shown.PageAsync($"exchanges/{id}/messages/63", 404);
        await shown.PageAsync($"exchanges/{id}/messages/x", 404);
    }

    [Fact]
    public async Task A_text_of_a_megabyte_is_cut_and_whole_on_its_own_page()
    {
        await using var shown = new ShownLog();
        var text = string.Concat(Enumerable.Repeat("All *work* and no play. ", 45_000));
        var id = shown.Add(Chat, $$"""{"messages":[{"role":"user","content":"{{text}}"}]}""", $$$"""{"choices":[{"message":{"content":"{{{text}}}"}}]}""");
        await shown.StartAsync();

        Assert.InRange((await shown.Browser.PageAsync($"ui/exchanges/{id}")).Length, 2 * 64 * 1024, 160_000);
        var page = await shown.PageAsync($"exchanges/{id}");
        Assert.Equal([$"/ui/exchanges/{id}/messages/1", $"/ui/exchanges/{id}/messages/2"], page.QuerySelectorAll("article p a").Select(link => link.GetAttribute("href")));
        Assert.Equal(text, (await shown.PageAsync($"exchanges/{id}/messages/2")).QuerySelector("article pre")!.TextContent);
        Assert.DoesNotContain(page.QuerySelectorAll("pre"), pre => pre.TextContent.Length > 70_000);
    }

    [Theory]
    [InlineData("none", "The request had no body.", "The answer had no body.")]
    [InlineData("cut", "was larger than the log keeps", "was larger than the log keeps")]
    [InlineData("described", "is not text", "is not text")]
    [InlineData("incomplete", "broke off: what had come until then is here", "broke off: what had come until then is here")]
    [InlineData("whole", null, null)]
    [InlineData("broken", "The rest of it cannot be read", "The rest of it cannot be read")]
    [InlineData("open", null, "echo has not finished")]
    [InlineData("socket", "The request had no body.", "became a WebSocket")]
    [InlineData("pruned", "retention removed it", "retention removed it")]
    public async Task Each_state_of_a_body_says_what_it_is(string state, string? ofRequest, string? ofAnswer)
    {
        await using var shown = new ShownLog();
        const string Request = """{"messages":[{"role":"user","content":"Q"}]}""";
        const string Answer = """{"choices":[{"message":{"content":"A"}}]}""";
        var kept = state switch { "cut" => AuditBodyState.Cut, "described" => AuditBodyState.Described, "incomplete" => AuditBodyState.Incomplete, _ => AuditBodyState.Whole };
        var cut = kept == AuditBodyState.Cut ? 8 : 0;
        var id = state switch
        {
            "none" => shown.Add(Chat, null, null),
            "broken" => shown.Add(Chat, Request[..^4], Answer[..^4]),
            "open" => shown.Add(Chat, Request, isOpen: true),
            "socket" => shown.Add("/v1/realtime", null, null, status: 101, asked: request => request with { Method = "GET" }),
            _ => shown.Add(Chat, Request, Answer,
                asked: request => request with { Body = ShownLog.Text(Request[..^cut], kept) with { Bytes = Request.Length } },
                answered: response => response with { Body = ShownLog.Text(Answer[..^cut], kept) with { Bytes = Answer.Length } }),
        };
        await shown.StartAsync();
        if (state == "pruned")
        {
            (await new Programs.Cli(shown.Folder).RunAsync("prune", "--bodies-before", "1m")).Exits(0);
        }

        var page = await shown.PageAsync($"exchanges/{id}");
        var notices = page.QuerySelectorAll("section[aria-labelledby=talk-heading] .notice").Select(one => one.TextContent).ToList();
        string[] expected = [.. new[] { ofRequest, ofAnswer }.OfType<string>()];
        Assert.Equal(expected.Length, notices.Count);
        Assert.All(expected.Zip(notices), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.Equal(state == "open" ? id : null, page.QuerySelector("[data-under-way]")?.GetAttribute("data-under-way"));
        Assert.Equal(state == "open" ? "" : "ok", await shown.Browser.PageAsync($"ui/exchanges/{id}/outcome"));
        // A request that is not here cannot be sent again.
        Assert.Equal(state is "whole" or "open" or "none" or "broken", page.QuerySelector("form[action$=replay]") is not null);
    }
}
