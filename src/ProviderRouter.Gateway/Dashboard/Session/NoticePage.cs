using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>Says why a request went no further: to people on a page, to scripts and programs, which ask for no HTML, as an error object.</summary>
internal static class NoticePage
{
    /// <param name="context">The request.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="way">Where to go on; null: to the overview.</param>
    public static Task WriteAsync(HttpContext context, OpenAIError refusal, (string Path, string Text)? way = null)
    {
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return refusal.WriteAsync(context.Response, context.RequestAborted);
        }

        if (refusal.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        var model = new ProblemModel(new PageFrame("That was not done", Place.None, Visitor.Unknown, Said: null) { IsBare = true }, refusal.Message);
        return UiAnswer.Page(ProblemSlice.Create(way is { } other ? model with { Way = other } : model), refusal.Status).Write(context);
    }
}
