using System.CommandLine;
using ProviderRouter.Cli.Completion;

namespace ProviderRouter.Cli.Options;

/// <summary><c>NAME</c>: which provider, of those that there are.</summary>
internal sealed class ProviderNameArgument : Argument<string>
{
    public ProviderNameArgument()
        : base("name")
    {
        Description = "Its name, as provider-cli list shows it.";
        CompletionSources.Add(Completes.Providers);
    }
}
