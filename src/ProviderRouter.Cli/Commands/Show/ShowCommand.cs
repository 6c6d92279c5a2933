using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Commands.Status;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Replay;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Show;

/// <summary><c>provider-cli show</c></summary>
internal sealed class ShowCommand : Command
{
    private readonly Argument<string> id = new("id") { Description = "The request's id, or enough of its start; or last." };

    private readonly Option<BodySide?> raw = new("--raw")
    {
        Description = "Print one body alone, byte for byte: request or response; of a stream, its events.",
        HelpName = "SIDE", CustomParser = ParseSide,
    };

    private readonly Option<bool> curl = new("--curl") { Description = "Print a command that sends the request again, through this router." };

    private readonly Option<bool> noPager = new("--no-pager") { Description = "Print all of it at once. Otherwise PAGER shows it, on a terminal." };

    public ShowCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("show", "Show one request and its answer, as a conversation.")
    {
        id.CompletionSources.Add(Completes.Requests);
        raw.CompletionSources.Add(Completes.Words("request", "response"));
        this.AddExamples("last", "last --json | jq .responseBody.usage", "last --raw response > answer.sse", "last --curl | sh");
        Add(id);
        Add(raw);
        Add(curl);
        Add(noPager);
        Add(json);
        SetAction(parse =>
        {
            var (side, asCurl, asJson) = (parse.GetValue(raw), parse.GetValue(curl), parse.GetValue(json));
            if ((side is null ? 0 : 1) + (asCurl ? 1 : 0) + (asJson ? 1 : 0) > 1)
            {
                return terminal.Refuse(["--raw, --curl and --json each print something else: give one of them."]);
            }

            var database = data.OpenMarked(parse);
            using var log = database.OpenLog();
            var typed = parse.GetValue(id)!;
            var name = log.Name(typed);
            // Retention may take it between the two.
            if (name.Id is not { } found || log.Read(found) is not { } record || log.ReadBodies(found, side is null ? int.MaxValue : 0) is not { } bodies)
            {
                return terminal.Fail(name.Problem(typed) ?? $"Retention has just removed {typed}.");
            }

            if (side is { } wanted)
            {
                var body = wanted == BodySide.Request ? BodyName.Request : BodyName.Response;
                return new RawBody(KeptBody.Of(record, bodies, wanted), () => log.OpenBody(found, body)).Write(terminal);
            }

            if (asCurl)
            {
                var folder = parse.GetResult(data) is { Implicit: false } ? data.FolderIn(parse) : null;
                return Write(new CurlText(record, bodies, () => ServerOf(database), folder?.Path), terminal);
            }

            if (asJson)
            {
                terminal.WriteJson(ExchangeReport.Of(record, bodies), ExchangeReport.Json.ExchangeReport);
                return ExitCode.Done;
            }

            using var pager = Pager.Start(terminal, !parse.GetValue(noPager));
            new ExchangeView(record, bodies, time, pager.Terminal).Write();
            return ExitCode.Done;
        });
    }

    private static int Write(CurlText curl, Terminal terminal)
    {
        if (curl.Problem is { } problem)
        {
            return terminal.Fail(problem);
        }

        // Each letter is known to be harmless (PrintableText.IsSafe), and a line that is broken would be no command any more.
        terminal.WriteBytes(Encoding.UTF8.GetBytes(curl.Command + "\n"));
        foreach (var note in curl.Notes)
        {
            terminal.Warn(note);
        }

        return ExitCode.Done;
    }

    private static string ServerOf(SqliteDatabase database) =>
        RunningServer.Ask(database.ServerUrls()) is [var running, ..] ? running.Url : CurlText.UsualServer;

    private static BodySide? ParseSide(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        switch (text.Trim().ToLowerInvariant())
        {
            case "request":
                return BodySide.Request;
            case "response":
                return BodySide.Response;
            default:
                result.AddError($"--raw takes request or response, not {KeyLike.Quote(text)}.");
                return null;
        }
    }
}
