using ProviderRouter.Providers;
using ProviderRouter.Settings;

namespace ProviderRouter.Cli.Commands.Config;

/// <summary>The settings, found by what people type.</summary>
internal static class KnownSettings
{
    /// <summary>The setting of this key, whatever its case; null, and what to say, when there is none.</summary>
    /// <param name="typed">What stands in the place of a key.</param>
    /// <param name="forActiveProvider">What somebody should type who asks for <c>active_provider</c> here.</param>
    /// <param name="unknown">That there is no such key, what was probably meant, and what to do.</param>
    public static Setting? Find(string typed, string forActiveProvider, out string unknown)
    {
        unknown = IsActiveProvider(typed)
            ? $"{ActiveProvider.SettingKey} has a command of its own: {forActiveProvider}"
            : Unknown(typed);
        return SettingList.Find(typed);
    }

    /// <summary>That there is no such setting, and what was probably meant.</summary>
    public static string Unknown(string typed)
    {
        var meant = Nearest(typed) is { } nearest ? $" Did you mean {nearest}?" : "";
        return $"There is no setting {KeyLike.Quote(typed)}.{meant} See them all: provider-cli config list";
    }

    /// <summary>The nearest key; <c>maxBody</c> alone is near to <c>audit.maxBody</c>.</summary>
    private static string? Nearest(string typed)
    {
        var keys = SettingList.All.Select(setting => setting.Key).ToList();
        return NearestName.To(typed, keys)
            ?? keys.FirstOrDefault(key => key.EndsWith($".{typed}", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsActiveProvider(string typed) =>
        string.Equals(typed.Trim(), ActiveProvider.SettingKey, StringComparison.OrdinalIgnoreCase);
}
