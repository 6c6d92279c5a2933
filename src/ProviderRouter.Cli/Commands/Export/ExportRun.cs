using ProviderRouter.AuditLog.Export;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Exchange;

namespace ProviderRouter.Cli.Commands.Export;

/// <summary>Writes exchanges, the oldest first. One at a time is in memory.</summary>
internal sealed class ExportRun(AuditLogReader log, ExchangeReader exchanges, ProgressLine? progress, CancellationToken cancellation)
{
    /// <summary>So many are looked for at once: between two looks no read transaction holds up the log's writer in tidying its files.</summary>
    private const int Batch = 256;

    /// <summary>Writes what follows this state, and what ends it.</summary>
    /// <param name="state">Where it stands.</param>
    /// <param name="output">Where to.</param>
    /// <param name="afterEach">Called after the beginning and after each exchange.</param>
    /// <exception cref="OperationCanceledException">It was told to stop, after a whole exchange.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public ExportState Run(ExportState state, Stream output, Action<ExportState> afterEach)
    {
        var format = ExportFormats.Make(state.Format, state.Bodies);
        if (state is { LastId: 0, Length: 0 })
        {
            format.Begin(output, state.Header);
        }

        afterEach(state);
        while (Next(state) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                cancellation.ThrowIfCancellationRequested();
                // Retention may have taken it since.
                var isWritten = exchanges.Read(record.Id, format.TakesBodies) is { } exchange && format.Write(output, exchange, state.Written);
                state = state with
                {
                    LastId = record.Id,
                    LastRequestId = record.RequestId,
                    Written = state.Written + (isWritten ? 1 : 0),
                    Skipped = state.Skipped + (isWritten ? 0 : 1),
                };
                afterEach(state);
                Show(state);
            }
        }

        format.End(output, state.Written);
        return state;
    }

    private List<AuditRecord> Next(ExportState state) =>
        [.. log.Find(state.Filter with { AfterId = Math.Max(state.LastId, state.Filter.AfterId ?? 0) }, oldestFirst: true).Take(Batch)];

    private void Show(ExportState state) =>
        progress?.Show($"Exporting: {100 * state.LastId / Math.Max(1, state.Filter.BeforeId!.Value - 1)}%, {state.Written:#,0} exchanges");
}
