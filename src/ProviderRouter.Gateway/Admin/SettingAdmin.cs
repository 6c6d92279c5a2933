using ProviderRouter.Settings;

namespace ProviderRouter.Gateway.Admin;

/// <summary>The settings in the database.</summary>
internal static class SettingAdmin
{
    public static AdminAnswer List(AdminRequest request)
    {
        using var store = request.Database.OpenSettings();
        var settings = store.Read().Settings;
        return AdminAnswer.Of(
            [.. SettingList.All.Select(setting => SettingView.Of(setting, settings, store.Get(setting.Key)))],
            AdminJson.Default.IReadOnlyListSettingView);
    }

    public static AdminAnswer Get(AdminRequest request) => SettingList.Find(request.Name) is { } setting ? View(request, setting) : Unknown(request);

    public static AdminAnswer Set(AdminRequest request)
    {
        if (SettingList.Find(request.Name) is not { } setting)
        {
            return Unknown(request);
        }

        var text = request.Input.Text("value");
        if (text is null)
        {
            request.Input.Refuse("value must be the text of what it shall be.");
        }
        else if (setting.Normalise(text) is null)
        {
            request.Input.Refuse(setting.Refusal(text));
        }
        else if (setting.ProblemHere(text) is { } problem)
        {
            request.Input.Refuse(problem);
        }

        if (request.Input.Problems.Count > 0)
        {
            return AdminAnswer.Invalid(request.Input.Problems);
        }

        using (var store = request.Database.OpenSettings())
        {
            store.Set(setting.Key, setting.Normalise(text!)!);
        }

        return View(request, setting);
    }

    public static AdminAnswer Reset(AdminRequest request)
    {
        if (SettingList.Find(request.Name) is not { } setting)
        {
            return Unknown(request);
        }

        using (var store = request.Database.OpenSettings())
        {
            store.Remove(setting.Key);
        }

        return View(request, setting);
    }

    private static AdminAnswer View(AdminRequest request, Setting setting)
    {
        using var store = request.Database.OpenSettings();
        return AdminAnswer.Of(SettingView.Of(setting, store.Read().Settings, store.Get(setting.Key)), AdminJson.Default.SettingView);
    }

    private static AdminAnswer Unknown(AdminRequest request) =>
        AdminAnswer.NotFound($"There is no setting {KeyLike.Quote(request.Name)}. See GET /admin/api/settings.");
}
