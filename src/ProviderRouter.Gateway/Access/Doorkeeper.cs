using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProviderRouter.Access;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Gateway.Routing;
using ProviderRouter.Settings;

namespace ProviderRouter.Gateway.Access;

/// <summary>
/// Who comes in. It looks at the name that the client used, at the web page that it speaks for, at its key and at the size of
/// what it brings; all from what was read from the database before, so it costs no request anything that can be measured.
/// </summary>
public sealed class Doorkeeper(RouteSelector routes, GatewayOptions options, TimeProvider time)
{
    /// <summary>Where the pages for people are, which are no other page's business, allowed or not.</summary>
    internal const string DashboardPrefix = "/ui";

    /// <summary>No form of a page is larger, in bytes: 1 MB.</summary>
    private const long LongestForm = 1 << 20;

    /// <summary>
    /// Examines a request for a provider, by the settings as they were when its provider was selected, a moment ago.
    /// </summary>
    internal Admission ExamineForProvider(HttpContext context) => Examine(context, Area.Providers, routes.Settings.Http);

    /// <summary>Examines any other request, by the settings as they are.</summary>
    internal Admission Examine(HttpContext context, Area area)
    {
        routes.Refresh();
        return Examine(context, area, routes.Settings.Http);
    }

    /// <summary>Lets a request through to this, or answers with the refusal.</summary>
    internal Task GuardAsync(HttpContext context, Area area, Func<HttpContext, Task> next) =>
        Examine(context, area).Refusal is { } refusal ? refusal.WriteAsync(context.Response, context.RequestAborted) : next(context);

    /// <summary>True when a browser's question was answered whether a page that is allowed may ask; all else is for others.</summary>
    internal bool AnswersPreflight(HttpContext context)
    {
        if (!CrossOrigin.IsPreflight(context.Request) || context.Request.Path.StartsWithSegments(DashboardPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        routes.Refresh();
        var http = routes.Settings.Http;
        if (HostCheck.Refuse(context.Request, http.AllowedHosts) is not null
            || OriginCheck.AllowedIn(context.Request, http.AllowedOrigins) is not { } origin)
        {
            return false;
        }

        CrossOrigin.AnswerPreflight(context, origin);
        return true;
    }

    private Admission Examine(HttpContext context, Area area, HttpSettings http)
    {
        var request = context.Request;
        var wanted = area is Area.Admin or Area.Dashboard ? ClientKeyKind.Admin : ClientKeyKind.Client;
        var now = time.GetUtcNow();
        var shown = ShownKeys.In(request.Headers, routes.Keys, wanted, now);
        if (area != Area.Dashboard && OriginCheck.AllowedIn(request, http.AllowedOrigins) is { } origin)
        {
            CrossOrigin.Allow(context, origin);
        }

        if (area == Area.Providers)
        {
            ForeignPage.KeepApart(context);
        }

        var refusal = HostCheck.Refuse(request, http.AllowedHosts)
            ?? (area == Area.Dashboard ? PageCheck.Refuse(request) : OriginCheck.Refuse(request, area, http.AllowedOrigins))
            ?? (AsksForKey(area) ? KeyCheck.Refuse(shown, wanted, now) : null)
            ?? KeyCheck.RefuseInUrl(request, routes.Keys)
            ?? (area == Area.Dashboard ? Limit(context, LongestForm, OpenAIError.FormTooLarge) : Limit(context, http.MaxRequestBody, OpenAIError.TooLarge));
        var isValid = shown.Best?.StateAt(now) == ClientKeyState.Valid;
        return refusal is null && shown.Headers.Count == 0 ? Admission.Anonymous
            : new(refusal, isValid ? shown.Best!.Name : null, shown.Headers);
    }

    private bool AsksForKey(Area area) => area switch
    {
        Area.Providers => options.AsksForKeys,
        Area.Admin => options.AsksForAdminKeys,
        _ => false,
    };

    /// <summary>Refuses a body that says it is too large; one that turns out to be is broken off by the server.</summary>
    private static OpenAIError? Limit(HttpContext context, long most, Func<long, OpenAIError> refuse)
    {
        if (context.Request.ContentLength > most)
        {
            return refuse(most);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
        }

        return null;
    }
}
