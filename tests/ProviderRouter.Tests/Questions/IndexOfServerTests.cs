using System.Text;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite.Index;

namespace ProviderRouter.Tests.Questions;

/// <summary>A server sees to it that its log is indexed, by a process that ends with it.</summary>
public sealed class IndexOfServerTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_built_while_the_server_runs_and_left_alone_when_that_is_killed(bool throughHost)
    {
        Assert.SkipWhen(throughHost && BuiltPrograms.ArePublished, "The published program needs no host.");
        using var server = throughHost
            ? ProgramStart.Start("dotnet", folder, [Path.ChangeExtension(BuiltPrograms.Router, ".dll"), "--port", "0"])
            : ProgramStart.Start(BuiltPrograms.Router, folder, ["--port", "0"]);
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        try
        {
            var url = (await server.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)))!.Split(' ')[^1];
            await ChatAsync(new Uri(new Uri(url), "/v1/chat/completions"), 1_100);
            await Eventually.IsAsync("all is indexed", () => File.Exists(PastLog.Open(folder).IndexPath) && PastLog.Open(folder).MissingInIndex().Missing == 0);
            using var reader = PastLog.Open(folder).OpenLog();
            Assert.NotEmpty(reader.Find(new ExchangeFilter { Search = TextQuery.Parse("number77") }));
            Assert.Null(IndexBuilder.TryStart(PastLog.Open(folder)));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }

        await Eventually.IsAsync("its process has ended", () =>
        {
            using var builder = IndexBuilder.TryStart(PastLog.Open(folder));
            return builder is not null;
        });
    }

    private static async Task ChatAsync(Uri url, int count)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, cancellation) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            request.Headers.Add("x-router-provider", "echo");
            request.Content = new StringContent($$"""{"model":"echo","messages":[{"role":"user","content":"number{{number}}"}]}""", Encoding.UTF8, "application/json");
            using var response = await client.SendAsync(request, cancellation);
            Assert.True(response.IsSuccessStatusCode);
        });
    }
}
