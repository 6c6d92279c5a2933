using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using ProviderRouter.Gateway.Dashboard.Layout;
using RazorSlices;

namespace ProviderRouter.Gateway.Dashboard;

/// <summary>What the dashboard answers.</summary>
/// <param name="Write">Sends it.</param>
internal sealed record UiAnswer(Func<HttpContext, Task> Write)
{
    /// <summary>Characters of all scripts as they are; those that mean something in HTML escaped.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private const string Html = "text/html; charset=utf-8";

    /// <summary>In bytes a second.</summary>
    private const double Slowest = 4096;

    /// <summary>No answer, however long it is, takes much longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>A page. It is whole before any of it is sent, so that one that cannot be made is not begun.</summary>
    public static UiAnswer Page(RazorSlice slice, int status = StatusCodes.Status200OK) =>
        new(async context => await Bytes(await RenderAsync(slice), Html, status).Write(context));

    /// <summary>A page that may take a while to be made: it is made now, by who calls, and not by a thread that serves requests.</summary>
    public static UiAnswer PageAtOnce(RazorSlice slice, int status = StatusCodes.Status200OK) =>
        // All that is on it is in hand: nothing waits.
        Bytes(RenderAsync(slice).GetAwaiter().GetResult(), Html, status);

    /// <summary>It was done; the browser goes on to another page with a GET, so that a reload does not do it again.</summary>
    /// <param name="path">A path of the dashboard's own.</param>
    /// <param name="said">What was done, in a sentence, which that page shows once; null for nothing.</param>
    public static UiAnswer SeeOther(string path, string? said = null) => new(context =>
    {
        if (said is not null)
        {
            SaidMessage.Put(context, said);
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
        return Task.CompletedTask;
    });

    /// <summary>A page that says what is wrong and what to do.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="status">The status.</param>
    /// <param name="title">What is wrong, in short.</param>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="way">Where to go on, a path and its name; null for the overview.</param>
    public static UiAnswer Problem(UiRequest request, int status, string title, string message, (string Path, string Text)? way = null)
    {
        var model = new ProblemModel(request.Frame(title), message);
        return Page(ProblemSlice.Create(way is { } other ? model with { Way = other } : model), status);
    }

    /// <summary>Bytes of some type.</summary>
    public static UiAnswer Bytes(ReadOnlyMemory<byte> body, string contentType, int status = StatusCodes.Status200OK) => new(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        // It is held whole until it is taken: who does not take it is cut off. (Answers of providers may wait for as long as they like.)
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = new MinDataRate(Math.Max(Slowest, body.Length / Longest.TotalSeconds), gracePeriod: TimeSpan.FromSeconds(10));
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    });

    /// <summary>Plain text, which no browser takes for anything else.</summary>
    public static UiAnswer Text(string text, int status = StatusCodes.Status200OK) =>
        Bytes(Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8", status);

    private static async Task<ReadOnlyMemory<byte>> RenderAsync(RazorSlice slice)
    {
        using (slice)
        {
            var html = new MemoryStream();
            var writer = PipeWriter.Create(html, new StreamPipeWriterOptions(leaveOpen: true));
            await slice.RenderAsync(writer, Encoder);
            await writer.CompleteAsync();
            return html.GetBuffer().AsMemory(0, (int)html.Position);
        }
    }
}
