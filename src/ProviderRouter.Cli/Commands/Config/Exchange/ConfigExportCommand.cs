using System.CommandLine;
using System.Text.Json;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Config.Exchange;

/// <summary><c>provider-cli config export [FILE]</c></summary>
internal sealed class ConfigExportCommand : Command
{
    private readonly Argument<string?> file = new("file")
    {
        Description = "A file that is not there yet. Default: stdout.",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { Completes.Files },
    };

    public ConfigExportCommand(DataOption data, JsonOption json, Terminal terminal)
        : base("export", "Write the settings, the providers and who is active as JSON: all but the keys.")
    {
        Add(file);
        Add(json);
        this.AddExamples("router.json", "> router.json");
        SetAction(parse =>
        {
            using var store = data.Open(parse).OpenConfiguration();
            var (document, problems) = store.Providers.InSnapshot(() => Read(store));
            if (parse.GetValue(file) is not { } path)
            {
                terminal.WriteJson(document, CliJson.Readable.ConfigDocument);
            }
            else if (Write(path, document) is { } problem)
            {
                return terminal.Fail(problem);
            }
            else if (parse.GetValue(json))
            {
                terminal.WriteJson(new ExportReport(Path.GetFullPath(path), document.Providers.Count), CliJson.Readable.ExportReport);
            }
            else
            {
                terminal.WriteLine($"{document.Providers.Count} providers and all settings are in ", new Phrase(path, Tone.Good));
            }

            Warn(terminal, document, problems);
            return ExitCode.Done;
        });
    }

    private static void Warn(Terminal terminal, ConfigDocument document, IReadOnlyList<string> problems)
    {
        foreach (var problem in problems)
        {
            terminal.Warn(problem);
        }

        if (document.Providers.Where(provider => provider.KeySource == "stored").Select(provider => provider.Name).ToList() is { Count: > 0 } stored)
        {
            terminal.Note($"Keys are not in it. Elsewhere, these are to be stored anew: {string.Join(", ", stored)}");
        }
    }

    private static (ConfigDocument Document, IReadOnlyList<string> Problems) Read(ConfigurationStore store)
    {
        var (settings, problems) = store.Settings.Read();
        var active = store.Providers.FindActive().Name;
        return (
            new ConfigDocument(
                ConfigDocument.FormatName, ConfigDocument.LatestVersion, active, active is null ? [] : store.Providers.ReadFallbacks(),
                SettingList.All.ToDictionary(setting => setting.Key, setting => setting.TextIn(settings), StringComparer.Ordinal),
                [.. store.Providers.List().Select(ConfigProvider.Of)]),
            problems);
    }

    /// <summary>Writes it for its owner alone; null, or why it could not be written.</summary>
    private static string? Write(string path, ConfigDocument document)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(path, options);
            JsonSerializer.Serialize(stream, document, CliJson.Readable.ConfigDocument);
            stream.WriteByte((byte)'\n');
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return File.Exists(path) ? $"{path} is there already. Name another file."
                : $"{InputFile.Name(path)} cannot be written: {error.Message.TrimEnd('.')}.";
        }
    }
}

/// <summary>What <c>config export FILE --json</c> prints.</summary>
internal sealed record ExportReport(string File, int Providers);
