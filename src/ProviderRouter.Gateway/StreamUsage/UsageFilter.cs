using System.Buffers;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Capture.EventStreams;

namespace ProviderRouter.Gateway.StreamUsage;

/// <summary>
/// Takes out of a stream what is there only because the router asked for usage; all else passes byte for byte. An event that has
/// not come whole is held while it may be a chunk, and no longer.
/// </summary>
internal sealed class UsageFilter
{
    /// <summary>An event that is longer than this, in bytes, passes as it is: 1 MB.</summary>
    public const int Most = 1024 * 1024;

    /// <summary>An event whose data has not begun by then, in bytes, passes as it is.</summary>
    private const int MostBeforeData = 4 * 1024;

    private readonly ArrayBufferWriter<byte> held = new();
    private EventPieces pieces = new();
    private bool isFirst = true;
    private bool isChunk;
    private bool isPassing;
    private bool endsWithReturn;

    /// <summary>What the provider reported in the event that was taken out; null until then.</summary>
    public TokenUsage? Usage { get; private set; }

    /// <summary>Takes the next bytes of the stream, and writes those that the client is to get now.</summary>
    public void Take(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> output)
    {
        while (!bytes.IsEmpty)
        {
            var length = pieces.Next(bytes);
            var part = length < 0 ? bytes : bytes[..length];
            bytes = bytes[part.Length..];
            if (isPassing)
            {
                output.Write(part);
            }
            else if (length >= 0 && held.WrittenCount == 0)
            {
                Judge(part, output);
            }
            else
            {
                Hold(part, isWhole: length >= 0, output);
            }

            if (length >= 0)
            {
                isFirst = isChunk = isPassing = false;
            }
        }
    }

    /// <summary>The stream is over: what is held goes out.</summary>
    public void End(ArrayBufferWriter<byte> output)
    {
        Judge(held.WrittenSpan, output);
        held.ResetWrittenCount();
    }

    private void Hold(ReadOnlySpan<byte> part, bool isWhole, ArrayBufferWriter<byte> output)
    {
        held.Write(part);
        if (isWhole)
        {
            Judge(held.WrittenSpan, output);
            held.ResetWrittenCount();
        }
        else if (!MayBeChunk())
        {
            output.Write(held.WrittenSpan);
            held.ResetWrittenCount();
            isPassing = true;
        }
    }

    /// <summary>False as soon as what is held cannot become a chunk that would be changed.</summary>
    private bool MayBeChunk()
    {
        if (isChunk)
        {
            return held.WrittenCount <= Most;
        }

        for (var lines = new EventLines(WithoutMark(held.WrittenSpan)); lines.MoveNext();)
        {
            if (lines.Line.StartsWith(":"u8) && held.WrittenCount == lines.Line.Length)
            {
                return false;
            }

            if (EventLine.Is("data"u8, lines.Line, out var data) && data.TrimStart(" \t"u8) is [var first, ..])
            {
                isChunk = first == '{';
                return isChunk;
            }
        }

        return held.WrittenCount <= MostBeforeData;
    }

    private void Judge(ReadOnlySpan<byte> whole, ArrayBufferWriter<byte> output)
    {
        if (endsWithReturn && whole.SequenceEqual("\n"u8))
        {
            // The rest of an event that was taken out.
            endsWithReturn = false;
            return;
        }

        endsWithReturn = false;
        if (whole.Length > Most || !UsageChunk.MayHaveUsage(whole))
        {
            output.Write(whole);
            return;
        }

        var text = WithoutMark(whole);
        output.Write(whole[..^text.Length]);
        if (EventCut.Write(text, output) is { } usage)
        {
            Usage = usage;
            endsWithReturn = text.EndsWith("\r"u8);
        }
    }

    /// <summary>A stream may begin with a byte order mark.</summary>
    private ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => isFirst && text.StartsWith("\uFEFF"u8) ? text["\uFEFF"u8.Length..] : text;
}
