using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ProviderRouter.Access;
using ProviderRouter.Gateway.Access;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Gateway.Routing;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>
/// Who sees the dashboard, and from where it may be changed. A request comes to a page only past all of this:
/// 1. the answer is told to be careful; 2. the doorkeeper's checks of name, origin and size; 3. what tells nothing of anybody is
/// open; 4. an admin key, where one is asked for; 5. a form is one that this browser was given.
/// </summary>
public sealed partial class UiDoor
{
    private readonly Doorkeeper door;
    private readonly RouteSelector routes;
    private readonly GatewayOptions options;
    private readonly TimeProvider time;
    private readonly FormToken tokens;
    private readonly UiSession sessions;
    private readonly UiForm forms;
    private readonly SignIn signIn;
    private readonly ILogger logger;

    /// <summary>Reads nothing yet: the secret is read when somebody first looks.</summary>
    public UiDoor(Doorkeeper door, RouteSelector routes, SqliteDatabase database, GatewayOptions options, TimeProvider time, ILogger<UiDoor> logger)
    {
        (this.door, this.routes, this.options, this.time, this.logger) = (door, routes, options, time, logger);
        var key = new SigningKey(database);
        (tokens, sessions) = (new(key), new(key));
        (forms, signIn) = (new(tokens), new(sessions, routes, time, logger));
    }

    /// <summary>Lets a request through to the pages, or answers it.</summary>
    internal async Task GuardAsync(HttpContext context, Func<HttpContext, Task> pages)
    {
        try
        {
            await LetInAsync(context, pages);
        }
        catch (Exception error) when (error is not BadHttpRequestException && !context.RequestAborted.IsCancellationRequested)
        {
            // A bug: nobody else says anything about it.
            Log.Failed(logger, context.Request.Method, KeyLike.Show(context.Request.Path.Value!), error);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            await NoticePage.WriteAsync(context, new(StatusCodes.Status500InternalServerError, "router_error",
                "The router failed to make this page. Its log on stderr says why; please report it. What you did may be done all the same: look before you do it again."));
        }
    }

    private async Task LetInAsync(HttpContext context, Func<HttpContext, Task> pages)
    {
        var request = context.Request;
        UiHeaders.Write(context.Response); // 1
        if (door.Examine(context, Area.Dashboard).Refusal is { } stranger) // 2
        {
            await NoticePage.WriteAsync(context, stranger);
            return;
        }

        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isRead && UiPath.IsAsset(request.Path)) // 3
        {
            await pages(context);
            return;
        }

        var (keyName, hasSession, problem) = options.AsksForAdminKeys ? Find(context) : default;
        var isIn = keyName is not null || !options.AsksForAdminKeys;
        if (!isIn && request.Path.Value != UiPath.SignIn) // 4
        {
            await AskAsync(context, problem, isRead);
            return;
        }

        context.Features.Set(new UiVisitor(
            tokens.For(context, keyName), keyName, hasSession, () => MayStay(context)));
        if (!isRead && await RefuseFormAsync(context, keyName) is { } refusal) // 5
        {
            await NoticePage.WriteAsync(context, refusal);
            return;
        }

        await (request.Path.Value switch
        {
            UiPath.SignIn => signIn.AnswerAsync(context, isIn, problem),
            UiPath.SignOut when !isRead => signIn.LeaveAsync(context),
            _ => pages(context),
        });
        if (!isRead)
        {
            Log.Changed(logger, keyName ?? "Somebody", KeyLike.Show(request.Path.Value!), context.Response.StatusCode);
        }
    }

    /// <summary>The admin key that a request shows: as a program does, or by the session of a browser.</summary>
    private (string? KeyName, bool HasSession, string? Problem) Find(HttpContext context)
    {
        var now = time.GetUtcNow();
        if (sessions.Find(context.Request, routes.Keys, now) is { } key)
        {
            return key.StateAt(now) == ClientKeyState.Valid ? (key.Name, true, null) : (null, true, SignIn.ProblemOf(key, now));
        }

        var shown = ShownKeys.In(context.Request.Headers, routes.Keys, ClientKeyKind.Admin, now);
        return shown.Best is null ? default
            : KeyCheck.Refuse(shown, ClientKeyKind.Admin, now) is { } refusal ? (null, false, refusal.Message) : (shown.Best.Name, false, null);
    }

    /// <summary>Whether somebody who came in would come in now. They may be the only one who asks anything, so it is looked up.</summary>
    private bool MayStay(HttpContext context)
    {
        if (!options.AsksForAdminKeys)
        {
            return true;
        }

        routes.Refresh();
        return Find(context).KeyName is not null;
    }

    private async Task<OpenAIError?> RefuseFormAsync(HttpContext context, string? keyName)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD, POST";
            return new(StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "Here is only GET, HEAD, POST.");
        }

        return await forms.RefuseAsync(context, keyName);
    }

    /// <summary>Leads people to the sign-in page. A script, a program or a form is told why it goes no further.</summary>
    private static Task AskAsync(HttpContext context, string? problem, bool isRead)
    {
        var mode = context.Request.Headers["sec-fetch-mode"].ToString();
        if (isRead && problem is null && mode is "" or "navigate")
        {
            return UiAnswer.SeeOther(UiPath.SignInFor(context.Request)).Write(context);
        }

        return NoticePage.WriteAsync(context, OpenAIError.Unauthorized(
            $"{problem ?? "You are not signed in, or no longer."} {(isRead ? "" : "Nothing was changed. ")}Sign in with an admin key, and try again."),
            (UiPath.SignInFor(context.Request), "Sign in"));
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Information, "{Who} sent a form of the dashboard to {Path}, which was answered with {Status}.")]
        public static partial void Changed(ILogger logger, string who, string path, int status);

        [LoggerMessage(4, LogLevel.Error, "The dashboard failed to answer {Method} {Path}.")]
        public static partial void Failed(ILogger logger, string method, string path, Exception error);
    }
}
