using Microsoft.AspNetCore.Http;

namespace ProviderRouter.Gateway.Ingress;

/// <summary>Which request of the log another one repeats, as <see cref="RouterHeaders.Replays"/> says.</summary>
internal static class ReplayedRequest
{
    /// <summary>Its id as the log has it; null where the request repeats none.</summary>
    /// <param name="request">The one that may repeat it.</param>
    /// <param name="refusal">What is wrong with the header; null when nothing is.</param>
    public static string? IdIn(HttpRequest request, out OpenAIError? refusal)
    {
        refusal = null;
        if (!request.Headers.TryGetValue(RouterHeaders.Replays, out var values))
        {
            return null;
        }

        if (Guid.TryParseExact(values.ToString().Trim(), "D", out var id))
        {
            return id.ToString();
        }

        // What it says instead is not repeated: it may be anything.
        refusal = OpenAIError.BadRequest(StatusCodes.Status400BadRequest,
            $"The header {RouterHeaders.Replays} takes the id of one request in the log: a UUID, whole, as `provider-cli history --json` and the"
            + $" header {RouterHeaders.RequestId} of its answer have it. Send that, or leave the header out.");
        return null;
    }
}
