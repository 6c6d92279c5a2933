using ProviderRouter.Gateway.Dashboard.Forms;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Settings;

/// <summary>All settings, and the keys of clients.</summary>
public sealed record SettingsModel(PageFrame Frame, IReadOnlyList<SettingGroup> Groups, KeysModel Keys);

/// <summary>Settings that belong together.</summary>
/// <param name="Id">Its place on the page.</param>
/// <param name="Heading">What they are about.</param>
/// <param name="Words">The same in a sentence.</param>
/// <param name="Settings">The settings.</param>
public sealed record SettingGroup(string Id, string Heading, string Words, IReadOnlyList<SettingRow> Settings);

/// <summary>One setting.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Field">Its field, with what is in effect or what was typed.</param>
/// <param name="Source">Where the value comes from that is in effect.</param>
/// <param name="IsStored">True when it can go back to its default.</param>
/// <param name="StoredProblem">That something else is stored, which is not allowed; or null.</param>
public sealed record SettingRow(string Key, FormField Field, string Source, bool IsStored, string? StoredProblem);

/// <summary>The keys of clients.</summary>
/// <param name="Listed">Those that are not revoked.</param>
/// <param name="Revoked">Those that are.</param>
/// <param name="Words">Who needs one.</param>
/// <param name="Fields">The fields of the form that makes one.</param>
public sealed record KeysModel(IReadOnlyList<KeyRow> Listed, IReadOnlyList<KeyRow> Revoked, string Words, IReadOnlyList<FormField> Fields);

/// <summary>One key; never the key itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Opens">What it opens, in words.</param>
/// <param name="Badge">Whether it does.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Ends">When it ends, or was revoked; null where neither is known.</param>
/// <param name="LastUsed">When the last request of thirty days came in that showed it; null without any.</param>
/// <param name="Requests">How many did.</param>
public sealed record KeyRow(string Name, string Opens, Badge Badge, Moment Created, Moment? Ends, Moment? LastUsed, long Requests);

/// <summary>A key that was just made, which no other page shows.</summary>
public sealed record NewKeyModel(PageFrame Frame, string Name, string Key, string Opens, string Usage);
