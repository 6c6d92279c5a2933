using System.Text;
using ProviderRouter.Gateway.Capture.EventStreams;

namespace ProviderRouter.Tests.Capture;

/// <summary>The first token is the first event that brings something for the user.</summary>
public sealed class FirstTokenTests
{
    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"role":"assistant","content":" "}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"text","text":"x"}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":null,"reasoning_content":"x"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"","reasoning":"x"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"refusal":"x"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"function_call":{"name":"f"}}}]}""")]
    [InlineData("""{"choices":[{"delta":{"audio":{"id":"a"}}}]}""")]
    [InlineData("""{"choices":[{"delta":{}},{"index":1,"delta":{"content":"x"}}]}""")]
    [InlineData("""{"choices":[{"text":"x","index":0}]}""")]
    [InlineData("""{"type":"response.output_text.delta","delta":"x"}""")]
    [InlineData("""{"delta":"{","type":"response.function_call_arguments.delta"}""")]
    [InlineData("""{"type":"response.reasoning_summary_text.delta","delta":"x"}""")]
    [InlineData("""{"type":"content_block_delta","delta":{"type":"text_delta","text":"x"}}""")]
    [InlineData("""{"delta":{"type":"thinking_delta","thinking":"x"},"type":"content_block_delta"}""")]
    [InlineData("""{"type":"content_block_start","content_block":{"type":"tool_use","input":{}}}""")]
    [InlineData("""{"content_block":{"type":"server_tool_use"},"type":"content_block_start"}""")]
    public void What_brings_something_for_the_user_is_the_first_token(string data) => Assert.True(IsToken($"data: {data}\n\n"));

    [Theory]
    [InlineData("""{"choices":[{"delta":{"role":"assistant"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"role":"assistant","content":"","refusal":null,"reasoning_content":null}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[],"tool_calls":[],"function_call":null,"audio":null}}]}""")]
    [InlineData("""{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"content":"x"}}""")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":1}}""")]
    [InlineData("""{"choices":[{"text":"","logprobs":{"text":"x"}}]}""")]
    [InlineData("""{"choices":{"delta":{"content":"x"}}}""")]
    [InlineData("""{"delta":{"content":"x"}}""")]
    [InlineData("""{"type":"response.output_text.delta","delta":""}""")]
    [InlineData("""{"type":"response.created","response":{"delta":"x","output":[]}}""")]
    [InlineData("""{"type":"response.output_text.done","text":"x"}""")]
    [InlineData("""{"type":"content_block_delta","delta":{"type":"text_delta","text":""}}""")]
    [InlineData("""{"type":"content_block_start","content_block":{"type":"text","text":""}}""")]
    [InlineData("""{"type":"message_delta","delta":{"stop_reason":"end_turn"}}""")]
    [InlineData("""{"type":"message_stop","delta":{"text":"x"}}""")]
    [InlineData("""{"type":"ping"}""")]
    [InlineData("""{"type":"ping","delta":"x","content_block":{"type":"tool_use"}}""")]
    [InlineData("""{"error":{"message":"x"}}""")]
    [InlineData("[DONE]")]
    [InlineData("x")]
    public void What_only_opens_or_closes_an_answer_is_no_token(string data) => Assert.False(IsToken($"data: {data}\n\n"));

    [Theory]
    [InlineData("event: response.output_text.delta\ndata: {\"delta\":\"x\"}\n\n")]
    [InlineData("data: {\"choices\":[{\ndata: \"delta\":{\"content\":\"x\"}}]\ndata: }\n\n")]
    public void The_first_token_is_known_by_the_name_of_its_event_and_over_several_lines(string events) => Assert.True(IsToken(events));

    [Fact]
    public void The_name_of_an_event_says_nothing_of_the_next() =>
        Assert.False(IsToken("event: response.output_text.delta\ndata: {}\n\ndata: {\"delta\":\"x\"}\n\n"));

    [Fact]
    public void A_first_token_longer_than_what_is_kept_of_a_line_is_one_however_it_is_split() =>
        Assert.True(IsToken("data: {\"choices\":[{\"delta\":{\"content\":\"" + new string('x', 20_000) + "\"}}]}\n\n"));

    /// <summary>Whole, and byte by byte: the same answer, and not before the event is there.</summary>
    private static bool IsToken(string events)
    {
        var bytes = Encoding.UTF8.GetBytes(events);
        var (whole, split) = (new StreamWatch(), new StreamWatch());
        whole.Watch(bytes);
        foreach (var one in bytes.Chunk(1))
        {
            Assert.False(split.SawFirstToken && one[0] != '\n');
            split.Watch(one);
        }

        Assert.Equal(whole.SawFirstToken, split.SawFirstToken);
        return whole.SawFirstToken;
    }
}
