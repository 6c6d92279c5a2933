using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ProviderRouter.Bench.Peers;

/// <summary>A provider that costs little: a chat is answered at once, a streamed one in 64 chunks, 5 ms after each other.</summary>
internal sealed class PacedUpstream(WebApplication app) : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(5);

    /// <summary>The answer to a chat: 1 KB of JSON.</summary>
    public static readonly byte[] Whole = Encoding.UTF8.GetBytes(
        $$$"""{"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"fast","choices":[{"index":0,"message":{"role":"assistant","content":"{{{Words(800)}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":200,"completion_tokens":160,"total_tokens":360}}""");

    /// <summary>The answer to a streamed chat; the last chunk bears <c>[DONE]</c> as well.</summary>
    public static readonly byte[][] Chunks =
    [
        .. Enumerable.Range(0, 63).Select(i => Chunk($$"""{"content":" word{{i}}"}""", "null")),
        [.. Chunk("{}", "\"stop\""), .. "data: [DONE]\n\n"u8],
    ];

    public Uri Url { get; } = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<PacedUpstream> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        return new PacedUpstream(app);
    }

    /// <summary>Text of this many characters.</summary>
    public static string Words(int length) => string.Concat(Enumerable.Repeat("some words of text ", 1 + (length / 19)))[..length];

    private static async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (body.GetBuffer().AsSpan(0, (int)body.Length).IndexOf("\"stream\":true"u8) >= 0)
        {
            await StreamAsync(context);
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Whole.Length;
        await context.Response.BodyWriter.WriteAsync(Whole, context.RequestAborted);
    }

    private static async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        using var pace = new PeriodicTimer(Pace);
        foreach (var chunk in Chunks)
        {
            await pace.WaitForNextTickAsync(context.RequestAborted);
            await context.Response.BodyWriter.WriteAsync(chunk, context.RequestAborted);
        }
    }

    private static byte[] Chunk(string delta, string finish) => Encoding.UTF8.GetBytes(
        $$$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"fast","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":{{{finish}}}}]}""" + "\n\n");

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Ctrl+C belongs to the program around this server.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
