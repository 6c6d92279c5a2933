using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Stats;

namespace ProviderRouter.Tests.Questions;

/// <summary>Whatever is asked, the index answers as the log itself does: while it is up to date, and while it is behind.</summary>
public sealed class IndexedAnswerTests : IClassFixture<IndexedAnswerTests.Logs>
{
    private readonly Logs logs;

    public IndexedAnswerTests(Logs logs) => this.logs = logs;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_filter_finds_the_same(int seed)
    {
        var random = new Random(seed);
        using var indexed = logs.Log.Database.OpenLog();
        for (var run = 0; run < 60; run++)
        {
            var filter = AnyFilter(random);
            var expected = logs.All.Where(filter.Matches).Select(record => record.RequestId).ToList();
            Assert.Equal(expected, indexed.Find(filter, oldestFirst: true).Select(record => record.RequestId));
            Assert.Equal(Enumerable.Reverse(expected), indexed.Find(filter).Select(record => record.RequestId));
        }
    }

    [Fact]
    public void The_filters_are_not_all_empty()
    {
        var random = new Random(1);
        var found = Enumerable.Range(0, 60).Select(_ => AnyFilter(random)).Count(filter => logs.All.Any(filter.Matches));
        Assert.InRange(found, 30, 60);
    }

    [Theory]
    [InlineData("alpha")]
    [InlineData("ALPHA beta")]
    [InlineData("\"alpha beta\"")]
    [InlineData("alp*")]
    [InlineData("tool_calls")]
    [InlineData("naïve")]
    [InlineData("straße")]
    [InlineData("数据库")]
    [InlineData("据库连")]
    [InlineData("库")]
    [InlineData("タワー")]
    [InlineData("데이터베이스")]
    [InlineData("ข้อมูล")]
    [InlineData("Приветствие")]
    [InlineData("привет*")]
    [InlineData("🦊")]
    [InlineData("0.7.1")]
    [InlineData("C# don't")]
    [InlineData("alpha 数据库 gamma")]
    public void A_search_finds_what_reading_all_bodies_does(string typed)
    {
        var filter = new ExchangeFilter { Search = TextQuery.Parse(typed) };
        using var indexed = logs.Log.Database.OpenLog();
        var found = indexed.Find(filter, oldestFirst: true).Select(record => record.RequestId).ToList();

        Assert.NotEmpty(found);
        Assert.Equal(logs.Unindexed(log => log.Find(filter, oldestFirst: true).Select(record => record.RequestId).ToList()), found);
        Assert.InRange(found.Count, 1, logs.All.Count - 1);
        Assert.Equal(Enumerable.Reverse(found), indexed.Find(filter).Select(record => record.RequestId));
    }

    [Theory]
    [InlineData("alph")]
    [InlineData("数连")]
    [InlineData("\"beta zeta\"")]
    [InlineData("zeta alpha")]
    [InlineData("assistant")]
    public void What_is_nowhere_is_not_found(string typed)
    {
        using var indexed = logs.Log.Database.OpenLog();
        Assert.Empty(indexed.Find(new ExchangeFilter { Search = TextQuery.Parse(typed) }));
    }

    [Theory]
    [InlineData(StatsGrouping.Provider)]
    [InlineData(StatsGrouping.Model)]
    [InlineData(StatsGrouping.Endpoint)]
    [InlineData(StatsGrouping.Status)]
    [InlineData(StatsGrouping.Key)]
    [InlineData(StatsGrouping.Hour)]
    [InlineData(StatsGrouping.Day)]
    public void Statistics_are_the_same(StatsGrouping grouping)
    {
        foreach (var filter in new[] { ExchangeFilter.All, new() { Since = logs.All[3000].CreatedAt, Provider = "openai" }, new() { Search = TextQuery.Parse("beta") } })
        {
            var zone = TimeZoneInfo.CreateCustomTimeZone("India", TimeSpan.FromHours(5.5), "India", "India");
            using var indexed = logs.Log.Database.OpenLog();
            var report = indexed.Stats(filter, grouping, zone);
            var expected = logs.Unindexed(log => log.Stats(filter, grouping, zone));

            Assert.Equal(Flat(expected.Overall), Flat(report.Overall));
            Assert.Equal(expected.Groups.Select(Flat), report.Groups.Select(Flat));
            Assert.Equal((expected.First, expected.Last), (report.First, report.Last));
            Assert.True(report.Overall.Count > 100);
            Assert.Equal(report.Overall.Count, report.Groups.Sum(group => group.Count));
        }
    }

