using ProviderRouter.Conversations;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>What a part of a message takes on the page of its exchange, and how much of one has room there.</summary>
internal static class PartWeight
{
    /// <summary>So many parts of a message are shown on the page that has it alone.</summary>
    public const int MostAlone = 4000;

    /// <summary>And so many of what a tool gave back.</summary>
    public const int MostInside = 100;

    private const int Most = 1000;

    private const long MostLetters = 512 * 1024;

    /// <summary>What stands around the letters of a part.</summary>
    private const int Frame = 100;

    /// <summary>In letters.</summary>
    public static long Of(Talk talk, Part part) => Frame + part switch
    {
        ToolCallPart call => Shown(part) + (talk.ResultOf(call) is { } back ? Inside(back) : 0),
        ToolResultPart result => Inside(result),
        _ => Shown(part),
    };

    /// <summary>How many of them have room, from the first on, which always does.</summary>
    public static int Fitting(Talk talk, IReadOnlyList<Part> parts)
    {
        var (count, letters) = (0, 0L);
        while (count < parts.Count && count < Most && (count == 0 || letters < MostLetters))
        {
            letters += Of(talk, parts[count++]);
        }

        return count;
    }

    private static long Inside(ToolResultPart result) => result.Parts.Take(MostInside).Sum(part => Frame + Shown(part));

    private static long Shown(Part part) => Math.Min(SaidModel.LettersOf(part), SaidText.Longest);
}
