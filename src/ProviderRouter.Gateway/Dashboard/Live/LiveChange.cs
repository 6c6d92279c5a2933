using System.Text.Json;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>An exchange that came in or ended. Its JSON is made once, for all who are shown it.</summary>
/// <param name="record">As it stands now.</param>
/// <param name="wasOpen">As it stood while it was open, where it came in earlier and that is known.</param>
/// <param name="isNew">True where it came in since the last look.</param>
/// <param name="prompt">The start of what the user said last, or null.</param>
internal sealed class LiveChange(AuditRecord record, AuditRecord? wasOpen, bool isNew, string? prompt)
{
    private byte[]? json;

    /// <summary>As it stands now.</summary>
    public AuditRecord Record => record;

    /// <summary>The row in JSON.</summary>
    public ReadOnlySpan<byte> Json => json ??= JsonSerializer.SerializeToUtf8Bytes(LiveRow.Of(ShortText.Of(record), prompt), LiveJson.Default.LiveRow);

    /// <summary>True where somebody with this filter may have been shown it before.</summary>
    public bool MayBeShownTo(ExchangeFilter filter) => !isNew && (wasOpen is null || filter.Matches(wasOpen));
}