    [Fact]
    public void Counts_and_sums_are_exact_and_percentiles_within_one_percent()
    {
        using var indexed = logs.Log.Database.OpenLog();
        var all = indexed.Stats(ExchangeFilter.All, StatsGrouping.Provider, TimeZoneInfo.Utc).Overall;

        Assert.Equal(logs.All.Count, all.Count);
        Assert.Equal(logs.All.Sum(record => record.PromptTokens ?? 0), all.PromptTokens);
        Assert.Equal(logs.All.Sum(record => record.CompletionTokens ?? 0), all.CompletionTokens);
        Assert.Equal(logs.All.Sum(record => record.CachedTokens ?? 0), all.CachedTokens);
        Assert.Equal(logs.All.Count(record => (record.PromptTokens ?? record.CompletionTokens) is not null), all.WithTokens);
        Assert.InRange(all.WithTokens, 1, all.Count - 1);
        Assert.Equal(logs.All.Count(record => record.Outcome is not (null or "ok")), all.Errors);
        AssertSpread([.. logs.All.Select(record => record.DurationMs).OfType<double>()], all.Duration!);
        AssertSpread([.. logs.All.Select(record => record.FirstTokenMs).OfType<double>()], all.FirstToken!);
        AssertSpread([.. logs.All.Select(record => record.TokensPerSecond).OfType<double>()], all.TokensPerSecond!);
    }

    [Fact]
    public void Percentiles_of_few_are_exact()
    {
        using var indexed = logs.Log.Database.OpenLog();
        var report = indexed.Stats(ExchangeFilter.All, StatsGrouping.Day, TimeZoneInfo.Utc);
        Assert.True(report.Groups.Count > 5);
        foreach (var day in report.Groups)
        {
            var values = logs.All.Where(record => $"{record.CreatedAt.UtcDateTime:yyyy-MM-dd}" == day.Key).Select(record => record.DurationMs).OfType<double>().Order().ToList();
            Assert.InRange(values.Count, 1, 1_000);
            Assert.Equal(
                new[] { 50, 90, 95, 99 }.Select(percent => values[(int)Math.Ceiling(values.Count * percent / 100.0) - 1]),
                [day.Duration!.P50, day.Duration.P90, day.Duration.P95, day.Duration.P99]);
        }
    }

    private static void AssertSpread(List<double> values, Distribution spread)
    {
        values.Sort();
        Assert.InRange(spread.Mean / values.Average(), 0.9999, 1.0001);
        foreach (var (percent, value) in new[] { (50, spread.P50), (90, spread.P90), (95, spread.P95), (99, spread.P99) })
        {
            Assert.InRange(value / values[((values.Count * percent) + 99) / 100 - 1], 0.99, 1.01);
        }
    }

    private static string Flat(StatsFigures figures) =>
        $"{figures with { Outcomes = new Dictionary<string, long>() }} {string.Join(' ', figures.Outcomes.OrderBy(pair => pair.Key))}".Replace("System.Collections.Generic.", "", StringComparison.Ordinal);

    private ExchangeFilter AnyFilter(Random random)
    {
        var filter = ExchangeFilter.All;
        for (var conditions = random.Next(1, 4); conditions > 0; conditions--)
        {
            var one = logs.All[random.Next(logs.All.Count)];
            filter = random.Next(14) switch
            {
                0 => filter with { Provider = one.Provider },
                1 => filter with { Model = random.Next(2) == 0 ? "gpt-4o*" : one.Model?.ToUpperInvariant() },
                2 => filter with { Status = new StatusRange(400, 499) },
                3 => filter with { Status = new StatusRange(200, 200) },
                4 => filter with { Outcome = one.Outcome ?? ExchangeFilter.Open },
                5 => filter with { Endpoint = random.Next(2) == 0 ? "completions" : "chat/completions" },
                6 => filter with { Since = one.CreatedAt },
                7 => filter with { Until = one.CreatedAt },
                8 => filter with { SlowerThan = TimeSpan.FromMilliseconds(one.DurationMs ?? 20_000) },
                9 => filter with { MinTokens = random.Next(6_000) },
                10 => filter with { ClientKey = one.ClientKey },
                11 => random.Next(2) == 0 ? filter with { BeforeId = one.Id } : filter with { AfterId = one.Id },
                12 => filter with { Outcome = ExchangeFilter.Failed },
                _ => filter with { IsReplay = random.Next(2) == 0 },
            };
        }

        return filter;
    }

    public sealed class Logs : IDisposable
    {
        private readonly TestFolder folder = new();
        private readonly TestFolder copy = new();

        public Logs()
        {
            Log = new RandomLog(folder);
            // Two blocks that are full, one that is not, answers that came since it was indexed, and exchanges that are not indexed yet.
            Log.Add(4_000);
            Log.Index();
            Log.Add(5_500);
            Log.Index();
            Log.Add(700);
            using var source = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.Database};Pooling=False");
            source.Open();
            using var command = source.CreateCommand();
            Directory.CreateDirectory(copy.Data);
            command.CommandText = $"VACUUM INTO '{copy.Database}'";
            command.ExecuteNonQuery();
            All = Unindexed(log => log.Find(ExchangeFilter.All, oldestFirst: true).ToList());
        }

        internal RandomLog Log { get; }

        public IReadOnlyList<AuditRecord> All { get; }

        /// <summary>Asks a copy of the log that has no index.</summary>
        public T Unindexed<T>(Func<ProviderRouter.Storage.Sqlite.AuditLogReader, T> ask)
        {
            using var log = ProviderRouter.Storage.Sqlite.SqliteDatabase.Open(new ProviderRouter.Configuration.DataFolder(copy.Data), TimeProvider.System).OpenLog();
            return ask(log);
        }

        public void Dispose()
        {
            Log.Dispose();
            folder.Dispose();
            copy.Dispose();
        }
    }
}
