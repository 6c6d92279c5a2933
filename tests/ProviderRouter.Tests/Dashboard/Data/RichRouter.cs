using ProviderRouter.Tests.Dashboard.Data;

[assembly: AssemblyFixture(typeof(RichRouter))]

namespace ProviderRouter.Tests.Dashboard.Data;

/// <summary>One router for all tests of the run that only look: a month of work, every kind of talk, providers in every state. Started by the first.</summary>
public sealed class RichRouter : IAsyncDisposable
{
    private const string LongNote = "The machine under the stairs; it is slow in the morning, when the backup runs. 楼梯下的机器 🖥️ " + "https://example.com/a/very/long/address/without/a/place/to/break/it/at/all";

    private readonly Lazy<Task<RichLog>> made = new(MakeAsync);

    internal Task<RichLog> Made => made.Value;

    private static async Task<RichLog> MakeAsync()
    {
        var setup = await Setup.StartAsync();
        var log = new WrittenLog(setup.Folder);
        var ids = log.Write([.. Talks.All, .. WorkingMonth.Of(900)]);
        string[][] commands =
        [
            ["provider", "add", "openai", "--preset", "openai", "--base-url", setup.Proxy.BaseUrl, "--no-key", "--alias", "fast=gpt-4o-mini", "--header", "x-title: my router", "--note", LongNote],
            ["provider", "add", new string('n', 64), "--base-url", $"http://127.0.0.1:9/v1/{new string('p', 150)}", "--no-key"],
            ["provider", "add", "off", "--base-url", "http://127.0.0.1:9/v1", "--no-key"],
            ["provider", "disable", "off"],
            ["set", "lm-studio", "--fallback", "qwen-proxy,echo"],
            ["key", "create", "laptop"],
        ];
        foreach (var command in commands)
        {
            (await setup.Cli.RunAsync(command)).Exits(0);
        }

        foreach (var (provider, model) in new[] { ("lm-studio", "fake-small"), ("lm-studio", "tools"), ("qwen-proxy", "reasoning"), ("echo", "echo"), ("lm-studio", "429") })
        {
            await setup.SendToAsync(provider, model, stream: provider != "echo", say: "Hé 漢字 😀");
        }

        return new RichLog(setup, log, Talks.Named.ToDictionary(talk => talk.Key, talk => ids[Talks.All.ToList().IndexOf(talk.Value)], StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (made.IsValueCreated)
        {
            var rich = await made.Value;
            rich.Log.Dispose();
            await rich.Setup.DisposeAsync();
        }
    }
}

/// <summary>What a <see cref="RichRouter"/> made, and the ids of <see cref="Talks.Named"/>.</summary>
internal sealed record RichLog(Setup Setup, WrittenLog Log, IReadOnlyDictionary<string, string> Ids)
{
    public Uri Url => Setup.Router.Url;
}
