using Microsoft.AspNetCore.Http.Features;

namespace FakeUpstream.Recording;

/// <summary>What the handlers and the observer share about one request.</summary>
internal sealed class Exchange(string upstreamName, string scenario)
{
    public string UpstreamName { get; } = upstreamName;

    /// <summary>The name under which a cancellation is reported.</summary>
    public string Scenario { get; set; } = scenario;

    /// <summary>The upstream cut the connection itself, so its end is no cancellation.</summary>
    public bool CutByUpstream { get; set; }

    public static Exchange Of(HttpContext context) => context.Features.GetRequiredFeature<Exchange>();
}
