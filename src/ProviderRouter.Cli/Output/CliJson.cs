using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProviderRouter.Cli.Commands;
using ProviderRouter.Cli.Commands.Backup;
using ProviderRouter.Cli.Commands.Compare;
using ProviderRouter.Cli.Commands.Config.Exchange;
using ProviderRouter.Cli.Commands.Config;
using ProviderRouter.Cli.Commands.Db;
using ProviderRouter.Cli.Commands.Export;
using ProviderRouter.Cli.Commands.History;
using ProviderRouter.Cli.Commands.Import;
using ProviderRouter.Cli.Commands.Key;
using ProviderRouter.Cli.Commands.Probing;
using ProviderRouter.Cli.Commands.Providers;
using ProviderRouter.Cli.Commands.Prune;
using ProviderRouter.Cli.Commands.Replay;
using ProviderRouter.Cli.Commands.Show;
using ProviderRouter.Cli.Commands.Stats;
using ProviderRouter.Cli.Commands.Status;
using ProviderRouter.Upstream;

namespace ProviderRouter.Cli.Output;

/// <summary>The JSON that commands print: camelCase, indented, with letters of every script as they are.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(SetReport))]
[JsonSerializable(typeof(IReadOnlyList<ListedProvider>))]
[JsonSerializable(typeof(ProviderReport))]
[JsonSerializable(typeof(RemoveReport))]
[JsonSerializable(typeof(ProbeResult))]
[JsonSerializable(typeof(IReadOnlyList<ProbeResult>))]
[JsonSerializable(typeof(IReadOnlyList<ListedModel>))]
[JsonSerializable(typeof(IReadOnlyList<HistoryRow>))]
[JsonSerializable(typeof(ExchangeReport))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(StatsDocument))]
[JsonSerializable(typeof(IReadOnlyList<ListedSetting>))]
[JsonSerializable(typeof(SettingChange))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(ConfigDocument))]
[JsonSerializable(typeof(ConfigImportReport))]
[JsonSerializable(typeof(ExportReport))]
[JsonSerializable(typeof(VerifyResult))]
[JsonSerializable(typeof(HeadResult))]
[JsonSerializable(typeof(PruneResult))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(MadeKey))]
[JsonSerializable(typeof(IReadOnlyList<ListedKey>))]
[JsonSerializable(typeof(RevokedKey))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(TwoAnswersReport))]
[JsonSerializable(typeof(ProvidersReport))]
[JsonSerializable(typeof(ExportState))]
[JsonSerializable(typeof(LogExportReport))]
[JsonSerializable(typeof(LogImportReport))]
[JsonSerializable(typeof(BackupReport))]
[JsonSerializable(typeof(DatabasePath))]
[JsonSerializable(typeof(DatabaseStatus))]
[JsonSerializable(typeof(IndexReport))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>One document.</summary>
    public static readonly CliJson Readable = new(With(isIndented: true));

    /// <summary>One value a line.</summary>
    public static readonly CliJson Compact = new(With(isIndented: false));

    private static JsonSerializerOptions With(bool isIndented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = isIndented,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
