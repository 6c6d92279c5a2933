using System.CommandLine;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Upstream;

namespace ProviderRouter.Cli.Commands;

/// <summary><c>provider-cli test [NAME]</c></summary>
internal sealed class TestCommand : Command
{
    /// <summary>How many models are named; <c>--json</c> names them all.</summary>
    private const int NamedModels = 5;

    private readonly Argument<string?> name = new("provider")
    {
        Description = "The provider to ask. Default: the active one.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly TimeoutOption timeout = new();

    public TestCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal, TimeProvider time)
        : base("test", "Ask a provider for its models, to see whether it works.")
    {
        Add(name);
        Add(timeout);
        Add(json);
        SetAction(async (parse, cancellation) =>
        {
            var database = data.Open(parse);
            if (Find(database, parse.GetValue(name), environment, out var unknown) is not { } provider)
            {
                return terminal.Fail(unknown);
            }

            using var client = new HttpMessageInvoker(UpstreamConnection.CreateHandler());
            try
            {
                var answer = new ProviderProbe(client, environment, database.Vault, time).ProbeAsync(provider, timeout.In(parse), cancellation);
                var result = await terminal.WaitFor(answer, $"Asking {provider.Name} at {provider.BaseUrl} …");
                return Report(terminal, result, parse.GetValue(json));
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
        });
    }

    private static Provider? Find(SqliteDatabase database, string? typed, RouterEnvironment environment, out string unknown)
    {
        using var store = database.OpenProviders();
        var known = new KnownProviders(store.List());
        var wanted = typed ?? ActiveChoice.Read(store, environment).Active.Name;
        unknown = known.Unknown(wanted) + (typed is null ? " It is the active one; choose another: provider-cli set NAME" : "");
        return known.Find(wanted);
    }

    private static int Report(Terminal terminal, ProbeResult result, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(result, CliJson.Readable.ProbeResult);
        }

        if (!result.Healthy)
        {
            return terminal.Fail(result.Error!);
        }

        if (!asJson)
        {
            Show(terminal, result);
        }

        return ExitCode.Done;
    }

    private static void Show(Terminal terminal, ProbeResult result)
    {
        var count = result.Models.Count;
        var models = count switch { 0 => "no model", 1 => "1 model", _ => $"{count} models" };
        terminal.WriteLine(
            new Phrase($"✓ {result.Provider}", Tone.Good), $" is healthy: {models} in {ReadableDuration.From(result.LatencyMs)}");
        foreach (var model in result.Models.Take(NamedModels))
        {
            terminal.WriteLine("  ", model);
        }

        if (count > NamedModels)
        {
            terminal.WriteLine(
                new Phrase($"  and {count - NamedModels} more: provider-cli test {result.Provider} --json", Tone.Faint));
        }
    }
}
