namespace ProviderRouter.Gateway.Capture;

/// <summary>
/// A name that a stranger gave, as a column of the log has it: a model may be called what is as long as a book. The body has all of it.
/// </summary>
internal static class FactText
{
    /// <summary>No model that there is has so long a name.</summary>
    public const int Longest = 1000;

    /// <summary>Its beginning. Secrets are to be taken out of it before: half of one would not be found.</summary>
    public static string? Of(string? text) => text is not { Length: > Longest } ? text
        : $"{text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)]}…";
}
