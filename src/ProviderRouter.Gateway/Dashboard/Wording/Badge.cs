using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Gateway.Dashboard.Wording;

/// <summary>A word or two with a colour and a sign before them.</summary>
public sealed record Badge(Tone Tone, string Words)
{
    /// <summary>How an exchange ended.</summary>
    public static Badge Of(AuditRecord record) => new(OutcomeWords.ToneOf(record.Outcome), OutcomeWords.Short(record.Outcome));
}
