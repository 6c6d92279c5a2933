using System.Text;
using ProviderRouter.Gateway.Capture.EventStreams;

namespace ProviderRouter.Tests.Capture;

/// <summary>The event that ends a stream is held back, however the stream is cut into pieces, and no other is.</summary>
public sealed class StreamWatchTests
{
    private const string Chat = """
        : OPENROUTER PROCESSING

        data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

        data: {"choices":[{"delta":{"content":"Grüße 漢字 😀 data: [DONE]\n\n"}}]}

        data: {"choices":[],"usage":{"prompt_tokens":1}}

        ‹data: [DONE›]


        """;

    private const string Response = """
        event: response.created
        data: {"type":"response.created","response":{"status":"in_progress","output":[]}}

        event: response.output_text.delta
        data: {"type":"response.output_text.delta","delta":"event: response.completed\ndata: {\"type\":\"response.completed\"}"}

        ‹event: response.completed
        data: {"type":"response.completed","response":{"id":"r","output":[{"type":"message"}]}}›


        """;

    private const string Message = """
        event: message_start
        data: {"type":"message_start","message":{"id":"m","content":[]}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","input":{"type":"message_stop"}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"type\":\"message_stop\"}"}}

        ‹event: message_stop
        data: {"type":"message_stop"}›


        """;

    private const string SeveralLines = """
        id: 1
        data: {
        data:   "type": "response.output_text.delta",
        data:   "delta": "x"
        data: }

        ‹id: 2
        data: {
        data:   "type": "response.incomplete",
        data:   "response": {}
        data: }
        ›

        """;

    /// <summary>The two marks are explained at <see cref="MarkedStream"/>.</summary>
    public static TheoryData<string> Ended { get; } =
    [
        Chat,
        Response,
        Message,
        SeveralLines,
        "‹data:[DONE›]\n\n",
        "‹data: [DONE›]",
        "‹data: [DONE›] \n\n",
        "‹\uFEFFdata: [DONE›]\n\n",
        "\uFEFF: first\n\n‹data: [DONE›]\n\n",
        ": keep-alive\n‹data: [DONE›]\n\n",
        "\n\n\n‹data: [DONE›]\n\n",
        "data: x\ndata: [DONE]\n\ndata\n\n‹data: [DONE›]\n\n",
        "data: {}\n\n‹id: 7\nevent: done\nretry: 3\ndata: [DONE›]\n\n",
        "data: {}\n\n‹data: [DONE›]\n\ndata: [DONE]\n\n",
        "‹data: {\"sequence_number\":9,\"type\":\"response.failed\",\"response\":{}}›\n\ndata: [DONE]\n\n",
        "‹data: { \"type\" : \"message_stop\" }›\n\n",
        "‹event:message_stop\ndata: {}›\n\n",
        "‹event: message_stop\n›\n",
        "‹event: response.completed\ndata: x\n›\n",
        "‹data: {}\nevent: message_stop›\n\n",
        "event: message_stop\nevent: ping\ndata: {}\n\n‹data: [DONE›]\n\n",
    ];

    public static TheoryData<string> Open { get; } =
    [
        "",
        "\n\n",
        "data: [DONE",
        "data: [done]\n\n",
        "data: DONE\n\n",
        "datax: [DONE]\n\n",
        "data : [DONE]\n\n",
        "data [DONE]\n\n",
        " data: [DONE]\n\n",
        ": data: [DONE]\n\n",
        "data: data: [DONE]\n\n",
        "data: \"[DONE]\"\n\n",
        "data: x\ndata: [DONE]\n\n",
        "\n\uFEFFdata: [DONE]\n\n",
        "event: [DONE]\ndata: {}\n\n",
        "event: completed\ndata: {}\n\n",
        "event: response.completed.not\ndata: {}\n\n",
        "event: message_stop\n: no data, no end of the event",
        "data: {\"type\":\"message_stop\"",
        "data: {\"type\":\"message_stop\"}",
        "data: {\"type\":\"message_start\",\"message\":{\"type\":\"message_stop\"}}\n\n",
        "data: {\"message\":{\"type\":\"message_stop\"},\"type\":\"x\"}\n\n",
        "data: [{\"type\":\"message_stop\"}]\n\n",
        "data: {\"type\":[\"message_stop\"]}\n\n",
        "data: {\"x\":\"\\\",\\\"type\\\":\\\"message_stop\\\"\"}\n\n",
        "data: {\"type\":\"response.in_progress\",\"response\":{\"status\":\"completed\",\"type\":\"response.completed\"}}\n\n",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"type\":\"message_stop\",\"arguments\":\"[DONE]\"}]}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"\\ndata: [DONE]\\n\\n\"}}]}\n\n",
        "data: {\"error\":{\"message\":\"response.failed\",\"type\":\"response.failed\"}}\n\n",
    ];

