using System.Security.Cryptography;
using System.Text.Json;

namespace ProviderRouter.AuditLog.Export;

/// <summary>Reads an export of the log line by line: the header, the exchanges, the end. No more than one line is in memory.</summary>
/// <param name="input">The file.</param>
/// <param name="name">What messages call it.</param>
/// <param name="cancellation">Ends it, also while it waits for more of the file.</param>
public sealed class LogFile(Stream input, string name, CancellationToken cancellation) : IDisposable
{
    /// <summary>The longest line that is read, in bytes. The largest body is 256 MB, and an exchange has two, and events.</summary>
    private const int LongestLine = 2_000_000_000;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] buffer = new byte[256 * 1024];
    private int from;
    private int to;

    /// <summary>The line that was read last, from 1 on.</summary>
    public long Line { get; private set; }

    /// <summary>The bytes that were read.</summary>
    public long Bytes { get; private set; }

    /// <summary>The exchanges that were read.</summary>
    public long Exchanges { get; private set; }

    /// <summary>Reads the first line.</summary>
    /// <exception cref="SetUpException">It is not one that this program reads.</exception>
    public ExportHeader ReadHeader()
    {
        var header = Parse(NextLine(), line => JsonSerializer.Deserialize(line, ExportJson.Lines.ExportHeader));
        return header.Format != ExportHeader.FormatName
            ? throw Wrong($"its format is not {ExportHeader.FormatName}.")
            : header.Version == ExportHeader.LatestVersion ? header
            : throw Wrong($"this is version {header.Version} of the format, and this program reads version {ExportHeader.LatestVersion}. Update it, or export with --format jsonl of this version.");
    }

    /// <summary>The next exchange; null after the last.</summary>
    /// <exception cref="SetUpException">A line is not what an export has; the message says which and why.</exception>
    public LoggedExchange? Next()
    {
        var line = NextLine();
        if (!line.StartsWith("{\"exchanges\":"u8))
        {
            Exchanges++;
            return Parse(line, text => JsonSerializer.Deserialize(text, ExportJson.Lines.LoggedExchange));
        }

        var end = Parse(line, text => JsonSerializer.Deserialize(text, ExportJson.Lines.ExportEnd));
        if (end.Exchanges != Exchanges)
        {
            throw Wrong($"the file says that it has {end.Exchanges} exchanges, and there are {Exchanges}.");
        }

        return Fill() || from < to ? throw Wrong("something stands after the end.") : null;
    }

    /// <summary>The SHA-256 of what was read, in hex.</summary>
    public string Digest() => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>That the last line is wrong.</summary>
    public SetUpException Wrong(string why, Exception? inner = null) => new($"Line {Line} of {name}: {why}", inner);

    private delegate T? Reading<T>(ReadOnlySpan<byte> line);

    private T Parse<T>(ReadOnlySpan<byte> line, Reading<T> read)
        where T : class
    {
        try
        {
            return read(line) ?? throw Wrong("it is null.");
        }
        catch (JsonException error)
        {
            throw Wrong($"this is no line of an export: {Reason(error)}", error);
        }
    }

    /// <summary>The library's message, without the path and the place, and without what it quotes of the line.</summary>
    private static string Reason(JsonException error)
    {
        var message = error.Message;
        var path = message.IndexOf(" Path: ", StringComparison.Ordinal);
        var place = message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        var end = path >= 0 ? path : place >= 0 ? place : message.Length;
        var of = path >= 0 && error.Path is { Length: > 2 } named ? $" ({named[2..]})" : "";
        return message[..end].TrimEnd('.', ' ', '|') + of + ".";
    }

    private ReadOnlySpan<byte> NextLine()
    {
        Line++;
        for (var searched = 0; ;)
        {
            var end = buffer.AsSpan(from + searched, to - from - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = buffer.AsSpan(from, searched + end);
                from += line.Length + 1;
                return line.EndsWith("\r"u8) ? line[..^1] : line;
            }

            searched = to - from;
            if (!Fill())
            {
                throw Wrong("the file ends here, before its end. It was cut off: finish the export, or copy the file again.");
            }
        }
    }

    private bool Fill()
    {
        if (from > 0)
        {
            buffer.AsSpan(from, to - from).CopyTo(buffer);
            (from, to) = (0, to - from);
        }

        if (to == buffer.Length)
        {
            if (to >= LongestLine)
            {
                throw Wrong("it is too long for a line of an export.");
            }

            Array.Resize(ref buffer, (int)Math.Min(LongestLine, buffer.Length * 2L));
        }

        // Another thread waits: nothing ends its waiting for a pipe.
        var read = Task.Run(() => input.Read(buffer, to, buffer.Length - to), CancellationToken.None).WaitAsync(cancellation).GetAwaiter().GetResult();
        hash.AppendData(buffer, to, read);
        to += read;
        Bytes += read;
        return read > 0;
    }

    /// <summary>Lets go of its memory. The stream is the caller's.</summary>
    public void Dispose() => hash.Dispose();
}
