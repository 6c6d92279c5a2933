using System.Text.Json;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>
/// What retention said that it removed. Each of its events concerns rows before itself, so it is in the part of the chain that
/// is walked, and its own hash is checked there; one that says anything else counts for nothing.
/// </summary>
internal sealed class Checkpoints
{
    // Without the index: whether that agrees with the table is not known yet.
    private const string Sql =
        """
        SELECT seq, kind, through, detail FROM audit_events NOT INDEXED
        WHERE kind IN ('records_pruned', 'bodies_pruned') AND through IS NOT NULL
        """;

    public Checkpoints(SqliteConnection connection)
    {
        using var events = new RawStatement(connection, Sql);
        while (events.Step())
        {
            var through = events.Integer(2);
            if (through < 1 || through >= events.Integer(0))
            {
                continue;
            }

            if (events.Text(1) == AuditEvent.BodiesPruned)
            {
                BodiesThrough = Math.Max(BodiesThrough, through);
            }
            else if (through > Start.Place)
            {
                ReadStart(through, events.Text(3));
            }
        }
    }

    /// <summary>The last row that was removed; the one that must be there is next.</summary>
    public ChainHead Start { get; private set; } = ChainHead.Origin;

    /// <summary>The id of the last request among those that were removed.</summary>
    public long LastRequest { get; private set; }

    /// <summary>Rows up to this place may be without their bodies.</summary>
    public long BodiesThrough { get; }

    private void ReadStart(long through, string detail)
    {
        try
        {
            using var json = JsonDocument.Parse(detail);
            if (json.RootElement.TryGetProperty("lastHash", out var hash) && ChainHead.TryParse($"{through}:{hash}", out var start))
            {
                Start = start;
                LastRequest = json.RootElement.TryGetProperty("lastRequest", out var last) && last.TryGetInt64(out var id) ? id : 0;
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not what retention writes; the walk says what is wrong with it.
        }
    }
}
