using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Gateway.Dashboard.Wording;

/// <summary>The model of an exchange, as people say it.</summary>
internal static class ModelWords
{
    /// <summary>What was asked for, and, where that is another, what says it answered; null where neither is known.</summary>
    public static string? Of(AuditRecord record) => record.ResponseModel is null || record.ResponseModel == record.Model ? record.Model
        : record.Model is null ? record.ResponseModel : $"{record.Model} → {record.ResponseModel}";
}
