using System.Buffers;
using System.Text;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.StreamUsage;

namespace ProviderRouter.Tests.StreamUsage;

/// <summary>What the question brought into a stream is taken out of it, however it is cut into pieces, and nothing else is.</summary>
public sealed class UsageFilterTests
{
    private const string Extra = """data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":6}}""";

    /// <summary>What stands between ‹ and › is taken out.</summary>
    public static TheoryData<string> Streams { get; } =
    [
        // As OpenAI does it.
        "data: {\"choices\":[{\"delta\":{\"content\":\"Grüße 漢字 😀\"}}]‹,\"usage\":null›}\n\n"
            + $"data: {{\"id\":\"c\"‹,\"usage\":null›,\"choices\":[{{\"delta\":{{}}}}]}}\n\n‹{Extra}\n\n›data: [DONE]\n\n",
        $": OPENROUTER PROCESSING\n\n: again\n‹{Extra}\n\n›: before\n\ndata: [DONE]\n\n",
        $"‹event: message\nid: 7\n{Extra}\nretry: 3\n\n›data: [DONE]\n\n",
        $"‹id: 7\n›: in the middle\n‹{Extra}\n\n›data: [DONE]\n\n",
        $"\uFEFF‹{Extra}\n\n›data: [DONE]\n\n",
        "\uFEFFdata: {\"choices\":[{}]‹,\"usage\":null›}\n\ndata: [DONE]\n\n",
        $"\n\n\n‹{Extra}\n\n›\n\ndata: [DONE]\n\n",
        $"data: [DONE]\n\n‹{Extra}\n\n›data: [DONE]\n\n",
        // Several lines of data.
        "data: {\ndata:   \"choices\": [{}]‹,\ndata:   \"usage\": null›\ndata: }\n\ndata: [DONE]\n\n",
        "data: {\ndata:   ‹\"usage\": null,\ndata:   ›\"choices\": [{}]\ndata: }\n\ndata: [DONE]\n\n",
        "data: {\ndata:   \"a\": \"é\"‹,\ndata:   \"usage\":\ndata:     null›,\n: comment\ndata:   \"choices\": [{}]\ndata: }\n\n",
        "‹data: {\ndata:   \"choices\": [\ndata: ],\ndata:   \"usage\": {\"prompt_tokens\": 1}\ndata: }\n\n›data: [DONE]\n\n",
        // Other spacing.
        "data:{\"choices\":[{}]‹,\"usage\":null›}\n\n‹data:{ \"usage\" : { } , \"choices\" : [ ] } \n\n›data: [DONE]\n\n",
        "data: {\"choices\": [{}]‹, \"usage\": null›}\n\n",
        "data: {‹\"usage\":null,›\"choices\":[{}]}\n\n",
        // Azure's first chunk has no choice, and no usage either.
        "data: {\"choices\":[],\"prompt_filter_results\":[{}]‹,\"usage\":null›}\n\n",
        // Without an end.
        $"data: {{\"choices\":[{{}}]‹,\"usage\":null›}}\n\n‹{Extra}\n›",
        $"‹{Extra}›",
        "data: {\"choices\":[{}]‹,\"usage\":null›}",
    ];

