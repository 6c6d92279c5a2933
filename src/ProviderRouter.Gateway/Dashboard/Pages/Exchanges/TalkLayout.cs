namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>What of a conversation is seen at once, what is folded, and what has a page of its own, so that a page stays light.</summary>
/// <param name="Before">What was said before: folded together.</param>
/// <param name="Latest">What the user said last and what came after it.</param>
public sealed record TalkLayout(IReadOnlyList<PlacedModel> Before, IReadOnlyList<PlacedModel> Latest)
{
    /// <summary>So many letters of folded messages are on the page; more are on pages of their own.</summary>
    private const long MostFolded = 96 * 1024;

    /// <summary>As many messages after the user's last one are open, besides the answer.</summary>
    private const int MostOpen = 3;

    /// <summary>Lays a conversation out.</summary>
    internal static TalkLayout Of(Talk talk)
    {
        var all = talk.Messages.Where(message => !message.IsElsewhere).ToList();
        // Where nobody in particular speaks, all texts are alike.
        var last = all.FindLastIndex(message => !message.IsAnswer && message.Role == "user");
        last = last < 0 ? all.FindIndex(message => !IsInstruction(message)) : last;
        last = last < 0 ? all.Count : last;
        var room = MostFolded;
        var after = all.Skip(last).Count(message => !message.IsAnswer);
        return new([.. all.Take(last).Select(message => Place(message, isOpen: false))], [.. all.Skip(last).Select((message, i) => Place(message, message.IsAnswer || i == 0 || i > after - MostOpen))]);

        PlacedModel Place(SaidModel message, bool isOpen)
        {
            room -= isOpen ? 0 : message.Letters;
            return new(message, isOpen, IsHere: isOpen || room >= 0);
        }
    }

    private static bool IsInstruction(SaidModel message) => message.Role is "system" or "developer";
}

/// <summary>A message in its place.</summary>
/// <param name="Said">The message.</param>
/// <param name="IsOpen">True where it is seen at once.</param>
/// <param name="IsHere">False where there is only a link to it.</param>
public sealed record PlacedModel(SaidModel Said, bool IsOpen, bool IsHere);
