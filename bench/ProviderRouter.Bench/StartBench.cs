using System.Diagnostics;

namespace ProviderRouter.Bench;

/// <summary>From the start of the server's process to its first answer to a chat, which it gives itself (<c>echo</c>).</summary>
internal static class StartBench
{
    private const int Runs = 30;

    public static async Task RunAsync(Programs programs)
    {
        Report.Row("server: start to first chat answered, new database", await TimeAsync(programs, freshData: true), "ms", "< 100 ms");
        Report.Row("server: start to first chat answered", await TimeAsync(programs, freshData: false), "ms", "< 100 ms");
    }

    private static async Task<List<double>> TimeAsync(Programs programs, bool freshData)
    {
        var times = new List<double>(Runs);
        var shared = Directory.CreateTempSubdirectory("router-bench-").FullName;
        await programs.RunCliAsync(shared, "set", "echo");
        for (var i = 0; i < Runs; i++)
        {
            var data = freshData ? Directory.CreateTempSubdirectory("router-bench-").FullName : shared;
            var port = LoopbackPort.Free();
            var started = Stopwatch.GetTimestamp();
            using var process = programs.Start("provider-router", ["--data", data, "--port", $"{port}"]);
            await AskUntilAnsweredAsync(port);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            process.Kill();
            await process.WaitForExitAsync();
            if (freshData)
            {
                Directory.Delete(data, recursive: true);
            }
        }

        Directory.Delete(shared, recursive: true);
        return times;
    }

    private static async Task AskUntilAnsweredAsync(int port)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        client.DefaultRequestHeaders.Add("x-router-provider", "echo");
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var body = new StringContent("""{"messages":[{"role":"user","content":"hi"}]}""");
                using var response = await client.PostAsync("v1/chat/completions", body);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (tries < 10_000)
            {
                // Not listening yet: asked again at once.
            }
        }
    }
}
