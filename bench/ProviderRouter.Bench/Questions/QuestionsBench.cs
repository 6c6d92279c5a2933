using System.Diagnostics;
using ProviderRouter.Bench.Peers;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Index;

namespace ProviderRouter.Bench.Questions;

/// <summary>How long the log takes to answer at a million exchanges, while a server writes to it.</summary>
internal static class QuestionsBench
{
    private const int Runs = 25;
    private const int Rounds = 5;
    private const int RoundSeconds = 8;
    private static readonly int Exchanges = int.Parse(Environment.GetEnvironmentVariable("BENCH_EXCHANGES") ?? "1000000");

    private static readonly (string[] Arguments, double Aim)[] Questions =
    [
        (["history"], 30),
        (["history", "--json"], 30),
        (["history", "--provider", "mistral", "--model", "model-23*"], 100),
        (["history", "--status", "429", "--key", "ci"], 100),
        (["history", "--slower-than", "60s", "--outcome", "timeout"], 100),
        (["history", "--provider", "groq", "--since", "2d"], 100),
        (["history", "--min-tokens", "30000", "--endpoint", "responses"], 100),
        (["history", "--provider", "no-such-one", "--status", "5xx"], 100),
        (["show", "last", "--no-pager"], 30),
        (["stats"], 150),
        (["stats", "--by", "model"], 150),
        (["stats", "--since", "1d", "--by", "hour"], 60),
        (["stats", "--by", "day", "--provider", "openai"], 150),
        (["history", "--search", Vocabulary.Rare], 150),
        (["history", "--search", Vocabulary.Common], 150),
        (["history", "--search", "国家"], 150),
        (["history", "--search", "error function", "--provider", "groq"], 150),
    ];

    public static async Task RunAsync(Programs programs)
    {
        using var data = new TemporaryFolder();
        var started = Stopwatch.GetTimestamp();
        GeneratedLog.Write(data.Path, Exchanges);
        Report.Row($"log of {Exchanges:#,0} exchanges: written in", Stopwatch.GetElapsedTime(started).TotalSeconds, "s", "");
        Report.Row("its size on the disk", data.Bytes / 1024.0 / 1024, "MB", "");
        BuildIndex(data.Path);

        await using var upstream = await PacedUpstream.StartAsync();
        var (process, url) = await programs.StartRouterAsync(data.Path, ("LM_STUDIO_BASE_URL", new Uri(upstream.Url, "v1").ToString()));
        await using var server = new ServerProcess(process);
        using var writing = new CancellationTokenSource();
        using var users = new SteadyWriter(url);
        var written = users.RunAsync(writing.Token);
        // The index is a few seconds behind from here on, as it is in use.
        await Task.Delay(TimeSpan.FromSeconds(15));
        foreach (var (arguments, aim) in Questions)
        {
            Report.Row($"`{string.Join(' ', arguments)}`", await TimeAsync(programs, data.Path, arguments), "ms", $"< {aim} ms");
        }

        await CompareCpuAsync(programs, data.Path, server, users);
        await writing.CancelAsync();
        await written;
        Report.Row("requests that failed meanwhile", users.Failed, "", "0");
    }

    private static void BuildIndex(string data)
    {
        var database = SqliteDatabase.Open(DataFolder.Find(data, RouterEnvironment.OfThisProcess()), TimeProvider.System);
        using var self = Process.GetCurrentProcess();
        var (started, cpu) = (Stopwatch.GetTimestamp(), self.TotalProcessorTime);
        using (var builder = IndexBuilder.TryStart(database)!)
        {
            builder.CatchUp(_ => { }, CancellationToken.None);
        }

        self.Refresh();
        Report.Row("index: built in", Stopwatch.GetElapsedTime(started).TotalSeconds, "s", "");
        Report.Row("index: processor time an exchange", (self.TotalProcessorTime - cpu).TotalMicroseconds / Exchanges, "µs", "");
        Report.Row("index: size on the disk", new FileInfo(Path.Combine(data, "provider-router.index.db")).Length / 1024.0 / 1024, "MB", "");
    }

    private static async Task<List<double>> TimeAsync(Programs programs, string data, string[] arguments)
    {
        var times = new List<double>(Runs);
        for (var run = 0; run < Runs + 2; run++)
        {
            var started = Stopwatch.GetTimestamp();
            await programs.RunCliAsync(data, arguments);
            // The first two warm the file cache.
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times[2..];
    }

    /// <summary>
    /// What a request costs the server by itself, while questions are asked one after the other, and, as two programs on one processor
    /// slow each other down whatever they do, while another program computes; in turn.
    /// </summary>
    private static async Task CompareCpuAsync(Programs programs, string data, ServerProcess server, SteadyWriter users)
    {
        var (costs, index) = (new[] { new List<double>(), new List<double>(), new List<double>() }, new List<double>());
        for (var round = 0; round < Rounds * costs.Length; round++)
        {
            var (requests, cpu, all) = (users.Done, ProcessFacts.Cpu(server.Id), server.Cpu);
            var until = Stopwatch.GetTimestamp() + (RoundSeconds * Stopwatch.Frequency);
            for (var next = round; Stopwatch.GetTimestamp() < until; next++)
            {
                switch (round % costs.Length)
                {
                    case 0:
                        await Task.Delay(100);
                        break;
                    case 1:
                        await programs.RunCliAsync(data, Questions[next % Questions.Length].Arguments);
                        break;
                    default:
                        await Task.Run(Compute);
                        break;
                }
            }

            var count = users.Done - requests;
            var own = ProcessFacts.Cpu(server.Id) - cpu;
            costs[round % costs.Length].Add(own.TotalMicroseconds / count);
            // A process that ended in between takes its time with it: then this round says nothing of it.
            index.Add(Math.Max(0, (server.Cpu - all - own).TotalMicroseconds / count));
        }

        var alone = Percentile.Median(costs[0]);
        Report.Row("server: CPU a request at 200 a second, nobody asks", costs[0], "µs", "");
        Report.Row($"the same while questions are asked without a pause (×{Percentile.Median(costs[1]) / alone:0.00})", costs[1], "µs", "≤ ×1.10");
        Report.Row($"the same while another program computes (×{Percentile.Median(costs[2]) / alone:0.00})", costs[2], "µs", "");
        Report.Row("beside it, the process that indexes: CPU a request", index, "µs", "");
    }

    /// <summary>About as long as a question, with as much of the memory in use.</summary>
    private static void Compute()
    {
        var block = new byte[20 << 20];
        for (var at = 0; at < block.Length; at += 4096)
        {
            block[at] = (byte)at;
        }

        _ = System.Security.Cryptography.SHA256.HashData(block);
    }
}
