using System.Diagnostics;
using System.Net.Http;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Dashboard.Live;

/// <summary>Looks at the live feed as a browser does: takes its events, and keeps the rows by their ids.</summary>
internal sealed class LiveClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private LiveClient(HttpResponseMessage response, StreamReader reader) => (this.response, this.reader) = (response, reader);

    /// <summary>The id of the last event.</summary>
    public string LastId { get; private set; } = "";

    /// <summary>The rows, each as it was sent last.</summary>
    public SortedDictionary<long, JsonNode> Rows { get; } = [];

    /// <summary>Each row that was sent, in that order, as its id and how it ended.</summary>
    public List<(long Id, string? Outcome)> Sent { get; } = [];

    /// <summary>The ids of the rows that left.</summary>
    public List<long> Gone { get; } = [];

    /// <summary>How far streams were, as it was told.</summary>
    public List<JsonNode> Streams { get; } = [];

    /// <summary>What was told of how the log does.</summary>
    public List<JsonNode> Logs { get; } = [];

    /// <summary>How often all was sent anew.</summary>
    public int Resets { get; private set; }

    public static async Task<LiveClient> OpenAsync(Router router, string query = "", string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "ui/live/events" + query);
        if (lastId is not null)
        {
            request.Headers.Add("last-event-id", lastId);
        }

        var answer = await router.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Headers.CacheControl is { NoStore: true, NoTransform: true });
        return new LiveClient(answer, new StreamReader(await answer.Content.ReadAsStreamAsync())) { LastId = lastId ?? "" };
    }

    /// <summary>Reads until this is so; fails when the feed ends, or it does not come about for long.</summary>
    public async Task UntilAsync(Func<bool> isEnough)
    {
        var began = Stopwatch.GetTimestamp();
        while (!isEnough())
        {
            // What keeps the connection would let it wait for ever.
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience * 2, "It did not come about within a minute.");
            Assert.True(await NextAsync(), "The feed ended.");
        }
    }

    /// <summary>Reads what there is until the feed ends, or breaks off.</summary>
    public async Task DrainAsync()
    {
        try
        {
            while (await NextAsync())
            {
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            // The server was killed, or ended while it was sending.
        }
    }

    /// <summary>Reads the next event; false when the feed has ended.</summary>
    public async Task<bool> NextAsync()
    {
        var (name, data, id) = ("", "", LastId);
        while (await reader.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Length == 0)
            {
                LastId = id;
                Take(name, data);
                return true;
            }

            var parts = line.Split(": ", 2);
            (name, data, id) = parts[0] switch
            {
                "event" => (parts[1], data, id),
                "data" => (name, parts[1], id),
                "id" => (name, data, parts[1]),
                _ => (name, data, id),
            };
        }

        return false;
    }

    private void Take(string name, string data)
    {
        if (data.Length == 0 || name == "here")
        {
            return;
        }

        var message = JsonNode.Parse(data)!;
        if (name == "log")
        {
            Logs.Add(message);
            return;
        }

        if (name == "reset")
        {
            Rows.Clear();
            Resets++;
        }

        foreach (var row in message["rows"]!.AsArray())
        {
            var id = (long)row!["id"]!;
            Rows[id] = row;
            Sent.Add((id, (string?)row["outcome"]));
        }

        foreach (var id in message["gone"]?.AsArray() ?? [])
        {
            Rows.Remove((long)id!);
            Gone.Add((long)id!);
        }

        Streams.AddRange((message["streams"]?.AsArray() ?? []).OfType<JsonNode>());
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
