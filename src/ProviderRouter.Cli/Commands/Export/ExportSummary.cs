using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Export;

/// <summary>Says what was exported.</summary>
internal static class ExportSummary
{
    /// <summary>Of a file; answers the exit code.</summary>
    public static int Say(Terminal terminal, ExportState state, string path, bool asJson)
    {
        var bytes = new FileInfo(path).Length;
        if (asJson)
        {
            terminal.WriteJson(new LogExportReport(path, state.Format, state.Written, state.Skipped, bytes), CliJson.Readable.LogExportReport);
        }
        else
        {
            terminal.Note($"{state.Written:#,0} exchanges are in ", new Phrase(path, Tone.Good), $" ({ReadableSize.From(bytes)}).");
        }

        NoteSkipped(terminal, state);
        return ExitCode.Done;
    }

    /// <summary>How many were none for this format, and that there was nothing at all.</summary>
    public static void NoteSkipped(Terminal terminal, ExportState state)
    {
        if (state.Skipped > 0)
        {
            terminal.Note(state.Format == ExportFormats.FineTuning
                ? $"{state.Skipped:#,0} exchanges are no chats that ended well with all of their bodies on record, and were passed over."
                : $"{state.Skipped:#,0} exchanges were removed by retention meanwhile.");
        }
        else if (state.Written == 0)
        {
            terminal.Note("No request on record is of that kind.");
        }
    }
}

/// <summary>What <c>export --output FILE --json</c> prints.</summary>
/// <param name="Exchanges">How many are in it.</param>
/// <param name="Skipped">How many were none for this format.</param>
internal sealed record LogExportReport(string File, string Format, long Exchanges, long Skipped, long Bytes);
