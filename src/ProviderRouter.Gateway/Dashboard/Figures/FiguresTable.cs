using System.Globalization;
using ProviderRouter.AuditLog.Questions.Stats;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Figures;

/// <summary>Figures of groups, a row each.</summary>
/// <param name="Caption">What the table shows.</param>
/// <param name="Heading">What the groups have in common.</param>
/// <param name="Groups">The groups in order.</param>
/// <param name="Link">The address of a group's exchanges; null where there is none.</param>
public sealed record FiguresTable(string Caption, string Heading, IReadOnlyList<StatsFigures> Groups, Func<StatsFigures, string?> Link)
{
    /// <summary>What has a longer name has no link.</summary>
    public const int LongestLink = 500;

    /// <summary>The address of those of a group that failed; null where there is none.</summary>
    public Func<StatsFigures, string?> Failures { get; init; } = _ => null;

    /// <summary>What groups that are hours are called; null where they are something else.</summary>
    public HourNames? Hours { get; init; }

    /// <summary>What the group is called that has no name.</summary>
    public string Unknown { get; init; } = "–";

    /// <summary>What a group is called.</summary>
    public string Name(StatsFigures group) => group.Key is not { } key ? Unknown : Hours?.Of(key) ?? ShortText.Of(key);

    /// <summary>How many there are of the largest group, for bars.</summary>
    public long Most { get; } = Groups.Select(group => group.Count).DefaultIfEmpty(1).Max();

    /// <summary>How long a bar is, of 100.</summary>
    public string Share(StatsFigures group) => (100.0 * group.Count / Most).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A duration; a dash without one.</summary>
    public static string Time(double? milliseconds) => milliseconds is null ? "–" : ReadableDuration.From(milliseconds);

    /// <summary>A sum of tokens; a dash where no request came with any.</summary>
    public static string Tokens(StatsFigures group, long sum) => group.WithTokens == 0 ? "–" : ReadableCount.From(sum);

    /// <summary>How many of a group's requests failed, and which part of it that is.</summary>
    public static string Rate(StatsFigures group) =>
        group.Errors == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{group.Errors} ({100.0 * group.Errors / group.Count:0.0} %)");
}