    [Theory]
    [MemberData(nameof(Ended))]
    public void An_end_is_held_from_the_beginning_of_its_event(string text)
    {
        foreach (var newLine in (string[])["\n", "\r\n", "\r"])
        {
            var stream = new MarkedStream(text, newLine);
            var watch = new StreamWatch();

            Assert.Equal(stream.Begin, watch.Watch(stream.Bytes));
            Assert.Equal(-1, watch.Watch("data: [DONE]\n\n"u8));
        }
    }

    [Theory]
    [MemberData(nameof(Ended))]
    public void An_end_is_held_once_and_in_time_wherever_the_stream_is_split(string text)
    {
        foreach (var newLine in (string[])["\n", "\r\n", "\r"])
        {
            var stream = new MarkedStream(text, newLine);
            for (var first = 0; first <= stream.Bytes.Length; first++)
            {
                HoldsInTime(stream, first, stream.Bytes.Length);
            }

            for (var size = 1; size < Math.Min(stream.Bytes.Length, 64); size++)
            {
                HoldsInTime(stream, size, size);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Open))]
    public void What_only_looks_like_an_end_passes(string text)
    {
        foreach (var newLine in (string[])["\n", "\r\n", "\r"])
        {
            var bytes = new MarkedStream(text, newLine).Bytes;
            for (var size = 1; size <= bytes.Length + 1; size++)
            {
                var watch = new StreamWatch();
                Assert.All(bytes.Chunk(size), piece => Assert.Equal(-1, watch.Watch(piece)));
            }
        }
    }

    [Fact]
    public void Done_with_something_behind_it_is_no_end() => Assert.Equal(-1, new StreamWatch().Watch("data: [DONE]x\n\n"u8));

    [Fact]
    public void A_last_event_of_megabytes_is_held_when_its_line_is_complete_and_little_of_it_is_kept()
    {
        var begin = Encoding.UTF8.GetBytes("data: {\"type\":\"response.completed\",\"response\":{\"text\":\"");
        var middle = Encoding.UTF8.GetBytes(new string('x', 16 * 1024));
        var watch = new StreamWatch();

        var held = watch.Watch(begin);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 256; i++)
        {
            held = Math.Max(held, watch.Watch(middle));
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(-1, held);
        Assert.InRange(allocated, 0, 1024);
        Assert.Equal(0, watch.Watch("\"}}\n"u8));
    }

    [Fact]
    public void Nothing_is_allocated_for_events_that_come_whole()
    {
        var watch = new StreamWatch();
        var events = Encoding.UTF8.GetBytes("data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\nevent: a\ndata: {\"type\":\"b\"}\n\n");
        watch.Watch(events);
        var before = GC.GetAllocatedBytesForCurrentThread();
        watch.Watch(events);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(watch.SawFirstToken);
    }

    /// <summary>Nothing before the event is held, and what tells the end never passes.</summary>
    private static void HoldsInTime(MarkedStream stream, int first, int size)
    {
        var watch = new StreamWatch();
        var held = new List<int>();
        for (int start = 0, length = first; start < stream.Bytes.Length; start += length, length = size)
        {
            length = Math.Min(length, stream.Bytes.Length - start);
            if (watch.Watch(stream.Bytes.AsSpan(start, length)) is >= 0 and var offset)
            {
                held.Add(start + offset);
                Assert.True(start > stream.Begin || start + offset == stream.Begin);
            }
        }

        Assert.InRange(Assert.Single(held), stream.Begin, stream.Last);
    }
}
