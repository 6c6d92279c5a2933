namespace ProviderRouter.Cli.Output;

/// <summary>
/// Bytes on their way to a terminal: what it would obey is replaced, since texts of strangers are among them. Anywhere else they pass as
/// they are.
/// </summary>
internal sealed class PrintableStream(Stream terminal) : WriteOnlyStream
{
    private const byte Replacement = (byte)'?';

    private bool afterC2;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var safe = buffer.ToArray();
        for (var i = 0; i < safe.Length; i++)
        {
            var isSecondOfC1 = afterC2 && safe[i] is >= 0x80 and <= 0x9F;
            afterC2 = safe[i] == 0xC2;
            // In place of the second byte of a control character, that of an inverted question mark.
            safe[i] = isSecondOfC1 ? (byte)0xBF : safe[i] is < 0x20 and not (byte)'\n' and not (byte)'\r' and not (byte)'\t' or 0x7F ? Replacement : safe[i];
        }

        terminal.Write(safe);
    }

    /// <inheritdoc/>
    public override void Flush() => terminal.Flush();
}
