using System.Globalization;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>A bar of the waterfall: something that took time.</summary>
/// <param name="Label">What it was.</param>
/// <param name="Detail">How it went, or null.</param>
/// <param name="StartMs">When it began, from the request's arrival.</param>
/// <param name="EndMs">When it ended.</param>
/// <param name="TotalMs">How long all took.</param>
/// <param name="Tone">How it is coloured.</param>
public sealed record TimingStep(string Label, string? Detail, double StartMs, double EndMs, double TotalMs, Tone Tone)
{
    /// <summary>Where the bar begins, as a part of the whole in percent.</summary>
    public string X => Percent(StartMs);

    /// <summary>How wide it is; never so narrow that nobody sees it.</summary>
    public string Width => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0.4, Part(EndMs) - Part(StartMs)):0.##}%");

    /// <summary>The bars of an exchange, each where the one before ended; empty while nothing is known.</summary>
    public static IReadOnlyList<TimingStep> Of(AuditRecord record) => new TimingSteps(record).ToList();

    /// <summary>Milliseconds for this table, which has to tell short steps apart: <c>0.8 ms</c>.</summary>
    public static string Time(double milliseconds) => milliseconds switch
    {
        > 0 and < 0.05 => "<0.1 ms",
        < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.#} ms"),
        _ => ReadableDuration.From(milliseconds),
    };

    private double Part(double milliseconds) => Math.Clamp(milliseconds / TotalMs * 100, 0, 100);

    private string Percent(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(99.6, Part(milliseconds)):0.##}%");
}
