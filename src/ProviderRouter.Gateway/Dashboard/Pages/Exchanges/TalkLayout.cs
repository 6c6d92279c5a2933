namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>What of a conversation is seen at once, what is folded, and what has a page of its own, so that a page stays light.</summary>
/// <param name="Before">What was said before: folded together.</param>
/// <param name="Latest">What the user said last and what came after it.</param>
/// <param name="LeftOut">How many messages are not even named, as there are too many for a page.</param>
public sealed record TalkLayout(IReadOnlyList<PlacedModel> Before, IReadOnlyList<PlacedModel> Latest, int LeftOut)
{
    /// <summary>As many messages are named before the user's last one, and as many after it: the first and the last of them.</summary>
    private const int MostNamed = 500;

    /// <summary>So many letters of folded messages are on the page; more are on pages of their own.</summary>
    private const long MostFolded = 96 * 1024;

    /// <summary>As many messages after the user's last one are open, besides the answer.</summary>
    private const int MostOpen = 3;

    /// <summary>What those that are open may take: an answer may be one of thousands.</summary>
    private const long MostWeight = 1024 * 1024;

    /// <summary>Lays a conversation out.</summary>
    internal static TalkLayout Of(Talk talk)
    {
        var all = talk.Messages.Where(message => !message.IsElsewhere).ToList();
        // Where nobody in particular speaks, all texts are alike.
        var last = all.FindLastIndex(message => !message.IsAnswer && message.Role == "user");
        last = last < 0 ? all.FindIndex(message => !IsInstruction(message)) : last;
        last = last < 0 ? all.Count : last;
        var (room, weight) = (MostFolded, MostWeight);
        var after = all.Skip(last).Count(message => !message.IsAnswer);
        var before = all.Take(last).Select(message => Place(message, isOpen: false)).ToList();
        var latest = all.Skip(last).Select((message, i) => Place(message, message.IsAnswer || i == 0 || i > after - MostOpen)).ToList();
        var (named, others) = (Cut(before), Cut(latest));
        return new(named, others, before.Count - named.Count + latest.Count - others.Count);

        PlacedModel Place(SaidModel message, bool isOpen)
        {
            isOpen &= weight > 0;
            weight -= isOpen ? message.Weight : 0;
            // Where there is no room for a word, none is weighed.
            room -= isOpen || room < 0 ? 0 : Math.Max(message.Letters, message.Weight);
            return new(message, isOpen, IsHere: isOpen || room >= 0);
        }
    }

    private static List<PlacedModel> Cut(List<PlacedModel> all) =>
        all.Count <= MostNamed ? all : [.. all[..(MostNamed / 10)], .. all[^(MostNamed - (MostNamed / 10))..]];

    private static bool IsInstruction(SaidModel message) => message.Role is "system" or "developer";
}

/// <summary>A message in its place.</summary>
/// <param name="Said">The message.</param>
/// <param name="IsOpen">True where it is seen at once.</param>
/// <param name="IsHere">False where there is only a link to it.</param>
public sealed record PlacedModel(SaidModel Said, bool IsOpen, bool IsHere);
