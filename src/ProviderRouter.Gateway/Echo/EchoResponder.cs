using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Echo;

/// <summary>
/// The provider inside the router: it says what it is and what it was told, plain and streamed, so that the router can be
/// tried without any LLM.
/// </summary>
internal static class EchoResponder
{
    /// <summary>The one model that it has.</summary>
    public const string Model = "echo";

    /// <summary>A conversation larger than this is not read, in bytes: 64 MB.</summary>
    private const int LongestRequest = 64 * 1024 * 1024;

    /// <summary>Answers as a provider would.</summary>
    public static async Task AnswerAsync(HttpContext context, Exchange exchange, TimeProvider time)
    {
        var response = context.Response;
        response.Headers[RouterHeaders.Provider] = exchange.Provider!.Name;
        response.Headers[RouterHeaders.RequestId] = exchange.RequestId;

        var path = RequestTarget.BelowPrefix(context.Request).Split('?', 2)[0].Trim('/');
        var created = time.GetUtcNow().ToUnixTimeSeconds();
        switch (context.Request.Method, path)
        {
            case ("GET", "models"):
                await SendAsync(context, exchange, EchoAnswer.Models(created));
                break;
            case ("GET", "models/" + Model):
                await SendAsync(context, exchange, EchoAnswer.ModelCard(created));
                break;
            case ("POST", "chat/completions"):
                await ConverseAsync(context, exchange, created);
                break;
            default:
                await SendErrorAsync(context, exchange, OpenAIError.UnknownUrl(context.Request) with
                {
                    Message = $"echo answers only POST /v1/chat/completions and GET /v1/models, not {context.Request.Method} /v1/{path}."
                        + " Switch to a real provider with `provider-cli set NAME`.",
                });
                break;
        }
    }

    private static async Task ConverseAsync(HttpContext context, Exchange exchange, long created)
    {
        EchoQuestion question;
        try
        {
            question = EchoQuestion.Read(await ReadAsync(context.Request));
        }
        catch (JsonException error)
        {
            await SendErrorAsync(context, exchange, OpenAIError.BadRequest(StatusCodes.Status400BadRequest, error.Message));
            return;
        }

        var answer = new EchoAnswer($"chatcmpl-{exchange.RequestId}", created, question);
        if (!question.Stream)
        {
            await SendAsync(context, exchange, answer.Whole());
            return;
        }

        exchange.UpstreamStatus = StatusCodes.Status200OK;
        exchange.ResponseBody.Describe("text/event-stream", contentEncoding: null);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        foreach (var chunk in answer.Chunks())
        {
            await context.Response.Body.WriteAsync((byte[])[.. "data: "u8, .. chunk.Span, .. "\n\n"u8], context.RequestAborted);
        }

        await context.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray(), context.RequestAborted);
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        var block = new byte[64 * 1024];
        for (int read; (read = await request.Body.ReadAsync(block, request.HttpContext.RequestAborted)) > 0;)
        {
            if (body.Length + read > LongestRequest)
            {
                throw new JsonException("echo does not read requests of more than 64 MB.");
            }

            body.Write(block, 0, read);
        }

        return body.ToArray();
    }

    private static async Task SendAsync(HttpContext context, Exchange exchange, ReadOnlyMemory<byte> json)
    {
        exchange.UpstreamStatus = StatusCodes.Status200OK;
        exchange.ResponseBody.Describe("application/json", contentEncoding: null);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    private static async Task SendErrorAsync(HttpContext context, Exchange exchange, OpenAIError error)
    {
        exchange.UpstreamStatus = error.Status;
        exchange.ResponseBody.Describe("application/json", contentEncoding: null);
        await error.WriteAsync(context.Response, context.RequestAborted);
    }
}
