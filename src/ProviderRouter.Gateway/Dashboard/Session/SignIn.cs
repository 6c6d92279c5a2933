using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ProviderRouter.Access;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Routing;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>The page with one field, for an admin key, and what becomes of it.</summary>
internal sealed partial class SignIn(UiSession sessions, RouteSelector routes, TimeProvider time, ILogger logger)
{
    private const string Make = "Make one with: provider-cli key create NAME --admin";

    private readonly GuessBrake brake = new(time);

    /// <summary>Shows the page, or takes the key. Who is in already goes on.</summary>
    /// <param name="context">The request; a form was checked before.</param>
    /// <param name="isIn">True for who needs no key, or has shown one.</param>
    /// <param name="problem">Why a session is over; null when there is none.</param>
    public async Task AnswerAsync(HttpContext context, bool isIn, string? problem)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method))
        {
            var wanted = UiPath.Local(request.Query["to"]);
            await (isIn ? GoAsync(context, wanted) : ShowAsync(context, wanted, problem, StatusCodes.Status200OK));
            return;
        }

        var (shown, to, now) = (request.Form["key"].ToString(), UiPath.Local(request.Form["to"]), time.GetUtcNow());
        var key = KeyText.FindIn(shown) is { IsEmpty: false } text ? routes.Keys.Find(text) : null;
        if (key is not null && ProblemOf(key, now) is null)
        {
            sessions.Begin(context, key, now);
            Log.SignedIn(logger, key.Name);
            await GoAsync(context, to);
            return;
        }

        var isHeld = await brake.HoldAsync();
        if (isHeld)
        {
            Log.Refused(logger, key?.Name ?? "-");
        }
        else
        {
            context.Response.Headers.RetryAfter = "1";
        }

        await ShowAsync(
            context, to,
            !isHeld ? "Too many wrong keys are being tried. Wait a moment, then try again."
            : key is not null ? ProblemOf(key, now)
            : string.IsNullOrWhiteSpace(shown) ? $"Type an admin key. {Make}" : $"This is none of this router's keys. {Make}",
            isHeld ? StatusCodes.Status403Forbidden : StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Ends a session.</summary>
    public Task LeaveAsync(HttpContext context)
    {
        sessions.End(context);
        return GoAsync(context, UiPath.SignIn);
    }

    /// <summary>Why a key does not open the dashboard; null when it does.</summary>
    public static string? ProblemOf(ClientKey key, DateTimeOffset now) => key.StateAt(now) switch
    {
        ClientKeyState.Revoked => $"The key '{key.Name}' was revoked. {Make}",
        ClientKeyState.Expired => $"The key '{key.Name}' expired at {key.ExpiresAt:yyyy-MM-ddTHH:mm:ssZ}. {Make}",
        _ when key.Kind != ClientKeyKind.Admin => $"The key '{key.Name}' is a client's, for /v1, and not an admin's. {Make}",
        _ => null,
    };

    private static Task ShowAsync(HttpContext context, string to, string? problem, int status) =>
        UiAnswer.Page(SignInSlice.Create(new(Visitor.Of(UiVisitor.Of(context)), to, problem)), status).Write(context);

    private static Task GoAsync(HttpContext context, string to) => UiAnswer.SeeOther(to).Write(context);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "'{Name}' signed in to the dashboard.")]
        public static partial void SignedIn(ILogger logger, string name);

        [LoggerMessage(2, LogLevel.Information, "A key that does not open the dashboard was tried there: {Name}.")]
        public static partial void Refused(ILogger logger, string name);
    }
}
