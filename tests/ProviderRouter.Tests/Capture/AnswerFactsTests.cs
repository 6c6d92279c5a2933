using System.Text;
using ProviderRouter.Gateway.Capture;

namespace ProviderRouter.Tests.Capture;

/// <summary>What an answer says of itself is read from every form that providers give it, and from what is none.</summary>
public sealed class AnswerFactsTests
{
    private const string Chat = """
        {"id":"c","object":"chat.completion","model":"gpt-5","choices":[
          {"index":0,"message":{"role":"assistant","content":"\"model\":\"no\"","tool_calls":[{"id":"a","type":"function"},{"id":"b"}]},
           "logprobs":{"content":[{"token":"{"}]},"finish_reason":null},
          {"index":1,"finish_reason":"tool_calls","message":{"function_call":{"name":"f","arguments":"{}"},"tool_calls":[{"id":"c"}]}},
          {"index":2,"finish_reason":"stop","message":{"content":"x","tool_calls":null,"function_call":null}}],
         "usage":{"prompt_tokens":12,"completion_tokens":7,"total_tokens":19,
          "prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},
          "completion_tokens_details":{"reasoning_tokens":3,"audio_tokens":0}},"system_fingerprint":"fp"}
        """;

    private const string Response = """
        {"object":"response","status":"completed","error":null,"incomplete_details":null,"model":"gpt-5","tools":[{"type":"no_call"}],
         "output":[{"type":"reasoning","summary":[]},{"type":"message","status":"completed","content":[{"type":"output_text","text":"x"}]},
          {"id":"f","type":"function_call","arguments":"{}"},{"type":"custom_tool_call"},{"type":"mcp_call"},{"type":"web_search_call"},
          {"type":"file_search_call"},{"type":"code_interpreter_call"},{"type":"computer_call"},{"type":"local_shell_call"},
          {"result":"QQ==","type":"image_generation_call"},{"type":"function_call_output"},{"type":"mcp_list_tools"}],
         "usage":{"input_tokens":12,"input_tokens_details":{"cached_tokens":4},"output_tokens":7,
          "output_tokens_details":{"reasoning_tokens":3},"total_tokens":19}}
        """;

    private const string Message = """
        {"type":"message","role":"assistant","model":"claude-5","content":[{"type":"thinking","thinking":"…"},{"type":"text","text":"x"},
          {"type":"tool_use","id":"t","input":{"type":"tool_use","content":[{"type":"tool_use"}]}},{"type":"server_tool_use"},
          {"type":"web_search_tool_result"},{"type":"mcp_tool_use"}],"stop_reason":"tool_use","stop_sequence":null,
         "usage":{"input_tokens":12,"cache_creation_input_tokens":9,"cache_read_input_tokens":4,"output_tokens":7,
          "cache_creation":{"ephemeral_5m_input_tokens":9}}}
        """;

    /// <summary>Model, prompt, completion, cached and reasoning tokens, finish reason, tool calls; a dash for null.</summary>
    [Theory]
    [InlineData(Chat, "gpt-5 12 7 4 3 tool_calls 4")]
    [InlineData(Response, "gpt-5 12 7 4 3 completed 9")]
    [InlineData(Message, "claude-5 12 7 4 - tool_use 3")]
    [InlineData("""{"object":"text_completion","model":"m","choices":[{"text":"x","finish_reason":"length"}],"usage":{"prompt_tokens":1}}""", "m 1 - - - length 0")]
    [InlineData("""{"object":"list","data":[{"embedding":[0.5,-1e-3]}],"model":"e","usage":{"prompt_tokens":8,"total_tokens":8}}""", "e 8 - - - - -")]
    public void The_answer_of_each_api_is_read(string json, string facts) => Assert.Equal(facts, Read(json));

