using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProviderRouter.AuditLog;
using ProviderRouter.Gateway.Routing;

namespace ProviderRouter.Gateway.Ingress;

/// <summary><c>GET /health</c>: answers at once and asks no provider.</summary>
public sealed class HealthEndpoint(RouteSelector routes, AuditLogWriter log)
{
    /// <summary>Answers with the active provider, the version and the log's counts.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var (written, failed, waiting) = log.Counts;
        var buffer = new ArrayBufferWriter<byte>(256);
        await using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("status"u8, "ok"u8);
        json.WriteString("activeProvider"u8, routes.FindActive().Name);
        json.WriteString("version"u8, ProductVersion.Text);
        json.WriteStartObject("log"u8);
        json.WriteNumber("rowsWritten"u8, written);
        json.WriteNumber("rowsFailed"u8, failed);
        json.WriteNumber("rowsWaiting"u8, waiting);
        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        }
    }
}
