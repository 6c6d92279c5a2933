using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Gateway.Forwarding;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Admin;

/// <summary>
/// What <c>provider-cli</c> does, over HTTP. Changes count from the next request on. They are told on stderr, without what was
/// sent; the log of requests is for providers' alone.
/// </summary>
public sealed partial class AdminApi(
    SqliteDatabase database, AuditLogWriter log, IBreakerStates breakers, UpstreamClients clients, GatewayOptions options, TimeProvider time,
    ILogger<AdminApi> logger)
{
    /// <summary>Where it is.</summary>
    public const string Prefix = "/admin";

    private readonly IReadOnlyList<AdminRoute> routes =
        RoutesOf(new StatusAdmin(log, breakers, options), new ProviderAdmin(clients, time));

    /// <summary>Everything that can be asked.</summary>
    internal static IReadOnlyList<AdminRoute> RoutesOf(StatusAdmin status, ProviderAdmin providers) =>
    [
        new("GET", "/admin/api/openapi.json", StatusAdmin.OpenApi),
        new("GET", "/admin/api/status", status.Status),
        new("GET", "/admin/api/presets", StatusAdmin.Presets),
        new("GET", "/admin/api/providers", ProviderAdmin.List),
        new("POST", "/admin/api/providers", ProviderAdmin.Create),
        new("GET", "/admin/api/providers/{name}", ProviderAdmin.Get),
        new("PATCH", "/admin/api/providers/{name}", ProviderAdmin.Change),
        new("DELETE", "/admin/api/providers/{name}", ProviderAdmin.Remove),
        new("POST", "/admin/api/providers/{name}/enable", ProviderAdmin.Enable),
        new("POST", "/admin/api/providers/{name}/disable", ProviderAdmin.Disable),
        new("POST", "/admin/api/providers/{name}/test", providers.TestAsync),
        new("GET", "/admin/api/active", ActiveAdmin.Get),
        new("PUT", "/admin/api/active", ActiveAdmin.Set),
        new("GET", "/admin/api/settings", SettingAdmin.List),
        new("GET", "/admin/api/settings/{name}", SettingAdmin.Get),
        new("PUT", "/admin/api/settings/{name}", SettingAdmin.Set),
        new("DELETE", "/admin/api/settings/{name}", SettingAdmin.Reset),
        new("GET", "/admin/api/keys", KeyAdmin.List),
        new("POST", "/admin/api/keys", KeyAdmin.Create),
        new("DELETE", "/admin/api/keys/{name}", KeyAdmin.Revoke),
    ];

    /// <summary>Answers one request, of somebody who may ask.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value ?? "");
        var here = routes.Where(route => route.Matches(path, out _)).ToList();
        var answer = here.Find(route => route.Method == request.Method) is { } route
            ? await AnswerAsync(context, route)
            : here.Count == 0
                ? AdminAnswer.NotFound($"There is nothing at {KeyLike.Quote(path)}. See /admin/api/openapi.json.")
                : AdminAnswer.Refuse(WrongMethod(context, [.. here.Select(other => other.Method)]));
        await answer.WriteAsync(context);
    }

    private async Task<AdminAnswer> AnswerAsync(HttpContext context, AdminRoute route)
    {
        route.Matches(context.Request.Path.Value!, out var name);
        var changes = route.Method != "GET";
        // A form on a web page can send other types without asking first.
        if (changes && route.Method != "DELETE" && Capture.MediaType.Of(context.Request.ContentType) != "application/json")
        {
            return AdminAnswer.Refuse(new(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Changes must come as content-type: application/json."));
        }

        if (await AdminRequest.ReadBodyAsync(context.Request) is not { } body)
        {
            return AdminAnswer.Refuse(OpenAIError.BadRequest(StatusCodes.Status413PayloadTooLarge, "The request's body has more than 1MB."));
        }

        AdminAnswer answer;
        try
        {
            answer = await route.Answer(new AdminRequest(
                name ?? "", new JsonInput(body), database, options.Environment, time.GetUtcNow(), context.RequestAborted));
        }
        catch (SqliteException error)
        {
            answer = AdminAnswer.Refuse(new(
                StatusCodes.Status503ServiceUnavailable, "database_unavailable", SqliteDatabase.Explain(error, database.Path).Message));
        }
        catch (SetUpException error)
        {
            answer = AdminAnswer.Refuse(new(StatusCodes.Status500InternalServerError, "router_error", error.Message));
        }

        if (changes)
        {
            Log.Changed(logger, route.Method, route.Path, name is null ? "-" : KeyLike.Quote(name), answer.Status);
        }

        return answer;
    }

    private static OpenAIError WrongMethod(HttpContext context, IReadOnlyList<string> allowed)
    {
        context.Response.Headers.Allow = string.Join(", ", allowed);
        return new(StatusCodes.Status405MethodNotAllowed, "method_not_allowed", $"Here is only {string.Join(", ", allowed)}.");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Method} {Path} of {Name} was answered with {Status}.")]
        public static partial void Changed(ILogger logger, string method, string path, string name, int status);
    }
}
