using FakeUpstream;

namespace ProviderRouter.Tests.StreamUsage;

/// <summary>A router that asks for usage, for all tests of a class that leave its settings alone.</summary>
public sealed class AskingRouter : IAsyncLifetime
{
    internal OneRouter One { get; private set; } = null!;

    /// <summary>What the provider received last; the server asks for its models by itself, as it starts.</summary>
    internal ReceivedRequest Received => One.Studio.Requests.Last(request => request.Method != "GET");

    internal static Task<OneRouter> StartAsync(params (string, string)[] settings) =>
        OneRouter.StartAsync(settings: [("audit.streamUsage", "ask"), .. settings]);

    public async ValueTask InitializeAsync() => One = await StartAsync(("audit.maxBody", "64KB"));

    public ValueTask DisposeAsync() => One.DisposeAsync();
}
