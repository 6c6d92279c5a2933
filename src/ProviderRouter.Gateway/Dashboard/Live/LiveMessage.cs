using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Capture;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>
/// An event of the feed, as it is sent: <c>rows</c> has what changed, <c>reset</c> the newest rows in place of all that were there.
/// Its id is the place in the log, which a browser that was cut off sends back.
/// </summary>
/// <param name="Bytes">The event.</param>
/// <param name="Place">How far its receiver has followed the log then.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LiveMessage(ReadOnlyMemory<byte> Bytes, LogPlace Place)
{
    /// <summary>What changed.</summary>
    /// <param name="rows">Those to be shown, in the order in which they came in.</param>
    /// <param name="gone">The ids of those that a filter is true of no more.</param>
    /// <param name="streams">How far those are that are open.</param>
    public static LiveMessage Rows(
        IEnumerable<LiveChange> rows, IReadOnlyList<long> gone, IReadOnlyList<ExchangeProgress> streams, LogPlace place, DateTimeOffset now) =>
        new(Event("rows", place, rows, gone, streams, hasMore: false, stopped: null, now), place);

    /// <summary>The newest rows, in the order in which they came in.</summary>
    /// <param name="hasMore">True where there are older ones.</param>
    /// <param name="stopped">Where it was stopped to look for them; null where it was not.</param>
    public static LiveMessage Reset(
        IEnumerable<LiveChange> rows, IReadOnlyList<ExchangeProgress> streams, bool hasMore, LiveStop? stopped, LogPlace place,
        DateTimeOffset now) =>
        new(Event("reset", place, rows, [], streams, hasMore, stopped, now), place);

    /// <summary>Nothing, so that the browser knows that the connection lives, and how far it has come.</summary>
    public static LiveMessage KeepAlive(LogPlace place) => new(Encoding.UTF8.GetBytes($"event: here\nid: {place}\ndata: {{}}\n\n"), place);

    /// <summary>How the log does.</summary>
    public static LiveMessage Log(LiveLog log, LogPlace place)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        buffer.Write("event: log\ndata: "u8);
        buffer.Write(JsonSerializer.SerializeToUtf8Bytes(log, LiveJson.Default.LiveLog));
        buffer.Write("\n\n"u8);
        return new(buffer.WrittenMemory, place);
    }

    private static ReadOnlyMemory<byte> Event(
        string name, LogPlace place, IEnumerable<LiveChange> rows, IReadOnlyList<long> gone, IReadOnlyList<ExchangeProgress> streams,
        bool hasMore, LiveStop? stopped, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        buffer.Write(Encoding.UTF8.GetBytes($"event: {name}\nid: {place}\ndata: "));
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("now"u8, now.ToUnixTimeMilliseconds());
            WriteRows(json, rows);
            WriteOthers(json, gone, streams);
            if (hasMore)
            {
                json.WriteBoolean("more"u8, value: true);
            }

            stopped?.Write(json);

            json.WriteEndObject();
        }

        buffer.Write("\n\n"u8);
        return buffer.WrittenMemory;
    }

    /// <summary>The field <c>rows</c>.</summary>
    public static void WriteRows(Utf8JsonWriter json, IEnumerable<LiveChange> rows)
    {
        json.WriteStartArray("rows"u8);
        foreach (var row in rows)
        {
            json.WriteRawValue(row.Json, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    private static void WriteOthers(Utf8JsonWriter json, IReadOnlyList<long> gone, IReadOnlyList<ExchangeProgress> streams)
    {
        if (gone.Count > 0)
        {
            json.WriteStartArray("gone"u8);
            foreach (var id in gone)
            {
                json.WriteNumberValue(id);
            }

            json.WriteEndArray();
        }

        if (streams.Count > 0)
        {
            json.WriteStartArray("streams"u8);
            foreach (var stream in streams)
            {
                JsonSerializer.Serialize(json, stream, LiveJson.Default.ExchangeProgress);
            }

            json.WriteEndArray();
        }
    }
}
