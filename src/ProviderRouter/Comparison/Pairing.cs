using System.Runtime.InteropServices;
using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Comparison;

/// <summary>
/// Finds what two providers were asked alike: each exchange of the second that repeats one of the first; and of the others, by endpoint and
/// by the digest of their bodies, the newest of each.
/// </summary>
/// <param name="from">The first provider.</param>
/// <param name="find">Finds an exchange by its request id.</param>
/// <param name="digest">The digest of a request's body; null where it had none.</param>
public sealed class Pairing(string from, Func<string, AuditRecord?> find, Func<AuditRecord, string?> digest)
{
    private readonly List<ExchangePair> pairs = [];
    private readonly HashSet<long> paired = [];
    private readonly Dictionary<Question, AuditRecord> unpaired = [];

    /// <summary>The pairs so far.</summary>
    public IReadOnlyList<ExchangePair> Pairs => pairs;

    /// <summary>True while there is something to be found among what the first provider answered.</summary>
    public bool LooksForMore => unpaired.Count > 0;

    /// <summary>Takes what the second provider answered, the newest first.</summary>
    public void AddTo(IEnumerable<AuditRecord> records)
    {
        foreach (var record in records.Where(record => record.Outcome is not null))
        {
            if (record.Replays is { } origin && find(origin) is { Outcome: not null } repeated && repeated.Provider == from)
            {
                pairs.Add(new ExchangePair(repeated, record, IsReplay: true));
                paired.Add(repeated.Id);
            }
            else if (record.Provider != from && QuestionOf(record) is { } question)
            {
                unpaired.TryAdd(question, record);
            }
        }
    }

    /// <summary>Takes what the first provider answered, the newest first; to be called after <see cref="AddTo"/>.</summary>
    public void AddFrom(IEnumerable<AuditRecord> records)
    {
        foreach (var record in records.Where(record => record.Outcome is not null && !paired.Contains(record.Id)))
        {
            if (!LooksForMore)
            {
                return;
            }

            if (QuestionOf(record) is { } question && unpaired.Remove(question, out var other))
            {
                pairs.Add(new ExchangePair(record, other, IsReplay: false));
            }
        }
    }

    private Question? QuestionOf(AuditRecord record) =>
        digest(record) is { } sha256 ? new Question(record.Method, record.Endpoint, record.Query, sha256) : null;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Question(string Method, string Endpoint, string? Query, string Sha256);
}
