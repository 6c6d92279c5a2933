using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Admin;

/// <summary>Asks the admin API of a router.</summary>
internal sealed class AdminClient(Router router, string? key = null)
{
    /// <summary>Everything that was answered so far.</summary>
    public StringBuilder Told { get; } = new();

    public Task<JsonNode?> GetAsync(string path) => AskAsync("GET", path, body: null, 200);

    /// <summary>Asks, and fails unless the answer has this status.</summary>
    public async Task<JsonNode?> AskAsync(string method, string path, string? body, int status)
    {
        using var response = await SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        Told.Append(text);
        Assert.True((int)response.StatusCode == status, $"{method} {path}: {(int)response.StatusCode} instead of {status}: {text[..Math.Min(text.Length, 500)]}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"admin/api/{path}");
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in key is null ? headers : [("authorization", $"Bearer {key}"), .. headers])
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await router.Client.SendAsync(request);
    }
}
