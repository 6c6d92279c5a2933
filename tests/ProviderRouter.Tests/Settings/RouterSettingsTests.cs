using ProviderRouter.Settings;

namespace ProviderRouter.Tests.Settings;

/// <summary>The settings as values, which no program prints: they are read by the parts that obey them.</summary>
public sealed class RouterSettingsTests
{
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["audit.durability"] = "process",
        ["audit.onFailure"] = "refuse",
        ["audit.failureWait"] = "500ms",
        ["audit.maxBody"] = "1KB",
        ["audit.spoolFolder"] = "/mnt/spool",
        ["audit.spoolMax"] = "2GB",
        ["audit.streamUsage"] = "ask",
        ["retention.bodiesBefore"] = "30d",
        ["retention.recordsBefore"] = "1y",
        ["retention.maxSize"] = "5GB",
        ["active_provider"] = "echo",
    };

    [Fact]
    public void Each_text_becomes_its_value()
    {
        var (settings, problems) = RouterSettings.From(Allowed);

        Assert.Empty(problems);
        Assert.Equal(
            new RouterSettings
            {
                Audit = new AuditSettings
                {
                    Durability = AuditDurability.Process,
                    OnFailure = AuditFailureAction.Refuse,
                    FailureWait = TimeSpan.FromMilliseconds(500),
                    MaxBody = 1024,
                    SpoolFolder = "/mnt/spool",
                    SpoolMax = 2L * 1024 * 1024 * 1024,
                    StreamUsage = AuditStreamUsage.Ask,
                },
                Retention = new RetentionSettings
                {
                    BodiesBefore = TimeSpan.FromDays(30),
                    RecordsBefore = TimeSpan.FromDays(365),
                    MaxSize = 5L * 1024 * 1024 * 1024,
                },
            },
            settings);
    }

    [Fact]
    public void No_text_at_all_is_the_defaults()
    {
        var (settings, problems) = RouterSettings.From(new Dictionary<string, string>());

        Assert.Empty(problems);
        Assert.Equal(RouterSettings.Default, settings);
        Assert.Equal(16 * 1024 * 1024, settings.Audit.MaxBody);
        Assert.Equal(1024 * 1024 * 1024, settings.Audit.SpoolMax);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.Audit.FailureWait);
        Assert.Null(settings.Audit.SpoolFolder);
        Assert.Equal(new RetentionSettings(), settings.Retention);
    }

    [Theory]
    [InlineData("no/sense")]
    [InlineData("99999999999999999999999999 GB")]
    [InlineData("\0")]
    [InlineData("\uD800")]
    public void Texts_that_are_not_allowed_are_each_a_problem_and_the_others_count(string garbage)
    {
        var texts = SettingList.All.ToDictionary(setting => setting.Key, _ => garbage);
        texts["audit.maxBody"] = "1KB";

        var (settings, problems) = RouterSettings.From(texts);

        Assert.Equal(SettingList.All.Count - 1, problems.Count);
        Assert.Equal(RouterSettings.Default with { Audit = RouterSettings.Default.Audit with { MaxBody = 1024 } }, settings);
    }

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(1023, "1023B")]
    [InlineData(1536 * 1024, "1536KB")]
    [InlineData(1L << 40, "1TB")]
    [InlineData(long.MaxValue, "9223372036854775807B")]
    public void A_size_and_its_text_are_the_same_both_ways(long bytes, string text)
    {
        Assert.Equal(text, ByteSize.Format(bytes));
        Assert.True(ByteSize.TryParse(text, out var parsed));
        Assert.Equal(bytes, parsed);
    }

    [Theory]
    [InlineData(1, "1m")]
    [InlineData(90, "90m")]
    [InlineData(60 * 48, "2d")]
    [InlineData(60 * 49, "49h")]
    public void An_age_and_its_text_are_the_same_both_ways(int minutes, string text)
    {
        Assert.Equal(text, Age.Format(TimeSpan.FromMinutes(minutes)));
        Assert.True(Age.TryParse(text, out var parsed));
        Assert.Equal(TimeSpan.FromMinutes(minutes), parsed);
    }
}