    [Theory]
    [InlineData("deepseek", """{"usage":{"prompt_tokens":9,"completion_tokens":2,"prompt_cache_hit_tokens":8,"prompt_cache_miss_tokens":1}}""", "- 9 2 8 - - -")]
    [InlineData("moonshot", """{"usage":{"prompt_tokens":9,"completion_tokens":2,"cached_tokens":8}}""", "- 9 2 8 - - -")]
    [InlineData("both, the details first", """{"usage":{"prompt_tokens_details":{"cached_tokens":7},"prompt_cache_hit_tokens":8}}""", "- - - 7 - - -")]
    [InlineData("both, the details last", """{"usage":{"prompt_cache_hit_tokens":8,"prompt_tokens_details":{"cached_tokens":7}}}""", "- - - 7 - - -")]
    [InlineData("details without a number", """{"usage":{"cached_tokens":8,"prompt_tokens_details":null,"completion_tokens_details":{}}}""", "- - - 8 - - -")]
    [InlineData("moonshot's stream", """{"choices":[{"usage":{"prompt_tokens":9,"completion_tokens":2}}],"usage":null}""", "- 9 2 - - - 0")]
    [InlineData("groq's stream", """{"x_groq":{"id":"r","usage":{"prompt_tokens":9,"completion_tokens":2,"queue_time":0.1}}}""", "- 9 2 - - - -")]
    [InlineData("usage before groq's", """{"x_groq":{"usage":{"prompt_tokens":1}},"usage":{"prompt_tokens":9}}""", "- 9 - - - - -")]
    [InlineData("llama.cpp", """{"timings":{"cache_n":236,"prompt_n":1,"prompt_ms":30.9,"predicted_n":35}}""", "- 237 35 236 - - -")]
    [InlineData("llama.cpp, older", """{"timings":{"prompt_n":5,"predicted_n":35}}""", "- 5 35 - - - -")]
    [InlineData("llama.cpp, with usage", """{"usage":{"prompt_tokens":237,"completion_tokens":35},"timings":{"prompt_n":1,"predicted_n":9}}""", "- 237 35 - - - -")]
    public void The_names_of_each_provider_are_known(string provider, string json, string facts)
    {
        Assert.NotEmpty(provider);
        Assert.Equal(facts, Read(json));
    }

    [Theory]
    [InlineData("""{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[]}""", "max_output_tokens")]
    [InlineData("""{"output":[],"incomplete_details":{"other":1,"reason":"content_filter"},"status":"incomplete"}""", "content_filter")]
    [InlineData("""{"status":"incomplete","output":[]}""", "incomplete")]
    [InlineData("""{"status":"failed","output":[]}""", "failed")]
    [InlineData("""{"status":"in_progress","output":[]}""", "-")]
    [InlineData("""{"object":"batch","status":"completed"}""", "-")]
    [InlineData("""{"choices":[{"finish_reason":""},{"finish_reason":7},{"finish_reason":"stop"}]}""", "stop")]
    public void The_finish_reason_is_that_of_the_first_choice_that_has_one_or_the_status(string json, string reason) =>
        Assert.Equal(reason, Read(json).Split(' ')[5]);

