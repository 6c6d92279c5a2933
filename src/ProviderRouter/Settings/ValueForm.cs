using System.Diagnostics.CodeAnalysis;

namespace ProviderRouter.Settings;

/// <summary>How a kind of value is written: what is allowed, and the ways between text and value.</summary>
/// <param name="Allowed">What is allowed, with an example, to stand after "takes".</param>
/// <param name="TryParse">Looks at nothing but the text, and never throws.</param>
/// <param name="Format">The one text of a value, which <paramref name="TryParse"/> reads back.</param>
/// <param name="ProblemHere">What keeps a value from working on this machine, as a sentence; null when nothing does.</param>
/// <param name="Words">The words that it may be, for a shell to complete; null where there are none.</param>
internal sealed record ValueForm<T>(
    string Allowed, ParseText<T> TryParse, Func<T, string> Format, Func<T, string?>? ProblemHere = null,
    IReadOnlyList<string>? Words = null);

/// <summary>Reads a value from text; false when it is not one.</summary>
internal delegate bool ParseText<T>(string text, [MaybeNullWhen(false)] out T value);
