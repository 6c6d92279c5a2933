using System.Text;
using ProviderRouter.Conversations;

namespace ProviderRouter.Tests.Conversations;

/// <summary>One exchange is read from its bodies, in each protocol's form.</summary>
public sealed class ConversationTests
{
    [Fact]
    public void Chat_with_pictures_reasoning_and_tools()
    {
        var talk = Read("/v1/chat/completions",
            """
            {"model":"m","temperature":0.5,"stop":["x"],"user":null,"tools":[{"type":"function","function":{"name":"weather"}},{"type":"web_search"}],
             "messages":[
              {"role":"system","content":"Be brief. 你好"},
              {"role":"user","name":"Ann","content":[{"type":"text","text":"What is it?"},{"type":"image_url","image_url":{"url":"data:image\/png;base64,QUJD\/w=="}},
                {"type":"image_url","image_url":"https://x/y.png"},{"type":"input_audio","input_audio":{"data":"QUJD","format":"wav"}},
                {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,QUJDREVG"}},{"type":"hologram","depth":3}]},
              {"role":"assistant","content":null,"reasoning_content":"Hmm","tool_calls":[{"id":"c1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"Sunny","cache":{"a":1}}]}
            """,
            """
            {"choices":[{"index":0,"message":{"role":"assistant","reasoning_content":"why","content":"Hi 😀","tool_calls":[{"id":"c2","function":{"name":"f","arguments":"{}"}}],"annotations":[]},"finish_reason":"tool_calls"},
                        {"index":1,"message":{"role":"assistant","content":null,"refusal":"No."},"finish_reason":"stop"}]}
            """);

        Assert.Equal([new("model", "m"), new("temperature", "0.5"), new RequestFact("stop", "[\"x\"]")], talk.Facts);
        Assert.Equal(["weather", "web_search"], talk.Tools);
        Assert.Equal(["system", "user", "assistant", "tool"], talk.Messages.Select(message => message.Role));
        Assert.Equal("Ann", talk.Messages[1].Name);
        Assert.Equal(
            [
                new TextPart("What is it?"), new MediaPart(MediaKind.Image, "image/png", 4), new MediaPart(MediaKind.Image, null, null, "https://x/y.png"),
                new MediaPart(MediaKind.Audio, "audio/wav", 3), new MediaPart(MediaKind.File, "application/pdf", 6, Name: "a.pdf"),
                new OtherPart("hologram", """{"type":"hologram","depth":3}"""),
            ],
            talk.Messages[1].Parts);
        Assert.Equal([new ReasoningPart("Hmm"), new ToolCallPart("c1", "weather", """{"city":"Rome"}""")], talk.Messages[2].Parts);
        var result = Assert.IsType<ToolResultPart>(Assert.Single(talk.Messages[3].Parts));
        Assert.Equal(("c1", "Sunny"), (result.CallId, result.Text));
        Assert.Equal(new OtherPart("cache", """{"a":1}"""), result.Parts[1]);
        Assert.Equal([new ReasoningPart("why"), new TextPart("Hi 😀"), new ToolCallPart("c2", "f", "{}")], talk.Answers[0].Parts);
        Assert.Equal("tool_calls", talk.Answers[0].FinishReason);
        Assert.Equal([new RefusalPart("No.")], talk.Answers[1].Parts);
        Assert.False(talk.RequestBreaksOff || talk.AnswerBreaksOff);
    }

    [Fact]
    public void Anthropic_s_messages()
    {
        var talk = Read("/v1/messages",
            """
            {"model":"c","max_tokens":9,"system":[{"type":"text","text":"S","cache_control":{"type":"ephemeral"}}],"tools":[{"name":"t","input_schema":{}}],"messages":[
              {"role":"user","content":"Q"},
              {"role":"assistant","content":[{"type":"thinking","thinking":"T","signature":"abc"},{"type":"redacted_thinking","data":"zzz"},{"type":"tool_use","id":"u1","name":"t","input":{"a":1}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"u1","is_error":true,"content":[{"type":"text","text":"R"},{"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"QUJDRA=="}}]},
                {"type":"document","title":"d","source":{"type":"url","url":"https://x/d.pdf"}}]}]}
            """,
            """{"type":"message","role":"assistant","content":[{"type":"thinking","thinking":"W"},{"type":"text","text":"A"}],"stop_reason":"end_turn"}""");

        Assert.Equal(["system", "user", "assistant", "user"], talk.Messages.Select(message => message.Role));
        Assert.Equal([new TextPart("S")], talk.Messages[0].Parts);
        Assert.Equal([new("model", "c"), new RequestFact("max_tokens", "9")], talk.Facts);
        Assert.Equal([new ReasoningPart("T"), new ReasoningPart("", IsEncrypted: true), new ToolCallPart("u1", "t", """{"a":1}""")], talk.Messages[2].Parts);
        var result = Assert.IsType<ToolResultPart>(talk.Messages[3].Parts[0]);
        Assert.Equal(("u1", "R", true), (result.CallId, result.Text, result.IsError));
        Assert.Equal(new MediaPart(MediaKind.Image, "image/jpeg", 4), result.Parts[1]);
        Assert.Equal(new MediaPart(MediaKind.File, null, null, "https://x/d.pdf", "d"), talk.Messages[3].Parts[1]);
        Assert.Equal([new ReasoningPart("W"), new TextPart("A")], Assert.Single(talk.Answers).Parts);
        Assert.Equal("end_turn", talk.Answers[0].FinishReason);
    }

