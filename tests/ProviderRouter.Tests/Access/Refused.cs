using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Access;

/// <summary>What a refusal has to be.</summary>
internal static class Refused
{
    /// <summary>OpenAI's error object with this status and code.</summary>
    /// <returns>Its message.</returns>
    public static async Task<string> WithAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} instead of {(int)status}: {text[..Math.Min(text.Length, 500)]}");
        var error = JsonNode.Parse(text)!["error"]!;
        Assert.Equal(code, (string?)error["code"]);
        Assert.Equal("invalid_request_error", (string?)error["type"]);
        return (string)error["message"]!;
    }
}
