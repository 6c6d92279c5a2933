using Spectre.Console;

namespace ProviderRouter.Cli.Output;

/// <summary>How a phrase is meant, which decides its colour where there are colours.</summary>
internal enum Tone
{
    Plain,
    Strong,
    Faint,
    Good,
    Warning,
    Bad,

    /// <summary>What was looked for.</summary>
    Found,
}

/// <summary>The colours of tones: those that are readable on dark and on light.</summary>
internal static class ToneStyles
{
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Faint = new(decoration: Decoration.Dim);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Warning = new(Color.Olive);
    private static readonly Style Bad = new(Color.Maroon);
    private static readonly Style Found = new(Color.Olive, decoration: Decoration.Bold);

    public static Style Style(this Tone tone) => tone switch
    {
        Tone.Strong => Strong,
        Tone.Faint => Faint,
        Tone.Good => Good,
        Tone.Warning => Warning,
        Tone.Bad => Bad,
        Tone.Found => Found,
        _ => Spectre.Console.Style.Plain,
    };
}
