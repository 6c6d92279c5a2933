using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.JsonEdits;

namespace ProviderRouter.Gateway.StreamUsage;

/// <summary>
/// Asks a provider for the tokens of a stream in the client's place (<c>audit.streamUsage</c> is <c>ask</c>), and keeps the
/// answer to that from the client, who did not ask.
/// </summary>
internal static class AskedUsage
{
    // With one of these, a body that is changed would no longer be what its sender vouches for.
    private static readonly string[] Digests = ["content-digest", "repr-digest", "digest", "content-md5", "x-amz-content-sha256", "signature"];

    /// <summary>
    /// Changes the request that is about to be sent on. Null where it stays as it is: it is not for a stream, asks itself, or is
    /// one that cannot be read here.
    /// </summary>
    public static async Task<UsageFilterStream?> AskAsync(HttpContext context, Exchange exchange)
    {
        var (request, response) = (context.Request, context.Response);
        if (!MayBeAsked(request) || !exchange.ExpectsBody
            || await exchange.ReadAheadAsync() is not { } body || UsageQuestion.For(body.Span) is not { } edit)
        {
            return null;
        }

        var edited = edit.ApplyTo(body.Span);
        request.Body = new MemoryStream(edited, writable: false);
        // A body whose length was not told goes on without.
        request.ContentLength = request.ContentLength is null ? null : edited.Length;
        // What comes packed cannot be read on its way, and the client would see the answer to a question that it did not ask.
        request.Headers.AcceptEncoding = "identity";

        var filter = new UsageFilterStream(response.Body, response, exchange);
        response.Body = filter;
        response.OnStarting(filter.ForgetLength);
        return filter;
    }

    private static bool MayBeAsked(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && (IsAt(request, "/v1/chat/completions") || IsAt(request, "/v1/completions"))
        && ContentCoding.IsNone(request.Headers.ContentEncoding)
        && !Array.Exists(Digests, request.Headers.ContainsKey);

    private static bool IsAt(HttpRequest request, string path) => request.Path.Equals(path, StringComparison.OrdinalIgnoreCase);
}
