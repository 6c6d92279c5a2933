using System.Buffers;
using ProviderRouter.Gateway.Capture.EventStreams;

namespace ProviderRouter.Gateway.StreamUsage;

/// <summary>The data of an event, which may be spread over several lines, and where each byte of it stands in the event.</summary>
internal readonly ref struct DataLines
{
    private readonly List<(int InText, int InEvent)> lines = new(1);

    public DataLines(ReadOnlySpan<byte> whole)
    {
        ArrayBufferWriter<byte>? joined = null;
        for (var each = new EventLines(whole); each.MoveNext();)
        {
            if (!EventLine.Is("data"u8, each.Line, out var value))
            {
                continue;
            }

            if (lines.Count == 0)
            {
                // Nearly every event has but this one, which is not copied.
                Text = value;
            }
            else
            {
                joined = joined ?? CopyOf(Text);
                joined.Write("\n"u8);
            }

            lines.Add((joined?.WrittenCount ?? 0, each.Start + each.Line.Length - value.Length));
            joined?.Write(value);
        }

        Text = joined is null ? Text : joined.WrittenSpan;
    }

    /// <summary>The data, its lines joined as a client joins them.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Where a byte of the data stands in the event; of the joint of two lines, where the first of them ends.</summary>
    public int PlaceOf(int offset)
    {
        var (inText, inEvent) = lines.FindLast(line => line.InText <= offset);
        return inEvent + offset - inText;
    }

    private static ArrayBufferWriter<byte> CopyOf(ReadOnlySpan<byte> text)
    {
        var copy = new ArrayBufferWriter<byte>();
        copy.Write(text);
        return copy;
    }
}
