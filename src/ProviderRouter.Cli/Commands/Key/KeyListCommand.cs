using System.CommandLine;
using ProviderRouter.Access;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Key;

/// <summary><c>provider-cli key list</c></summary>
internal sealed class KeyListCommand : Command
{
    public KeyListCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("list", "List the keys, those that were revoked too; never the keys themselves.")
    {
        Aliases.Add("ls");
        Add(json);
        this.AddExamples("", "--json");
        SetAction(parse =>
        {
            using var keys = data.Open(parse).OpenClientKeys();
            var now = time.GetUtcNow();
            var listed = keys.List();
            if (parse.GetValue(json))
            {
                terminal.WriteJson([.. listed.Select(key => ListedKey.Of(key, now))], CliJson.Readable.IReadOnlyListListedKey);
            }
            else if (listed.Count > 0 || !terminal.IsTerminal)
            {
                terminal.Write(Table(listed, now, terminal.IsTerminal ? moment => ReadableTime.From(moment, time) : ReadableTime.Utc));
            }
            else
            {
                terminal.Note("There are no keys. Make one: provider-cli key create NAME");
            }

            return ExitCode.Done;
        });
    }

    private static FittedTable Table(IReadOnlyList<ClientKey> keys, DateTimeOffset now, Func<DateTimeOffset, string> format)
    {
        var table = new FittedTable(
            new Column("NAME", MinWidth: 8), new Column("KIND"), new Column("STATE"), new Column("CREATED", LeavesAt: 0), new Column("EXPIRES", LeavesAt: 1));
        foreach (var key in keys)
        {
            var state = key.StateAt(now);
            var tone = state == ClientKeyState.Valid ? Tone.Good : Tone.Faint;
            table.Add([
                new Phrase(key.Name, tone), key.Kind.Word(), new Phrase(state.Word(), tone), new Phrase(format(key.CreatedAt), Tone.Faint),
                key.ExpiresAt is { } end ? format(end) : "-"]);
        }

        return table;
    }
}

/// <summary>One key as <c>key list --json</c> prints it; times in UTC.</summary>
/// <param name="Kind"><c>client</c> or <c>admin</c>.</param>
/// <param name="State"><c>valid</c>, <c>expired</c> or <c>revoked</c>.</param>
internal sealed record ListedKey(string Name, string Kind, string State, DateTime CreatedAt, DateTime? ExpiresAt, DateTime? RevokedAt)
{
    public static ListedKey Of(ClientKey key, DateTimeOffset now) => new(
        key.Name, key.Kind.Word(), key.StateAt(now).Word(), key.CreatedAt.UtcDateTime, key.ExpiresAt?.UtcDateTime, key.RevokedAt?.UtcDateTime);
}
