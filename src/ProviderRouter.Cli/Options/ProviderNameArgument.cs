using System.CommandLine;

namespace ProviderRouter.Cli.Options;

/// <summary><c>NAME</c>: which provider.</summary>
internal sealed class ProviderNameArgument : Argument<string>
{
    public ProviderNameArgument(string description = "Its name, as provider-cli list shows it.")
        : base("name") => Description = description;
}
