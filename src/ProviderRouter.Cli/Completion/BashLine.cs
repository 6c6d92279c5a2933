using System.Text;

namespace ProviderRouter.Cli.Completion;

/// <summary>Takes a line apart as bash does: quotes, backslashes, a home folder. What else bash would put in is left as it stands.</summary>
internal static class BashLine
{
    /// <summary>The words of a line up to the cursor; the last is the one that is being typed, and may be empty.</summary>
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        for (var place = 0; place < line.Length; place++)
        {
            var letter = line[place];
            if (letter == '\\' && quote != '\'' && place + 1 < line.Length)
            {
                word.Append(line[++place]);
            }
            else if (quote == letter)
            {
                quote = '\0';
            }
            else if (quote == '\0' && letter is ('"' or '\''))
            {
                quote = letter;
            }
            else if (quote == '\0' && letter is (' ' or '\t'))
            {
                words.Add(word.ToString());
                word.Clear();
            }
            else
            {
                var isHome = letter == '~' && quote == '\0' && word.Length == 0 && line.AsSpan(place + 1) is ['/' or ' ', ..];
                word.Append(isHome ? Home : $"{letter}");
            }
        }

        // Blanks at the beginning and between words are no words.
        return [.. words.Where(one => one.Length > 0), word.ToString()];
    }

    /// <summary>True when the last word is the name of a file that the shell reads or writes itself.</summary>
    public static bool IsRedirected(IReadOnlyList<string> words) =>
        words[^1].StartsWith('>') || words[^1].StartsWith('<') || (words.Count > 1 && words[^2] is (">" or ">>" or "<" or "2>" or "2>>" or "&>"));

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
