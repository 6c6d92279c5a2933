namespace ProviderRouter.Tests.StreamUsage;

/// <summary>Texts in which marks stand around what is put in or taken out.</summary>
internal static class Marked
{
    /// <summary>The text with all that its marks enclose, and without the marks.</summary>
    public static string Whole(string text) => string.Concat(text.Where(letter => letter is not ('‹' or '›' or '«' or '»')));

    /// <summary>The text without what these marks enclose.</summary>
    public static string Without(string text, char open = '‹', char close = '›')
    {
        for (var begin = text.IndexOf(open); begin >= 0; begin = text.IndexOf(open))
        {
            text = text.Remove(begin, text.IndexOf(close) + 1 - begin);
        }

        return Whole(text);
    }
}
