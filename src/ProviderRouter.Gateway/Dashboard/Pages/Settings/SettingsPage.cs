using Microsoft.AspNetCore.Http;
using ProviderRouter.AuditLog;
using ProviderRouter.Gateway.Dashboard.Forms;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Settings;

/// <summary>The settings, each with a form of its own.</summary>
internal sealed class SettingsPage(SqliteDatabase database, KeyRows keys)
{
    public const string Path = "/ui/settings";

    /// <summary>Of a larger log it is not worked out what would go, as that takes long.</summary>
    private const long ManyRequests = 100_000;

    /// <summary>The page.</summary>
    public Task<UiAnswer> ShowAsync(UiRequest request) => ShowAsync(request, StatusCodes.Status200OK, KeyRows.Fields());

    /// <summary>The same, with what was typed and is wrong.</summary>
    public async Task<UiAnswer> ShowAsync(
        UiRequest request, int status, IReadOnlyList<FormField> newKey, string? typedKey = null, string? typed = null, string? problem = null)
    {
        var listed = await keys.ModelAsync(newKey, request.Left);
        using var store = database.OpenSettings();
        var settings = store.Read().Settings;
        return UiAnswer.Page(
            SettingsSlice.Create(new(
                request.Frame("Settings", Place.Settings),
                [.. SettingGroups.All.Select(group => new SettingGroup(group.Prefix.TrimEnd('.'), group.Heading, group.Words, [.. SettingList.All.Where(setting => setting.Key.StartsWith(group.Prefix, StringComparison.Ordinal))
                    .Select(setting => SettingGroups.RowOf(setting, settings, store.Get(setting.Key), setting.Key == typedKey ? typed : null, setting.Key == typedKey ? problem : null))]))],
                listed)),
            status);
    }

    /// <summary>Changes one. Where that would remove something from the log, it asks once.</summary>
    public async Task<UiAnswer> SetAsync(UiRequest request)
    {
        if (SettingList.Find(request.Names[0]) is not { } setting)
        {
            return Unknown(request);
        }

        var typed = request.Form["value"].ToString().Trim();
        if (setting.Normalise(typed) is not { } value)
        {
            return await WrongAsync(setting.Refusal(typed));
        }

        if (setting.ProblemHere(typed) is { } problem)
        {
            return await WrongAsync(problem);
        }

        using var store = database.OpenSettings();
        if (setting.Key.StartsWith("retention.", StringComparison.Ordinal) && request.Field("confirmed") is null
            && Going(store.ReadWith(setting.Key, value).Retention, request.Left) is { } going)
        {
            return UiAnswer.Page(AskOnceSlice.Create(new(
                request.Frame($"Set {SettingGroups.NameOf(setting)} to {value}?", Place.Settings), [going, "What is removed from the log cannot be brought back; a trace of its removal stays."],
                PathOf(setting), "Set it, and remove that", Path) { Fields = [("value", value), ("confirmed", "yes")] }));
        }

        store.Set(setting.Key, value);
        return UiAnswer.SeeOther($"{Path}#{setting.Key}", $"{SettingGroups.NameOf(setting)} is {(value.Length == 0 ? "empty" : value)} from the next request on.");

        Task<UiAnswer> WrongAsync(string why) => ShowAsync(request, StatusCodes.Status400BadRequest, KeyRows.Fields(), setting.Key, KeyLike.IsIn(typed) ? "" : typed, why);
    }

    /// <summary>Brings one back to its default.</summary>
    public UiAnswer Reset(UiRequest request)
    {
        if (SettingList.Find(request.Names[0]) is not { } setting)
        {
            return Unknown(request);
        }

        using var store = database.OpenSettings();
        store.Remove(setting.Key);
        return UiAnswer.SeeOther($"{Path}#{setting.Key}", $"{SettingGroups.NameOf(setting)} is at its default{(setting.Default.Length == 0 ? "" : $", {setting.Default},")} from the next request on.");
    }

    /// <summary>Where a setting's form is sent.</summary>
    public static string PathOf(Setting setting) => $"{Path}/{setting.Key}";

    /// <summary>What the server would remove, in words; null when that is nothing.</summary>
    private string? Going(RetentionSettings retention, CancellationToken left)
    {
        if (retention == new RetentionSettings())
        {
            return null;
        }

        using (var log = database.OpenLog())
        {
            if (log.Count() > ManyRequests)
            {
                return "The server begins to remove what is older or more than that within a minute. The log is large: how much that is, provider-cli prune --dry-run works out.";
            }
        }

        var report = database.PruneDryRun(retention, left);
        return report.Records + report.Bodies == 0 ? null
            : $"The server removes {Count(report.Records, "request")} and the bodies of {Count(report.Bodies, "other")}, about {ReadableSize.From(Math.Max(0, report.BytesBefore - report.BytesAfter))}, within a minute.";
    }

    private static string Count(long count, string what) => count == 1 ? $"1 {what}" : $"{count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} {what}s";

    private static UiAnswer Unknown(UiRequest request) => UiAnswer.Problem(
        request, StatusCodes.Status404NotFound, "There is no such setting", $"{KeyLike.Quote(request.Names[0])} is none. Nothing was changed.");
}
