using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>
/// A filter as it is applied to a block of the index. Of exchanges that had no answer then, it lets all pass: the log knows of them.
/// What it says of texts and of ids is not looked at.
/// </summary>
internal sealed class FactFilter
{
    private readonly ExchangeFilter filter;
    private readonly List<(FactColumn Column, Predicate<long> IsMeant)> conditions = [];
    private readonly bool[]? models;
    private readonly (long First, long End) received;

    public FactFilter(ExchangeFilter filter, IndexNames names)
    {
        this.filter = filter;
        received = (filter.Since?.UnixMicroseconds ?? long.MinValue, filter.Until?.UnixMicroseconds ?? long.MaxValue);
        models = filter.Model is { } model ? names.Where(name => FilterMatch.IsModel(model, name)) : null;
        Name(FactColumn.Provider, filter.Provider);
        Name(FactColumn.ClientKey, filter.ClientKey);
        switch (filter.Outcome)
        {
            case ExchangeFilter.Open:
                conditions.Add((FactColumn.Outcome, outcome => outcome == 0));
                break;
            case ExchangeFilter.Failed:
                var ok = names.Find("ok") ?? -1;
                conditions.Add((FactColumn.Outcome, outcome => outcome != ok));
                break;
            case var outcome:
                Name(FactColumn.Outcome, outcome);
                break;
        }

        if (filter.Endpoint is { } endpoint)
        {
            var endpoints = names.Where(name => FilterMatch.IsEndpoint(endpoint, name));
            conditions.Add((FactColumn.Endpoint, id => IsTrue(endpoints, id)));
        }

        if (filter.Status is { } status)
        {
            conditions.Add((FactColumn.Status, number => number > status.First && number - 1 <= status.Last));
        }

        if (filter.SlowerThan is { } limit)
        {
            var most = limit.InMicroseconds();
            conditions.Add((FactColumn.DurationUs, number => number - 1 > most));
        }

        if (filter.IsReplay is { } isReplay)
        {
            conditions.Add((FactColumn.Replays, origin => origin != 0 == isReplay));
        }

        void Name(FactColumn column, string? wanted)
        {
            if (wanted is not null)
            {
                var id = names.Find(wanted) ?? -1;
                conditions.Add((column, name => name == id));
            }
        }
    }

    /// <summary>False of a block that has nothing of the kind.</summary>
    public bool MayHave(IndexedBlock block) => block.LastUs >= received.First && block.FirstUs < received.End;

    /// <summary>Clears the marks of those that it is not true of.</summary>
    /// <param name="block">The block.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="marks">One for each exchange of the block.</param>
    public void Apply(IndexedBlock block, BlockReader reader, Span<bool> marks)
    {
        foreach (var (column, isMeant) in conditions)
        {
            Keep(reader.Read(block, column), isMeant, marks);
        }

        if (filter.Since is not null || filter.Until is not null)
        {
            if (block.FirstUs < received.First || block.LastUs >= received.End)
            {
                Keep(reader.Read(block, FactColumn.ReceivedUs), time => time >= received.First && time < received.End, marks);
            }
        }

        if (models is not null)
        {
            var asked = reader.Read(block, FactColumn.Model);
            var answered = reader.Read(block, FactColumn.ResponseModel);
            for (var i = 0; i < marks.Length; i++)
            {
                marks[i] &= IsTrue(models, asked[i]) || IsTrue(models, answered[i]);
            }
        }

        if (filter.MinTokens is { } tokens)
        {
            var prompt = reader.Read(block, FactColumn.PromptTokens);
            var completion = reader.Read(block, FactColumn.CompletionTokens);
            for (var i = 0; i < marks.Length; i++)
            {
                marks[i] &= Math.Max(0, prompt[i] - 1) + Math.Max(0, completion[i] - 1) >= tokens;
            }
        }
    }

    // A name that came since the names were read: the log knows it.
    private static bool IsTrue(bool[] names, long id) => (ulong)id >= (ulong)names.Length || names[id];

    private static void Keep(ReadOnlySpan<long> values, Predicate<long> isMeant, Span<bool> marks)
    {
        for (var i = 0; i < marks.Length; i++)
        {
            marks[i] = marks[i] && isMeant(values[i]);
        }
    }
}
