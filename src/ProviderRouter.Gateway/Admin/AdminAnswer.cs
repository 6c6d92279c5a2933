using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Admin;

/// <summary>What the admin API answers: a status and JSON, or an error.</summary>
internal sealed record AdminAnswer(int Status, ReadOnlyMemory<byte> Json, OpenAIError? Error = null)
{
    /// <summary>It was done, and there is nothing to tell.</summary>
    public static readonly AdminAnswer Done = new(StatusCodes.Status204NoContent, default);

    /// <summary>A value.</summary>
    public static AdminAnswer Of<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>What was asked for cannot be done.</summary>
    public static AdminAnswer Refuse(OpenAIError error) => new(error.Status, default, error);

    /// <summary>The input is wrong: everything that is, at once.</summary>
    public static AdminAnswer Invalid(IReadOnlyList<string> problems) => Refuse(
        new OpenAIError(StatusCodes.Status400BadRequest, "invalid_input", string.Join(' ', problems)) { Problems = problems });

    /// <summary>There is nothing of this name.</summary>
    public static AdminAnswer NotFound(string message) => Refuse(new(StatusCodes.Status404NotFound, "not_found", message));

    /// <summary>It does not go together with what is there already.</summary>
    public static AdminAnswer Conflict(string message) => Refuse(new(StatusCodes.Status409Conflict, "conflict", message));

    /// <summary>Sends it.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (Error is not null)
        {
            await Error.WriteAsync(context.Response, context.RequestAborted);
            return;
        }

        context.Response.StatusCode = Status;
        if (!Json.IsEmpty)
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Json.Length;
            await context.Response.Body.WriteAsync(Json, context.RequestAborted);
        }
    }
}
