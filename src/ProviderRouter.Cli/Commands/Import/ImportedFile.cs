using System.Text;
using ProviderRouter.AuditLog.Export;
using ProviderRouter.Cli.Options;

namespace ProviderRouter.Cli.Commands.Import;

/// <summary>The file of an import, and what it is.</summary>
/// <param name="Content">From its first byte on.</param>
/// <param name="IsLog">True for an export of a log.</param>
internal sealed record ImportedFile(Stream Content, bool IsLog) : IDisposable
{
    private const int LongestBeginning = 4096;

    /// <summary>Opens it; null, and why, when it cannot be had.</summary>
    public static ImportedFile? Open(string path, out string problem)
    {
        if (InputFile.Open(path, out problem) is not { } stream)
        {
            return null;
        }

        try
        {
            var bytes = new byte[LongestBeginning];
            var beginning = bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            var text = beginning.Span.StartsWith(Encoding.UTF8.Preamble) ? beginning[Encoding.UTF8.Preamble.Length..] : beginning;
            var end = text.Span.IndexOf((byte)'\n');
            var line = end < 0 ? text.Span : text.Span[..end];
            var isLog = line is [(byte)'{', ..] && line.IndexOf(Encoding.UTF8.GetBytes($"\"{ExportHeader.FormatName}\"")) > 0;
            return new ImportedFile(new PrefixedStream(isLog ? text : beginning, stream), isLog);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            stream.Dispose();
            problem = $"{InputFile.Name(path)} cannot be read: {(Directory.Exists(path) ? "it is a folder" : OutputFile.Reason(error))}.";
            return null;
        }
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => Content.Dispose();
}
