using System.Text.RegularExpressions;

namespace ProviderRouter.Tests.Programs;

/// <summary>What a terminal shows, line by line.</summary>
internal static partial class ScreenLines
{
    /// <summary>The lines without their escape sequences.</summary>
    public static string[] Of(Screen screen) => Escape().Replace(screen.Text, "").Split('\n');

    /// <summary>Columns as a terminal counts them, for the characters that tests use.</summary>
    public static int Width(string line) => line.EnumerateRunes().Sum(rune => rune.Value is (>= 0x2E80 and <= 0x9FFF) or (>= 0xFF00 and <= 0xFF60) or >= 0x1F300 ? 2 : 1);

    [GeneratedRegex("\e\\[[0-9;?]*[a-zA-Z]|\e[=>]|\r", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Escape();
}
