using System.CommandLine;

namespace ProviderRouter.Cli.Options;

/// <summary><c>--json</c>: one JSON document on standard output in place of text for people.</summary>
internal sealed class JsonOption : Option<bool>
{
    public JsonOption()
        : base("--json") => Description = "Print JSON, for scripts.";
}
