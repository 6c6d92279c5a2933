using ProviderRouter.Settings;

namespace ProviderRouter.Cli.Commands.Config;

/// <summary>One setting as <c>config list --json</c> and <c>config get --json</c> print it.</summary>
/// <param name="Value">What is in effect.</param>
/// <param name="Changed">True when the value differs from the default.</param>
internal sealed record ListedSetting(string Key, string Value, string Default, bool Changed, string Description)
{
    public static ListedSetting Of(Setting setting, RouterSettings settings)
    {
        var value = setting.TextIn(settings);
        return new ListedSetting(setting.Key, value, setting.Default, value != setting.Default, setting.Description);
    }
}
