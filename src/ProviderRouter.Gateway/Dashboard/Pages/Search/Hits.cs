using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Text;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Search;

/// <summary>Puts hits into words.</summary>
internal static class Hits
{
    /// <summary>The hit of an exchange that was found by its texts.</summary>
    public static HitModel Of(FoundRecord found, bool isCounted, TimeProvider time)
    {
        var (record, hit) = (ShortText.Of(found.Record), found.Hit!);
        return new(
            record, Badge.Of(record), Moment.Of(record.CreatedAt, time), [.. hit.Pieces.Where(piece => piece.Text.Length > 0)],
            isCounted && hit.Count > 1 ? hit.Count < TextSearch.MostCounted ? $"{hit.Count} times in it" : $"{hit.Count} times and more in it" : null,
            $"/ui/exchanges/{Uri.EscapeDataString(record.RequestId)}{PlaceOf(hit)}");
    }

    /// <summary>
    /// The first mark, as browsers find a text on a page (https://wicg.github.io/scroll-to-text-fragment/); others stay at its beginning.
    /// </summary>
    private static string PlaceOf(TextHit hit) =>
        hit.Marks.Count == 0 ? "" : $"#:~:text={Uri.EscapeDataString(hit.Snippet[hit.Marks[0]]).Replace("-", "%2D", StringComparison.Ordinal)}";
}
