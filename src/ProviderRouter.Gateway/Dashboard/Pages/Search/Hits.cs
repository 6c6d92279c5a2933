using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Text;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Readable;

namespace ProviderRouter.Gateway.Dashboard.Pages.Search;

/// <summary>Puts hits into words.</summary>
internal static class Hits
{
    /// <summary>Addresses need not be longer.</summary>
    private const int MostPlaces = 8;

    /// <summary>Texts that are alike for so many letters are taken for the same.</summary>
    private const int Alike = 40;

    /// <summary>The hit of an exchange that was found by its texts.</summary>
    /// <param name="prompt">The start of what the user said last, or null.</param>
    public static HitModel Of(FoundRecord found, string? prompt, bool isCounted, TimeProvider time)
    {
        var (record, hit) = (ShortText.Of(found.Record), found.Hit!);
        return new(
            record, Badge.Of(record), Moment.Of(record.CreatedAt, time), [.. hit.Pieces.Where(piece => piece.Text.Length > 0)],
            isCounted && hit.Count > 1 ? hit.Count < TextSearch.MostCounted ? $"{hit.Count} times in it" : $"{hit.Count} times and more in it" : null,
            Facts(record), prompt is null || Says(hit, prompt) ? null : prompt, $"/ui/exchanges/{Uri.EscapeDataString(record.RequestId)}{PlacesOf(hit)}");
    }

    /// <summary>
    /// The marks, as browsers find texts on a page (https://wicg.github.io/scroll-to-text-fragment/), which mark the first of each; others stay
    /// at its beginning.
    /// </summary>
    private static string PlacesOf(TextHit hit) => hit.Marks.Count == 0 ? "" : "#:~:" + string.Join('&', hit.Marks.Select(mark => hit.Snippet[mark])
        .Distinct(StringComparer.OrdinalIgnoreCase).Take(MostPlaces).Select(text => $"text={Uri.EscapeDataString(text).Replace("-", "%2D", StringComparison.Ordinal)}"));

    /// <summary>How long it took, and tokens.</summary>
    private static string Facts(AuditRecord record) => string.Join(" · ", new[]
    {
        record.DurationMs is null ? "" : ReadableDuration.From(record.DurationMs),
        record.PromptTokens is null ? "" : $"{ReadableCount.From(record.PromptTokens)} tokens in",
        record.CompletionTokens is null ? "" : $"{ReadableCount.From(record.CompletionTokens)} out",
    }.Where(fact => fact.Length > 0));

    /// <summary>True where the text around the place has the prompt's beginning: once is enough.</summary>
    private static bool Says(TextHit hit, string prompt) =>
        prompt.TrimEnd('…') is var start && hit.Snippet.Contains(start[..Math.Min(start.Length, Alike)], StringComparison.Ordinal);
}