    /// <summary>Nothing is taken out of these.</summary>
    public static TheoryData<string> Untouched { get; } =
    [
        "",
        "\n",
        ": \"usage\":null",
        "data: [DONE]",
        "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\ndata: [DONE]\n\n",
        "data: {\"choices\":[{\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5}}\n\ndata: [DONE]\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\",\\\"usage\\\":null\"}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"\\\",\\\"usage\\\":null,\\\"\"}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"\\ndata: {\\\"choices\\\":[],\\\"usage\\\":{}}\\n\\n\"}}]}\n\n",
        "data: {\"choices\":[{\"usage\":null}],\"x\":{\"usage\":null}}\n\n",
        "data: {\"choices\":[{\"usage\":{}}]}\n\n",
        "data: {\"choices\":[],\"x\":{\"usage\":{}}}\n\n",
        "data: {\"x\":{\"choices\":[]},\"usage\":{}}\n\n",
        "data: {\"choices\":null,\"usage\":{}}\n\n",
        "data: {\"choices\":{},\"usage\":{}}\n\n",
        "data: {\"usage\":{\"prompt_tokens\":1}}\n\n",
        "data: {\"choices\":[],\"usage\":{},\"error\":{\"message\":\"no\"}}\n\n",
        "data: {\"choices\":[],\"usage\":[]}\n\n",
        "data: {\"choices\":[],\"usage\":0}\n\n",
        "data: {\"choices\":[],\"usage\":\"null\"}\n\n",
        "data: {\"choices\":[{}],\"usage\":null,\"usage\":null}\n\n",
        "data: {\"choices\":[],\"choices\":[],\"usage\":{}}\n\n",
        "data: {\"choices\":[],\"usage\":null\n\n",
        "data: {\"choices\":[],\"usage\":{}} x\n\n",
        "data: [{\"choices\":[],\"usage\":{}}]\n\n",
        "data: x\ndata: {\"choices\":[],\"usage\":{}}\n\n",
        "data: {\"choices\":[],\"usage\":{}}\ndata: {\"choices\":[],\"usage\":{}}\n\n",
        "datax: {\"choices\":[],\"usage\":{}}\n\n",
        ": data: {\"choices\":[],\"usage\":{}}\n\n",
        "event: data: {\"choices\":[],\"usage\":{}}\n\n",
        "data: {\"choices\":[{}],\"x\":\"half of a pair \\ud83d\",\"y\":1.0}\n\n",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
        "id\ndata\n\nretry: 5\n\n",
    ];

    [Theory]
    [MemberData(nameof(Streams))]
    [MemberData(nameof(Untouched))]
    public void The_rest_of_the_stream_is_as_it_was_wherever_it_is_split(string marked)
    {
        foreach (var newLine in (string[])["\n", "\r\n", "\r"])
        {
            var text = marked.ReplaceLineEndings(newLine);
            var stream = Encoding.UTF8.GetBytes(Marked.Whole(text));
            var expected = Encoding.UTF8.GetBytes(Marked.Without(text));
            for (var first = 0; first <= stream.Length; first++)
            {
                Assert.Equal(expected, Filtered([stream[..first], stream[first..]]));
            }

            for (var size = 1; size < 64; size++)
            {
                Assert.Equal(expected, Filtered(stream.Chunk(size)));
            }
        }
    }

    [Fact]
    public void Usage_is_known_before_what_follows_it_goes_out()
    {
        var filter = new UsageFilter();
        var output = new ArrayBufferWriter<byte>();
        filter.Take(Encoding.UTF8.GetBytes($"data: {{\"choices\":[{{}}]}}\n\n{Extra}\n"), output);
        Assert.Null(filter.Usage);
        Assert.Equal("data: {\"choices\":[{}]}\n\n", Encoding.UTF8.GetString(output.WrittenSpan));

        filter.Take("\n"u8, output);
        Assert.Equal(new TokenUsage(5, 6, Cached: null, Reasoning: null), filter.Usage);
        Assert.Equal("data: {\"choices\":[{}]}\n\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("data: {\"choices\":[{}]}\n\n")]
    [InlineData("data: {\"choices\":[{}]}\r\n\r")]
    [InlineData("data: {\"choices\":[{}]}\r\n\r\n")]
    [InlineData(": keep-alive\n")]
    [InlineData(": keep-al")]
    [InlineData(":")]
    [InlineData("\n")]
    [InlineData("data: [")]
    [InlineData("data: [DONE]")]
    [InlineData("event: ping\ndata: x")]
    public void What_is_complete_or_can_be_no_chunk_is_not_held(string text)
    {
        foreach (var size in (int[])[1, 3, 1000])
        {
            var output = new ArrayBufferWriter<byte>();
            var filter = new UsageFilter();
            Array.ForEach([.. Encoding.UTF8.GetBytes(text).Chunk(size)], piece => filter.Take(piece, output));
            Assert.Equal(text, Encoding.UTF8.GetString(output.WrittenSpan));
        }
    }

    [Theory]
    [InlineData("d")]
    [InlineData("data: ")]
    [InlineData("data: {")]
    [InlineData("data: {\"choices\":[],\"usage\":{}}")]
    [InlineData("data: {\"choices\":[],\"usage\":{}}\n")]
    [InlineData("data: {\"choices\":[],\"usage\":{}}\r\n")]
    [InlineData("id: 7\nevent: x\n")]
    public void What_may_become_a_chunk_is_held(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        new UsageFilter().Take(Encoding.UTF8.GetBytes(text), output);
        Assert.Equal(0, output.WrittenCount);
    }

    [Theory]
    [InlineData("data: {\"choices\":[{}],\"usage\":null,\"x\":\"", UsageFilter.Most)]
    [InlineData("id: ", 8 * 1024)]
    public void An_event_that_is_too_large_to_be_held_passes_as_it_is_and_the_next_is_looked_at(string begin, int size)
    {
        var large = Encoding.UTF8.GetBytes($"{begin}{new string('x', size)}\"}}\n\n");
        var next = Encoding.UTF8.GetBytes($"{Extra}\n\ndata: [DONE]\n\n");

        Assert.Equal([.. large, .. "data: [DONE]\n\n"u8], Filtered([.. large.Chunk(64 * 1024 / 17), next]));
    }

    [Fact]
    public void A_large_event_that_comes_byte_by_byte_takes_no_longer_for_that()
    {
        var large = Encoding.UTF8.GetBytes($"data: {{\"choices\":[],\"x\":\"{new string('x', 500_000)}\",\"usage\":{{}}}}\n\n");

        Assert.Empty(Filtered(large.Chunk(1)));
    }

    private static byte[] Filtered(IEnumerable<byte[]> pieces)
    {
        var filter = new UsageFilter();
        var output = new ArrayBufferWriter<byte>();
        foreach (var piece in pieces)
        {
            filter.Take(piece, output);
        }

        filter.End(output);
        return output.WrittenSpan.ToArray();
    }
}
