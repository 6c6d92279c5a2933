namespace ProviderRouter.Cli.Output;

/// <summary>Writes to a pager; what comes after its reader has left is nobody's loss.</summary>
/// <param name="pager">The pager's standard input.</param>
/// <param name="keeps">True to keep a copy, in case the pager cannot be started after all.</param>
internal sealed class PagerStream(Stream pager, bool keeps) : WriteOnlyStream
{
    private readonly MemoryStream copy = new();
    private bool isLeft;

    /// <summary>Prints the copy.</summary>
    public void PrintTo(Terminal terminal) => terminal.WriteBytes(copy.GetBuffer().AsMemory(0, (int)copy.Length));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (keeps)
        {
            copy.Write(buffer);
        }

        Try(buffer, static (stream, bytes) => stream.Write(bytes));
    }

    /// <inheritdoc/>
    public override void Flush() => Try([], static (stream, _) => stream.Flush());

    private void Try(ReadOnlySpan<byte> buffer, Action<Stream, ReadOnlySpan<byte>> act)
    {
        try
        {
            if (!isLeft)
            {
                act(pager, buffer);
            }
        }
        catch (IOException)
        {
            isLeft = true;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Try([], static (stream, _) => stream.Dispose());
        }

        base.Dispose(disposing);
    }
}
