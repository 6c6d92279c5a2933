using System.Globalization;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Db;

/// <summary>What is in the database, as people read it.</summary>
internal sealed class DbStatusFacts(DatabaseStatus status, TimeProvider time)
{
    public void Show(Terminal terminal)
    {
        var facts = new FactSheet();
        facts.Add("Database", status.Path);
        facts.Add("Schema", $"{status.SchemaVersion}, journal {status.JournalMode}");
        facts.Add("File", $"{ReadableSize.From(status.Files.Database)}{Beside("-wal", status.Files.Wal)}{Beside("index", status.Files.Index)}{Beside("spool", status.Files.Spool)}{Beside("secret", status.Files.Secret)}");
        facts.Add("Free in it", ReadableSize.From(status.FreeBytes));
        facts.Add("Requests", $"{status.Requests:#,0}{Size(status.Parts.Requests)}");
        facts.Add("Answers", $"{status.Answers:#,0}{Size(status.Parts.Answers)}");
        facts.Add("Events", $"{status.Events:#,0}{Size(status.Parts.Events)}");
        facts.Add("Bodies in rows", About(status.Parts.Bodies));
        facts.Add("Pieces of bodies", $"{status.Pieces:#,0}{Size(status.Parts.Pieces)}");
        facts.Add("Event streams", About(status.Parts.EventStreams));
        facts.Add("Indexes and rest", About(status.Parts.Rest));
        facts.Add("Oldest request", Moment(status.OldestRequest));
        facts.Add("Newest request", Moment(status.NewestRequest));
        facts.Add(status.Prune.BySettings ? "Due by settings" : "For example", status.Prune.FreedBytes is { } freed
            ? $"{status.Prune.Records:#,0} records and {status.Prune.Bodies:#,0} bodies can go, about {ReadableSize.From(freed)}" : "--full works out what can go");
        terminal.Write(facts);
        terminal.WriteLine("Next: ", new Phrase(status.Prune.Command + (status.Prune.FreedBytes is null ? " --dry-run" : ""), Tone.Strong));
    }

    private static string Beside(string what, long bytes) => bytes > 0 ? $", {what} {ReadableSize.From(bytes)}" : "";

    private string Size(long bytes) => $", {About(bytes)}";

    private string About(long bytes) => (status.Full ? "" : "about ") + ReadableSize.From(bytes);

    private string Moment(string? utc) =>
        utc is null ? "-" : ReadableTime.From(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), time);
}
