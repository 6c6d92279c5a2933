using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>The exchanges without an answer on record, and how far those are that this server has in hand.</summary>
internal sealed class LiveOpen(OpenExchanges exchanges, AuditLogReader log)
{
    /// <summary>How long prompts are read for, each time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, (AuditRecord Record, string? Prompt)> open = new(StringComparer.Ordinal);
    private Dictionary<string, ExchangeProgress> seen = new(StringComparer.Ordinal);
    private bool isLoaded;

    /// <summary>Forgets them; they are looked up again.</summary>
    public void Forget()
    {
        open.Clear();
        isLoaded = false;
    }

    /// <summary>Takes note of what came in and what ended.</summary>
    /// <param name="changed">Each as it stands now.</param>
    /// <param name="before">The last request that was there before.</param>
    public IReadOnlyList<LiveChange> Note(IReadOnlyList<AuditRecord> changed, long before)
    {
        var changes = new List<LiveChange>(changed.Count);
        var prompts = new PromptStarts(log, Patience);
        foreach (var record in changed)
        {
            var wasKnown = open.Remove(record.RequestId, out var was);
            var prompt = wasKnown ? was.Prompt : prompts.Read(record);
            changes.Add(new LiveChange(record, was.Record, isNew: record.Id > before, prompt));
            if (record.Outcome is null)
            {
                open[record.RequestId] = (record, prompt);
            }
        }

        return changes;
    }

    /// <summary>How far those are that have moved since the last time.</summary>
    public IReadOnlyList<LiveStream> Moved()
    {
        Load();
        var moved = new List<LiveStream>();
        var now = new Dictionary<string, ExchangeProgress>(StringComparer.Ordinal);
        foreach (var progress in exchanges.Read())
        {
            if (open.TryGetValue(progress.RequestId, out var known))
            {
                now[progress.RequestId] = progress;
                if (!seen.TryGetValue(progress.RequestId, out var before) || before != progress)
                {
                    moved.Add(new LiveStream(known.Record, progress));
                }
            }
        }

        seen = now;
        return moved;
    }

    private void Load()
    {
        if (!isLoaded)
        {
            var prompts = new PromptStarts(log, Patience);
            foreach (var record in InHand(exchanges, log))
            {
                open[record.RequestId] = (record, prompts.Read(record));
            }

            isLoaded = true;
        }
    }

    /// <summary>The records of those that the server has in hand and that have no answer on record.</summary>
    public static IEnumerable<AuditRecord> InHand(OpenExchanges exchanges, AuditLogReader log) =>
        exchanges.Read()
            .Select(progress => log.Name(progress.RequestId).Id is { } id ? log.Read(id) : null)
            .OfType<AuditRecord>().Where(record => record.Outcome is null);
}

/// <summary>How far an exchange is.</summary>
internal sealed record LiveStream(AuditRecord Record, ExchangeProgress Progress);
