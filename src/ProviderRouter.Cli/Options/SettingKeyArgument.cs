using System.CommandLine;
using ProviderRouter.Cli.Completion;

namespace ProviderRouter.Cli.Options;

/// <summary><c>KEY</c>: which setting; a shell can complete it.</summary>
internal sealed class SettingKeyArgument : Argument<string>
{
    public SettingKeyArgument()
        : base("key")
    {
        Description = "Its key, as provider-cli config list shows it.";
        // Else help shows what can be completed, which is all of them.
        HelpName = "key";
        CompletionSources.Add(Completes.Settings);
    }
}