    [Fact]
    public void Responses_with_items()
    {
        var talk = Read("/v1/responses",
            """
            {"model":"o","instructions":"I","tools":[{"type":"function","name":"g"}],"input":[{"role":"user","content":[{"type":"input_text","text":"Q"},{"type":"input_image","image_url":"data:image/webp;base64,QUJD"}]},
              {"type":"reasoning","id":"r","summary":[{"type":"summary_text","text":"S"}],"encrypted_content":"x"},
              {"type":"function_call","call_id":"k","name":"g","arguments":"{}"},{"type":"function_call_output","call_id":"k","output":"O"},{"type":"web_search_call","id":"w"}]}
            """,
            """
            {"object":"response","status":"incomplete","error":null,"incomplete_details":{"reason":"max_output_tokens"},"output":[{"type":"reasoning","summary":[]},
              {"type":"message","role":"assistant","content":[{"type":"output_text","text":"A","annotations":[]},{"type":"refusal","refusal":"N"}]},{"type":"function_call","call_id":"l","name":"g","arguments":"{}"}]}
            """);

        Assert.Equal(["system", "user", "assistant", "assistant", "tool", "assistant"], talk.Messages.Select(message => message.Role));
        Assert.Equal([new TextPart("Q"), new MediaPart(MediaKind.Image, "image/webp", 3)], talk.Messages[1].Parts);
        Assert.Equal([new ReasoningPart("S", IsEncrypted: true)], talk.Messages[2].Parts);
        Assert.Equal([new ToolCallPart("k", "g", "{}")], talk.Messages[3].Parts);
        Assert.Equal("O", Assert.IsType<ToolResultPart>(talk.Messages[4].Parts[0]).Text);
        Assert.Equal(new OtherPart("web_search_call", """{"type":"web_search_call","id":"w"}"""), talk.Messages[5].Parts[0]);
        Assert.Equal([new TextPart("A"), new RefusalPart("N"), new ToolCallPart("l", "g", "{}")], talk.Answers[0].Parts);
        Assert.Equal("max_output_tokens", talk.Answers[0].FinishReason);
        Assert.Equal("hello", Said(Read("/v1/responses", """{"input":"hello"}""", "").Messages));
    }

