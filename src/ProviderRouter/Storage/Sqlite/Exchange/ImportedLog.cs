using ProviderRouter.AuditLog;

namespace ProviderRouter.Storage.Sqlite.Exchange;

/// <summary>What an import brought.</summary>
/// <param name="Exchanges">How many requests.</param>
/// <param name="Answers">How many of them have an answer on record.</param>
/// <param name="Sha256">The digest of the file, in hex.</param>
/// <param name="Head">The end of the log's chain afterwards.</param>
public sealed record ImportedLog(long Exchanges, long Answers, string Sha256, ChainHead Head);
