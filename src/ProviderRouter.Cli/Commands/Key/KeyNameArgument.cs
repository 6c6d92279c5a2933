using System.CommandLine;

namespace ProviderRouter.Cli.Commands.Key;

/// <summary><c>NAME</c> of a key.</summary>
internal sealed class KeyNameArgument : Argument<string>
{
    public KeyNameArgument()
        : base("name") => Description = "What it is called; the log says it in the key's place.";
}
