using System.Security.Cryptography;
using System.Text;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Stats;
using ProviderRouter.Configuration;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Index;

namespace ProviderRouter.Tests.Questions;

/// <summary>A log of more exchanges than a part of the index has (65,536): what crosses its end, and what happens to a part meanwhile.</summary>
public sealed class IndexPartsTests : IDisposable
{
    private const int Part = 65_536;

    private readonly TestFolder folder = new();
    private readonly DateTimeOffset start = TimeProvider.System.GetUtcNow().AddDays(-40);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Conversations_go_on_across_the_end_of_a_part()
    {
        const int count = Part + 500;
        using (var log = Database.OpenLogForAppending())
        {
            log.SetDurable(survivesPowerCut: false);
            var said = new List<string>();
            var rows = new List<AuditRow>();
            for (var id = 1; id <= count; id++)
            {
                if (id % 50 == 1)
                {
                    said.Clear();
                    said.Add($$"""{"role":"system","content":"topic{{id / 50}}"}""");
                }

                said.Add($$"""{"role":"user","content":"only{{id}}"}""");
                // Old ones first; the last exchanges of the first part are young.
                Add(rows, id, id <= Part - 300 ? start : start.AddDays(39), $$"""{"messages":[{{string.Join(',', said)}}]}""");
                if (rows.Count >= 2_000)
                {
                    log.Append(rows);
                    rows.Clear();
                }
            }

            log.Append(rows);
        }

        Index();
        using var reader = Database.OpenLog();
        foreach (var id in new[] { 1, 2, 50, 51, 4_095, 4_096, 4_097, 8_192, 8_193, 30_000, Part - 1, Part, Part + 1, Part + 2, count })
        {
            var last = Math.Min(count, ((id - 1) / 50 * 50) + 50);
            Assert.Equal(Enumerable.Range(id, last - id + 1).Select(one => (long)one), Ids(reader, $"only{id}"));
            var first = ((id - 1) / 50 * 50) + 1;
            Assert.Equal(Enumerable.Range(first, last - first + 1).Select(one => (long)one), Ids(reader, $"topic{id / 50 - (id % 50 == 0 ? 1 : 0)}"));
        }

        Assert.Equal(count, reader.Stats(ExchangeFilter.All, StatsGrouping.Provider, TimeZoneInfo.Utc).Overall.Count);
        Assert.Equal((0, true), Database.MissingInIndex());

        // Somebody asks, retention takes most of the first part, and it is half made anew when the question comes to it.
        var found = reader.Find(new ExchangeFilter { Search = TextQuery.Parse("young*") }).GetEnumerator();
        Assert.True(found.MoveNext());
        Assert.NotNull(Database.Prune(new RetentionSettings { BodiesBefore = TimeSpan.FromDays(30) }, _ => { }, CancellationToken.None));
        Index(isCancelled: true);
        var ids = new List<long> { found.Current.Id };
        while (found.MoveNext())
        {
            ids.Add(found.Current.Id);
        }

        Assert.Equal(Enumerable.Range(Part - 299, 800).Select(id => (long)id).Reverse(), ids);
    }

    private SqliteDatabase Database => SqliteDatabase.Open(new DataFolder(folder.Data), TimeProvider.System);

    private void Index(bool isCancelled = false)
    {
        using var builder = IndexBuilder.TryStart(Database)!;
        try
        {
            builder.CatchUp(_ => { }, new CancellationToken(isCancelled));
        }
        catch (OperationCanceledException)
        {
            Assert.True(isCancelled);
        }
    }

    private static List<long> Ids(AuditLogReader reader, string typed) =>
        [.. reader.Find(new ExchangeFilter { Search = TextQuery.Parse(typed) }, oldestFirst: true).Select(record => record.Id)];

    private static void Add(List<AuditRow> rows, int number, DateTimeOffset at, string request)
    {
        var id = Guid.CreateVersion7(at).ToString();
        rows.Add(new AuditRequest
        {
            RequestId = id, At = at, Provider = "echo", Method = "POST", Endpoint = "/v1/chat/completions", Headers = AuditHeaders.None, Body = Body(request),
        });
        rows.Add(new AuditResponse
        {
            RequestId = id, At = at, Provider = "echo", Outcome = Outcome.Ok, StatusCode = 200, Headers = AuditHeaders.None,
            Body = number > Part - 300 ? Body($"young{number}") : AuditBody.None,
        });
    }

    private static AuditBody Body(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new AuditBody(AuditBodyState.Whole, bytes, IsText: true, bytes.Length, SHA256.HashData(bytes), IsAsSent: true).InPieces();
    }
}
