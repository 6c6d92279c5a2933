using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Settings;

namespace ProviderRouter.Tests.Record.Retention;

/// <summary>Retention works in small steps, and lets go of the database after each.</summary>
public sealed class SmallStepsTests : IDisposable
{
    private const int Records = 2000;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Between_two_steps_anybody_can_write_and_verify()
    {
        using (var past = new PastLog(folder))
        {
            for (var i = 0; i < Records; i++)
            {
                past.Add(TimeSpan.FromDays(i < Records / 2 ? 400 : 40), LongText.Of(i));
            }
        }

        using var writer = new SqliteConnection($"Data Source={folder.Database};Mode=ReadWrite;Pooling=False");
        writer.Open();
        var steps = new Dictionary<PruneStage, int>();

        var report = PastLog.Open(folder).Prune(
            new RetentionSettings { RecordsBefore = TimeSpan.FromDays(365), BodiesBefore = TimeSpan.FromDays(30) },
            progress =>
            {
                steps[progress.Stage] = steps.GetValueOrDefault(progress.Stage) + 1;
                Write(writer);
                if (steps[progress.Stage] < 5)
                {
                    Assert.Null(PastLog.Verify(folder).Fault);
                }
            },
            CancellationToken.None);

        Assert.Equal((Records / 2, Records / 2), (report!.Records, report.Bodies));
        Assert.Equal(Enum.GetValues<PruneStage>(), steps.Keys.Order());
        Assert.InRange(steps.Values.Sum(), 10, 10_000);
    }

    /// <summary>Without waiting for anybody.</summary>
    private static void Write(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 0; BEGIN IMMEDIATE; UPDATE settings SET updated_at = updated_at + 1; COMMIT";
        command.CommandTimeout = 1;
        command.ExecuteNonQuery();
    }
}
