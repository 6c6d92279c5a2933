using System.Globalization;
using System.Text;

namespace ProviderRouter.Tests.Programs;

/// <summary>An answer as far as its bytes have come.</summary>
internal sealed record WireAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body, bool HasEnded, int Length)
{
    /// <summary>True once a client can take it for complete: its end came, or the event that ends its stream.</summary>
    public bool IsWhole => HasEnded || (IsStream && Body[..(Body.LastIndexOf('\n') + 1)].Split('\n').Any(EndsStream));

    public bool IsStream => Headers.GetValueOrDefault("content-type", "").StartsWith("text/event-stream", StringComparison.Ordinal);

    public string RequestId => Headers["x-router-request-id"];

    /// <summary>Reads what came; null while the headers are not complete.</summary>
    /// <param name="bytes">From the answer's first byte on.</param>
    /// <param name="isClosed">True when nothing more will come.</param>
    /// <param name="hasNoBody">True for an answer to HEAD.</param>
    public static WireAnswer? Read(ReadOnlySpan<byte> bytes, bool isClosed, bool hasNoBody)
    {
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return null;
        }

        var lines = Encoding.Latin1.GetString(bytes[..head]).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2))
            .GroupBy(pair => pair[0].ToLowerInvariant(), pair => pair[1].Trim(), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => string.Join(", ", group), StringComparer.Ordinal);
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        var body = bytes[(head + 4)..];
        if (hasNoBody || status is < 200 or 204 or 304)
        {
            return new(status, headers, "", HasEnded: true, head + 4);
        }

        if (headers.TryGetValue("content-length", out var length))
        {
            var most = Math.Min(body.Length, int.Parse(length, CultureInfo.InvariantCulture));
            return new(status, headers, Encoding.UTF8.GetString(body[..most]), most.ToString(CultureInfo.InvariantCulture) == length, head + 4 + most);
        }

        var (text, ended, used) = headers.ContainsKey("transfer-encoding") ? Unchunk(body) : (Encoding.UTF8.GetString(body), isClosed, body.Length);
        return new(status, headers, text, ended, head + 4 + used);
    }

    private static bool EndsStream(string line) => line.TrimEnd('\r') == "data: [DONE]"
        || (line.StartsWith("data: ", StringComparison.Ordinal)
            && (line.Contains("\"type\":\"message_stop\"", StringComparison.Ordinal) || line.Contains("\"type\":\"response.completed\"", StringComparison.Ordinal)));

    private static (string Text, bool Ended, int Used) Unchunk(ReadOnlySpan<byte> body)
    {
        var content = new List<byte>();
        for (var at = 0; ;)
        {
            var line = body[at..].IndexOf("\r\n"u8);
            if (line < 0)
            {
                return (Encoding.UTF8.GetString([.. content]), Ended: false, at);
            }

            var size = int.Parse(Encoding.ASCII.GetString(body.Slice(at, line)), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var from = at + line + 2;
            var here = Math.Min(size, body.Length - from);
            content.AddRange(body.Slice(from, here));
            if (here < size || body.Length < from + size + 2)
            {
                return (Encoding.UTF8.GetString([.. content]), Ended: false, at);
            }

            at = from + size + 2;
            if (size == 0)
            {
                return (Encoding.UTF8.GetString([.. content]), Ended: true, at);
            }
        }
    }
}
