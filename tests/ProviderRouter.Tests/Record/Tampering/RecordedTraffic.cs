using System.Net.Http;
using System.Text;

namespace ProviderRouter.Tests.Record.Tampering;

/// <summary>
/// A log made by real traffic through the router, which then stopped in good order. Tests that tamper take copies. Its requests,
/// by their ids: 1 plain, 2 streamed, 3 large, 4 a replay of it, 5 that and more, 6 answered by bytes that are no text, 7 without
/// a body, 8 a body that is a number, 9 refused by the provider, which has another name of its model, 10 large and streamed.
/// </summary>
public sealed class RecordedTraffic : IAsyncLifetime
{
    private readonly TestFolder folder = new();

    /// <summary>The data folder. Nobody writes to it.</summary>
    internal string Data => folder.Data;

    public async ValueTask InitializeAsync()
    {
        await using var setup = await Setup.StartAsync();
        var prose = string.Join(' ', Enumerable.Range(0, 4000).Select(number => $"word{number}"));
        (string Model, string Say, bool Stream)[] chats =
        [
            ("fake-small", "Hello", false), ("fake-small", "Hello", true), ("fake-large", prose, false), ("fake-large", prose, false),
            ("fake-large", prose + " And more.", false), ("invalid-utf8", "Hello", false),
        ];
        var ids = new List<string>();
        foreach (var (model, say, stream) in chats)
        {
            using var chat = await setup.ChatAsync(model, stream, say, headers: ids.Count == 3 ? [("x-router-replays", ids[2])] : []);
            await chat.Content.ReadAsByteArrayAsync();
            ids.Add(chat.Headers.GetValues("x-router-request-id").Single());
        }

        using var models = await setup.Client.GetAsync("v1/models");
        using var number = new StringContent("42", Encoding.UTF8, "text/plain");
        using var sink = await setup.Client.PostAsync("v1/sink", number);
        (await setup.Cli.RunAsync("provider", "edit", "lm-studio", "--alias", "expensive=401")).Exits(0);
        using var refused = await setup.ChatAsync("expensive");
        await refused.Content.ReadAsByteArrayAsync();
        using var large = await setup.ChatAsync("fake-large", stream: true, prose);
        await large.Content.ReadAsByteArrayAsync();

        setup.Router.AskToStop();
        Assert.Equal(0, await setup.Router.EndAsync());
        Directory.CreateDirectory(Data);
        File.Copy(setup.Folder.Database, folder.Database);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
