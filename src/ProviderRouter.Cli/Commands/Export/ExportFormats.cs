using System.CommandLine;
using System.CommandLine.Parsing;
using ProviderRouter.AuditLog.Export;

namespace ProviderRouter.Cli.Commands.Export;

/// <summary>The formats by their names.</summary>
internal static class ExportFormats
{
    public const string Jsonl = "jsonl";
    public const string Csv = "csv";
    public const string FineTuning = "openai-finetune";
    public const string Har = "har";

    private static readonly string[] All = [Jsonl, Csv, FineTuning, Har];

    /// <summary>The format of this name.</summary>
    public static IExportFormat Make(string name, bool withBodies) => name switch
    {
        Csv => new CsvFormat(withBodies),
        FineTuning => new FineTuningFormat(),
        Har => new HarFormat(),
        _ => new JsonlFormat(),
    };

    /// <summary><c>--format NAME</c></summary>
    public static Option<string> Option() => new("--format")
    {
        Description = "jsonl: all of it, as import takes it; csv; openai-finetune: chats as examples; har: for the tools of browsers.",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => Jsonl,
        CustomParser = Parse,
    };

    private static string Parse(ArgumentResult result)
    {
        var typed = result.Tokens[0].Value.Trim().ToLowerInvariant();
        if (!All.Contains(typed))
        {
            result.AddError($"--format takes {string.Join(", ", All)}, not {KeyLike.Quote(result.Tokens[0].Value)}.");
        }

        return typed;
    }
}