    [Theory]
    [InlineData("12", "12")]
    [InlineData("0", "0")]
    [InlineData("12.0", "12")]
    [InlineData("1.2e1", "12")]
    [InlineData("12.5", "-")]
    [InlineData("-1", "-")]
    [InlineData("-0.5", "-")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("9223372036854775808", "-")]
    [InlineData("1e999", "-")]
    [InlineData("\"12\"", "-")]
    [InlineData("null", "-")]
    [InlineData("[12]", "-")]
    [InlineData("{\"prompt_tokens\":12}", "-")]
    public void A_number_that_is_no_count_of_tokens_is_null_and_the_rest_is_read(string number, string expected) =>
        Assert.Equal($"m {expected} 3 - - - -", Read($$$"""{"usage":{"prompt_tokens":{{{number}}},"completion_tokens":3},"model":"m"}"""));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("[{\"model\":\"m\"}]")]
    [InlineData("\"model\"")]
    [InlineData("<html><body>502</body></html>")]
    [InlineData("{")]
    [InlineData("{]")]
    [InlineData("{\"model\"")]
    [InlineData("{\"model\":\"\\ud83d\"}")]
    [InlineData("{\"model\":\"\"}")]
    [InlineData("{\"error\":{\"model\":\"m\",\"choices\":[")]
    [InlineData("{\"model\":{\"model\":\"m\"},\"usage\":[1],\"choices\":{},\"output\":1,\"content\":\"x\",\"x_groq\":[],\"timings\":\"\"}")]
    [InlineData("{\"error\":{\"message\":\"no\",\"type\":\"x_call\",\"usage\":{\"prompt_tokens\":1}}}")]
    public void What_says_nothing_is_all_null(string json) => Assert.Equal("- - - - - - -", Read(json));

    [Fact]
    public void A_list_with_elements_of_the_wrong_kind_is_read_around_them() =>
        Assert.Equal(
            "m - - - - stop 1",
            Read("""{"choices":[null,1,[],"x",{"message":1},{"message":{"tool_calls":[null,1,{}]},"finish_reason":"stop"}],"model":"m"}"""));

    [Fact]
    public void A_byte_order_mark_and_blank_lines_before_the_answer_do_not_matter() =>
        Assert.Equal("m - - - - - -", Read("\uFEFF\r\n\n {\"model\":\"m\"}\n"));

    [Fact]
    public void What_stands_behind_deep_nesting_is_read_and_nesting_without_end_does_no_harm()
    {
        Assert.Equal("m - - - - - -", Read($"{{\"x\":{new string('[', 900)}{new string(']', 900)},\"model\":\"m\"}}"));
        Assert.Equal("m - - - - - -", Read($"{{\"model\":\"m\",\"x\":{new string('[', 1_000_000)}"));
        Assert.Equal("- - - - - - -", Read(string.Concat(Enumerable.Repeat("{\"usage\":", 100_000))));
        Assert.Equal("- - - - - - -", Read("{\"usage\":" + string.Concat(Enumerable.Repeat("{\"x_tokens_details\":", 100_000))));
    }

    /// <summary>Of an answer that is cut anywhere, each fact is the whole one's, or none, or fewer tool calls.</summary>
    [Theory]
    [InlineData(Chat)]
    [InlineData(Response)]
    [InlineData(Message)]
    public void An_answer_that_was_cut_is_read_as_far_as_it_came(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var whole = AnswerFacts.Read(bytes);
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = AnswerFacts.Read(bytes.AsSpan(0, length));
            Assert.True((cut.ToolCalls ?? 0) <= whole.ToolCalls);
            Assert.Equal(whole, new AnswerFacts(
                cut.Model ?? whole.Model,
                cut.PromptTokens ?? whole.PromptTokens,
                cut.CompletionTokens ?? whole.CompletionTokens,
                cut.CachedTokens ?? whole.CachedTokens,
                cut.ReasoningTokens ?? whole.ReasoningTokens,
                cut.FinishReason ?? whole.FinishReason,
                whole.ToolCalls));
        }
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Response)]
    [InlineData(Message)]
    public void An_answer_that_was_damaged_is_read_without_an_exception(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        for (var place = 0; place < bytes.Length; place++)
        {
            var whole = bytes[place];
            foreach (var damage in "\"{}[]:,\\\n-9\0"u8.ToArray().Append((byte)0xFF))
            {
                bytes[place] = damage;
                var facts = AnswerFacts.Read(bytes);
                Assert.True(facts.PromptTokens is null or >= 0);
            }

            bytes[place] = whole;
        }
    }

    [Fact]
    public void Nothing_is_allocated_but_the_two_strings()
    {
        var bytes = Encoding.UTF8.GetBytes(Chat);
        _ = AnswerFacts.Read(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var facts = AnswerFacts.Read(bytes);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.NotNull(facts.Model);
        Assert.InRange(allocated, 1, 2 * 48);
    }

    private static string Read(string json)
    {
        var facts = AnswerFacts.Read(Encoding.UTF8.GetBytes(json));
        return string.Join(' ', new object?[]
        {
            facts.Model, facts.PromptTokens, facts.CompletionTokens, facts.CachedTokens, facts.ReasoningTokens, facts.FinishReason,
            facts.ToolCalls,
        }.Select(fact => fact ?? "-"));
    }
}
