using ProviderRouter.Cli.Options;

namespace ProviderRouter.Cli.Commands.Export;

/// <summary>
/// The file of an export while it is written. After every few MB it is synced to the disk, and how far it is noted beside it: what an export
/// that was ended in any way left behind that is cut off when it is gone on with.
/// </summary>
internal sealed class ExportFile : IDisposable
{
    private const long Interval = 4 << 20;

    private readonly string path;
    private readonly FileStream file;
    private readonly BufferedStream output;

    private ExportFile(string path, FileStream file)
    {
        (this.path, this.file) = (path, file);
        // Not disposed of: after a failure it would only fail again.
        output = new BufferedStream(file, 256 * 1024);
    }

    /// <summary>Where the export is written to.</summary>
    public Stream Output => output;

    /// <summary>Begins one; what an earlier one left is gone.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static ExportFile Create(string path)
    {
        var part = OutputFile.OpenPart(path, FileMode.Create);
        OutputFile.TryDelete(ExportState.PathOf(path));
        return new ExportFile(path, part);
    }

    /// <summary>Goes on with one.</summary>
    /// <exception cref="IOException">It is not there, cannot be written, or is shorter than it was.</exception>
    public static ExportFile GoOn(string path, ExportState state)
    {
        var part = OutputFile.OpenPart(path, FileMode.Open);
        if (part.Length < state.Length)
        {
            part.Dispose();
            throw new IOException("It is shorter than it was");
        }

        part.SetLength(state.Length);
        part.Position = state.Length;
        return new ExportFile(path, part);
    }

    /// <summary>Notes how far it is, when it is time or must be; answers what was noted last.</summary>
    public ExportState Note(ExportState state, ExportState noted, bool isDue = false)
    {
        var length = output.Position;
        if (!isDue && length - noted.Length < Interval)
        {
            return noted;
        }

        output.Flush();
        file.Flush(flushToDisk: true);
        noted = state with { Length = length };
        noted.Write(path);
        return noted;
    }

    /// <summary>Gives it its name.</summary>
    public void Finish(bool isForced)
    {
        output.Flush();
        file.Flush(flushToDisk: true);
        File.Move(OutputFile.PartOf(path), path, isForced);
        OutputFile.TryDelete(ExportState.PathOf(path));
    }

    /// <summary>Closes it, as it is.</summary>
    public void Dispose() => file.Dispose();
}
