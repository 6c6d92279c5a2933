using System.IO.Hashing;
using System.Runtime.InteropServices;
using ProviderRouter.AuditLog.Questions.Text;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>
/// Knows the conversations of a part by what was said in them, so that of a request that sends all of it again only the new messages
/// are indexed.
/// </summary>
internal sealed class Conversations
{
    private readonly Dictionary<ulong, Turn> turns = [];
    private readonly List<ulong> prefixes = [];

    /// <summary>Notes a request, and tells what in it is new.</summary>
    /// <param name="place">Its place in the part, from 1 on.</param>
    /// <param name="texts">Its texts.</param>
    public NewTexts Add(int place, BodyTexts texts)
    {
        prefixes.Clear();
        ulong others = 1, said = 2;
        foreach (var unit in texts.Units)
        {
            if (unit.Message < 0)
            {
                others = XxHash3.HashToUInt64(texts.Raw(unit), (long)others);
                continue;
            }

            while (prefixes.Count <= unit.Message)
            {
                prefixes.Add(said += 0x9E37_79B9_7F4A_7C15);
            }

            said = XxHash3.HashToUInt64(texts.Raw(unit), (long)said);
            prefixes[^1] = said;
        }

        if (prefixes.Count == 0)
        {
            prefixes.Add(others);
        }

        var known = prefixes.Count - 1;
        Turn before = default;
        while (known >= 0 && !turns.TryGetValue(prefixes[known], out before))
        {
            known--;
        }

        turns[prefixes[^1]] = new Turn(place, others);
        return known < 0 ? new NewTexts(0, FirstMessage: 0, WithOthers: true)
            : new NewTexts(before.Place, known + 1, before.Others != others);
    }

    /// <summary>The last request that said just this.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Turn(int Place, ulong Others);
}

/// <summary>What is new in a request.</summary>
/// <param name="Parent">The place of the request that it goes on with; 0 for none.</param>
/// <param name="FirstMessage">The first message that is new.</param>
/// <param name="WithOthers">True when what stands outside of messages is new, too.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NewTexts(int Parent, int FirstMessage, bool WithOthers)
{
    /// <summary>True of a text that is.</summary>
    public bool Has(TextUnit unit) => unit.Message < 0 ? WithOthers : unit.Message >= FirstMessage;
}
