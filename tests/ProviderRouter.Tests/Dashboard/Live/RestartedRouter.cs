using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;

namespace ProviderRouter.Tests.Dashboard.Live;

/// <summary>A router that is killed and comes back at the same address.</summary>
internal sealed class RestartedRouter(TestFolder folder, string provider) : IAsyncDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
    private Process? process;

    public Uri Url { get; } = FreeAddress();

    public async Task StartAsync()
    {
        process = ProgramStart.Start(BuiltPrograms.Router, folder, ["--port", $"{Url.Port}"], ("LM_STUDIO_BASE_URL", provider));
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.IsAsync("it answers", async () =>
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Url, "health"));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    public async Task ChatAsync(string model)
    {
        using var content = new StringContent($$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hello"}]}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(Url, "v1/chat/completions"), content);
        answer.EnsureSuccessStatusCode();
    }

    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (process is not null)
        {
            await KillAsync();
        }
    }
}
