using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Backup;

/// <summary>Says what was copied.</summary>
internal static class BackupSummary
{
    public static void Say(Terminal terminal, BackupReport report, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(report, CliJson.Readable.BackupReport);
        }
        else
        {
            var facts = new FactSheet();
            facts.Add("Copy", new Phrase(report.File, Tone.Good));
            facts.Add("Size", ReadableSize.From(report.Bytes));
            facts.Add("Log", report.Verified ? new Phrase($"intact, {report.Requests:#,0} requests", Tone.Good) : new Phrase("not checked", Tone.Warning));
            facts.Add("Head", report.Head);
            terminal.Write(facts);
        }

        if (report.Secret is { } secret)
        {
            terminal.Note($"The providers' keys in it are encrypted. To use them elsewhere, {secret} is needed, too; it was not copied. Keep it apart.");
        }
    }
}

/// <summary>What <c>backup --json</c> prints.</summary>
/// <param name="Verified">True when the copy was checked; it is intact then.</param>
/// <param name="Requests">On record in it; null when it was not checked.</param>
/// <param name="Head">The head of the log's chain in it.</param>
/// <param name="Secret">The file that decrypts the providers' keys in it, which is not in it; null when no key is stored.</param>
internal sealed record BackupReport(string File, long Bytes, bool Verified, long? Requests, string Head, string? Secret);