    [Theory]
    [InlineData("/v1/completions", """{"prompt":"once"}""", """{"choices":[{"text":" upon","finish_reason":"length"}]}""", "once", " upon")]
    [InlineData("/v1/completions", """{"prompt":["a","b"]}""", """{"choices":[{"text":"1"},{"text":"2"}]}""", "a|b", "1|2")]
    [InlineData("/v1/completions", """{"prompt":[1,2]}""", "", "tokens:[1,2]", "")]
    [InlineData("/v1/embeddings", """{"input":["a","b"]}""", """{"data":[{"embedding":[1,2,3]},{"embedding":[1,2,3]}]}""", "a|b", "2 vectors of 3 dimensions")]
    [InlineData("/v1/embeddings", """{"input":"a"}""", """{"data":[{"embedding":"AAAAAAAAAAA="}]}""", "a", "1 vector of 2 dimensions")]
    [InlineData("/v1/models", "", """{"data":[{"id":"x"}]}""", "", ":{\"data\":[{\"id\":\"x\"}]}")]
    [InlineData("/v1/audio/speech", """{"input":"a"}""", "[audio/mpeg, 49152 bytes, sha256 ab]", ":{\"input\":\"a\"}", "[audio/mpeg, 49152 bytes, sha256 ab]")]
    [InlineData("/v1/chat/completions", "not JSON", "<html>", "not JSON", "<html>")]
    [InlineData("/v1/images/generations", "{\"prompt\":\"a\"}", """{"data":[{"b64_json":"QUJD"}]}""", ":{\"prompt\":\"a\"}", "Image 3")]
    public void Anything_else(string endpoint, string request, string answer, string asked, string answered)
    {
        var talk = Read(endpoint, request, answer);
        Assert.Equal(asked, Said(talk.Messages));
        Assert.Equal(answered, string.Join('|', talk.Answers.Select(choice => Said(choice.Parts))));
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"bad","type":"invalid_request_error","code":"x"}}""", "bad", "invalid_request_error")]
    [InlineData(400, """{"error":{"message":"bad","code":404}}""", "bad", "404")]
    [InlineData(529, """{"type":"error","error":{"type":"overloaded_error","message":"busy"}}""", "busy", "overloaded_error")]
    [InlineData(200, """{"error":"no such endpoint"}""", "no such endpoint", null)]
    [InlineData(422, """{"detail":[{"loc":["body"]}]}""", """[{"loc":["body"]}]""", null)]
    [InlineData(404, """{"message":"gone"}""", "gone", null)]
    [InlineData(500, """[{"error":{"message":"oops","status":"INTERNAL"}}]""", "oops", "INTERNAL")]
    [InlineData(502, "Bad Gateway\n", "Bad Gateway", null)]
    public void Errors(int status, string answer, string message, string? type)
    {
        var talk = Conversation.Read("/v1/chat/completions", status, null, Encoding.UTF8.GetBytes(answer));
        Assert.Equal([new ErrorPart(message, type)], Assert.Single(talk.Answers).Parts);
    }

    [Fact]
    public void What_is_cut_anywhere_is_read_as_far_as_it_goes()
    {
        const string Request = """{"model":"m","messages":[{"role":"user","content":"Zürich \u00e9 \ud83d\ude00 \"q\""},{"role":"user","content":[{"type":"text","text":"two"}]}],"n":-1.5e3,"x":true}""";
        var bytes = Encoding.UTF8.GetBytes(Request);
        for (var length = 0; length < bytes.Length; length++)
        {
            foreach (var endpoint in new[] { "/v1/chat/completions", "/v1/messages", "/v1/responses", "/v1/completions", "/v1/embeddings", "/v1/other" })
            {
                var talk = Conversation.Read(endpoint, 200, bytes.AsMemory(0, length), bytes.AsMemory(0, length));
                Assert.Equal(length >= "{\"model\":".Length, talk.RequestBreaksOff);
            }
        }

        var cut = Read("/v1/chat/completions", Request[..Request.IndexOf(" \\\"q", StringComparison.Ordinal)], "");
        Assert.Equal("Zürich é 😀", Said(cut.Messages));
        Assert.Equal([new RequestFact("model", "m")], cut.Facts);
    }

    [Theory]
    [InlineData("""{"messages":{}}""")]
    [InlineData("""{"messages":5,"prompt":5,"input":5,"system":5,"instructions":{},"tools":{},"content":5,"output":5,"choices":5,"data":5}""")]
    [InlineData("""{"messages":[null,5,"x",[],{}],"prompt":[null,{}],"input":[null,5,"x",[],{}],"system":[null],"tools":[null,5,{"function":5}],"content":[null,5],"output":[null,5,[]],"choices":[null,5,{},{"message":5},{"message":{"content":5,"tool_calls":[null,5,{}]}}],"data":[null,5,{"embedding":5}]}""")]
    [InlineData("""{"messages":[{"role":5,"content":5,"tool_calls":{"a":1},"audio":5,"images":5,"reasoning_details":[null,5,{}]},{"role":"tool","content":[{"type":"tool_result","content":{"type":"image","source":5}},{"type":5},{"type":"image_url","image_url":5},{"type":"file","file":5},{"type":"text","text":5}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"\ud83d"}],"\ud83d":"\udc00","input":"\ud83d\n","error":{"\ud83dmessage":1}}""")]
    [InlineData("""{"error":[]}""")]
    [InlineData("""{"error":{}}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[[[")]
    [InlineData("{\"messages\":[{\"content\":\"a\u0001b\"}]}")]
    [InlineData("{\"a\":1} {\"b\":2}")]
    public void What_is_of_the_wrong_type_is_shown_and_never_throws(string json)
    {
        foreach (var body in new[] { Encoding.UTF8.GetBytes(json), Encoding.Latin1.GetBytes(json.Replace("x", "\u00ff", StringComparison.Ordinal)) })
        {
            foreach (var endpoint in new[] { "/v1/chat/completions", "/v1/messages", "/v1/responses", "/v1/completions", "/v1/embeddings", "/v1/other", "" })
            {
                var talk = Conversation.Read(endpoint, 400, body, body);
                Assert.True(talk.Messages.Count + talk.Facts.Count > 0 || json == "{}");
                Assert.NotEmpty(talk.Answers);
            }
        }
    }

    [Fact]
    public void Ten_thousand_levels_end_what_can_be_read_and_nothing_before_them()
    {
        var deep = new string('[', 10_000) + new string(']', 10_000);
        var talk = Read("/v1/chat/completions", $$"""{"messages":[{"role":"user","content":"before"}],"metadata":{{deep}},"n":1}""", deep);
        Assert.Equal("before", Said(talk.Messages));
        Assert.True(talk.RequestBreaksOff);
        Assert.True(talk.AnswerBreaksOff);
    }

    private static Conversation Read(string endpoint, string request, string answer) =>
        Conversation.Read(endpoint, 200, Encoding.UTF8.GetBytes(request), Encoding.UTF8.GetBytes(answer));

    private static string Said(IEnumerable<Message> messages) => string.Join('|', messages.Select(message => Said(message.Parts)));

    private static string Said(IEnumerable<Part> parts) => string.Concat(parts.Select(part => part switch
    {
        TextPart text => text.Text,
        MediaPart media => $"{media.Kind} {media.Bytes}",
        OtherPart other => $"{other.Type}:{other.Json}",
        _ => part.ToString(),
    }));
}
