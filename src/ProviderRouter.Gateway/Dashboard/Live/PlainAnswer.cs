using System.Text;
using Microsoft.AspNetCore.Http;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>A few words in place of what was asked for.</summary>
internal static class PlainAnswer
{
    /// <summary>Sends them.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + "\n");
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
