using System.Net;
using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Access;

/// <summary>
/// Looks at the name by which a client reached the server. A web page that lets its own name point to this machine ("DNS
/// rebinding") would be same-origin with the router otherwise. It needs a name for that: an IP address is always allowed.
/// </summary>
internal static class HostCheck
{
    private static readonly string ThisMachine = Environment.MachineName;

    /// <summary>The refusal of a name that is not the server's; null when it is.</summary>
    public static OpenAIError? Refuse(HttpRequest request, IReadOnlyList<string> allowed)
    {
        // HTTP/1.0 knows no Host; browsers send one always.
        var name = request.Host.Host.TrimEnd('.');
        return name.Length == 0 || IsOwn(name) || allowed.Contains(name, StringComparer.OrdinalIgnoreCase) ? null
            : OpenAIError.HostNotAllowed(name);
    }

    private static bool IsOwn(string name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(name, out _)
        || name.Equals(ThisMachine, StringComparison.OrdinalIgnoreCase);
}
