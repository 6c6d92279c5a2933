using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>A page that says one thing: why a request went no further, and what to do. It needs nothing that the others do.</summary>
internal static class NoticePage
{
    /// <summary>Shows a refusal to people; to scripts and programs, which ask for no HTML, it is OpenAI's error object.</summary>
    public static Task WriteAsync(HttpContext context, OpenAIError refusal, (string Url, string Text)? link = null)
    {
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return refusal.WriteAsync(context.Response, context.RequestAborted);
        }

        var html = HtmlEncoder.Default;
        var (url, text) = link ?? (UiPath.Prefix, "To the dashboard");
        return WriteAsync(context, refusal.Status, "Not done", $"""<p>{html.Encode(refusal.Message)}</p><p><a href="{html.Encode(url)}">{html.Encode(text)}</a></p>""");
    }

    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="title">What the page is called.</param>
    /// <param name="content">HTML.</param>
    public static async Task WriteAsync(HttpContext context, int status, string title, string content)
    {
        var page = Encoding.UTF8.GetBytes($"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title} - Provider Router</title><link rel="stylesheet" href="/ui/assets/dashboard.css"></head>
            <body><main><h1>{title}</h1>
            {content}
            </main></body>
            </html>

            """);
        var response = context.Response;
        response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(page, context.RequestAborted);
        }
    }
}
