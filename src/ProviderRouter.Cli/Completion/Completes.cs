using System.CommandLine.Completions;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Options;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite.Glance;

namespace ProviderRouter.Cli.Completion;

/// <summary>
/// What a shell is offered in the place of an option's or an argument's value: <c>option.CompletionSources.Add(Completes.Providers)</c>.
/// The database of the <c>--data</c> on the line is asked, and nothing is offered where there is none.
/// </summary>
internal static class Completes
{
    /// <summary>The kind of an item that stands for the names of files, which the shell itself completes.</summary>
    public const string FileKind = "files";

    /// <summary>The same, of folders.</summary>
    public const string FolderKind = "folders";

    private const int LatestRequests = 20;

    /// <summary>Providers, with their addresses.</summary>
    public static IEnumerable<CompletionItem> Providers(CompletionContext context) => Glance(context)?.Providers().Select(provider => Item(
        provider.Name, $"{provider.BaseUrl}{(provider.Active ? ", active" : "")}{(provider.Enabled ? "" : ", disabled")}")) ?? [];

    /// <summary>Names of providers with commas between.</summary>
    public static IEnumerable<CompletionItem> ProviderLists(CompletionContext context)
    {
        var named = context.WordToComplete[..(context.WordToComplete.LastIndexOf(',') + 1)];
        return Providers(context).Where(provider => !named.Split(',').Contains(provider.Label, StringComparer.Ordinal))
            .Select(provider => Item(named + provider.Label, provider.Detail));
    }

    /// <summary>Keys of clients, by their names.</summary>
    public static IEnumerable<CompletionItem> Keys(CompletionContext context) => Glance(context)?.Keys().Select(name => Item(name)) ?? [];

    /// <summary>Models that were asked for of late, and those that providers name.</summary>
    public static IEnumerable<CompletionItem> Models(CompletionContext context) => Recorded(Glance(context)?.Models());

    /// <summary>Paths that were asked for of late.</summary>
    public static IEnumerable<CompletionItem> Endpoints(CompletionContext context) => Recorded(Glance(context)?.Endpoints());

    /// <summary>The latest requests by their ids, and <c>last</c>.</summary>
    public static IEnumerable<CompletionItem> Requests(CompletionContext context)
    {
        if (Data(context) is not { } data || Glance(context)?.Requests(LatestRequests) is not { Count: > 0 } requests)
        {
            return [];
        }

        return requests.Select(request => Item(request.RequestId, data.Describe(request))).Prepend(Item(RecordName.Last, "the latest request"));
    }

    /// <summary>How exchanges end.</summary>
    public static IEnumerable<CompletionItem> Outcomes(CompletionContext context) =>
        Enum.GetValues<Outcome>().Select(outcome => Item(outcome.Name())).Concat([Item(ExchangeFilter.Failed, "all but ok"), Item(ExchangeFilter.Open, "no answer yet")]);

    /// <summary>Settings by their keys.</summary>
    public static IEnumerable<CompletionItem> Settings(CompletionContext context) =>
        SettingList.All.Select(setting => Item(setting.Key, setting.Description));

    /// <summary>Names of files.</summary>
    public static IEnumerable<CompletionItem> Files(CompletionContext context) => [new("", FileKind)];

    /// <summary>Names of folders.</summary>
    public static IEnumerable<CompletionItem> Folders(CompletionContext context) => [new("", FolderKind)];

    /// <summary>These words.</summary>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> Words(params string[] words) => _ => words.Select(word => Item(word));

    /// <summary>A candidate.</summary>
    /// <param name="value">What is put on the line.</param>
    /// <param name="description">What shells show beside it that can.</param>
    public static CompletionItem Item(string value, string? description = null) => new(value, detail: description);

    // What clients sent must not become an option.
    private static IEnumerable<CompletionItem> Recorded(IEnumerable<string>? values) =>
        (values ?? []).Where(value => !value.StartsWith('-')).Select(value => Item(value));

    // Help asks, too, what can be completed, and there is no line then.
    private static DataOption? Data(CompletionContext context) =>
        context.ParseResult.RootCommandResult.Command.Options.OfType<DataOption>().SingleOrDefault();

    private static DatabaseGlance? Glance(CompletionContext context) => Data(context)?.GlanceAt(context.ParseResult);
}
