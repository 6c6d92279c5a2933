using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Gateway.Routing;

namespace ProviderRouter.Gateway.Ingress;

/// <summary><c>GET /health</c>: answers at once and asks no provider.</summary>
public sealed class HealthEndpoint(RouteSelector routes, IBreakerStates breakers, AuditLogWriter log, GatewayOptions options)
{
    /// <summary>Answers with the active provider, the version, the breakers that are not closed and the log's counts.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var health = log.Health;
        var buffer = new ArrayBufferWriter<byte>(512);
        await using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("status"u8, "ok"u8);
        json.WriteString("activeProvider"u8, routes.FindActive().Name);
        json.WriteString("version"u8, ProductVersion.Text);
        json.WriteStartArray("breakers"u8);
        foreach (var (provider, state) in breakers.NotClosed)
        {
            json.WriteStartObject();
            json.WriteString("provider"u8, provider);
            json.WriteString("state"u8, state);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("log"u8);
        json.WriteString("state"u8, health.State);
        if (health is { Reason: { } reason, Since: { } since })
        {
            // The reason has paths of this machine in it, which are no stranger's business.
            json.WriteString("reason"u8, options.AsksForAdminKeys ? "The server's stderr says why." : reason);
            json.WriteString("since"u8, since);
        }

        json.WriteNumber("rowsWritten"u8, health.Written);
        json.WriteNumber("rowsWaiting"u8, health.Waiting);
        json.WriteNumber("rowsSpooled"u8, health.Spooled);
        json.WriteNumber("bytesSpooled"u8, health.SpooledBytes);
        json.WriteNumber("rowsLost"u8, health.Lost);
        json.WriteNumber("rowsRefused"u8, health.Refused);
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
