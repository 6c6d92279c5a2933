namespace ProviderRouter.Cli.Commands.Config.Exchange;

/// <summary>What <c>config import --json</c> prints.</summary>
/// <param name="Settings">The keys of those that change.</param>
/// <param name="ActiveProvider">Null: it stays who it is.</param>
/// <param name="KeysToStore">The providers whose key was stored where the document was written, and that have none here.</param>
internal sealed record ConfigImportReport(
    bool DryRun, IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Settings, string? ActiveProvider,
    IReadOnlyList<string> Fallbacks, IReadOnlyList<string> KeysToStore);
