namespace ProviderRouter.Tests.Record.Tampering;

/// <summary>What only a head that was kept elsewhere finds: <c>provider-cli verify --since HEAD</c>.</summary>
public sealed class KeptHeadTests(RecordedTraffic traffic) : IClassFixture<RecordedTraffic>
{
    [Fact]
    public async Task The_head_is_printed_alone_and_is_found_again()
    {
        using var log = new TamperedLog(traffic);

        var head = (await log.VerifyAsync("--head")).Exits(0);

        Assert.Matches("^22:[0-9a-f]{64}\n$", head.Output);
        Assert.Empty(head.Errors);
        Assert.Equal(head.Output.Trim(), (string?)(await log.VerifyAsync("--head", "--json")).Exits(0).Json["head"]);
        var report = (await log.VerifyAsync("--since", head.Output.Trim())).Exits(0);
        Assert.Contains($"provider-cli verify --since {head.Output.Trim()}\n", report.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_still_stands_after_more_traffic()
    {
        await using var setup = await Setup.StartAsync();
        (await setup.ChatAsync("fake-small")).Dispose();
        var head = (await setup.Cli.RunAsync("verify", "--head")).Exits(0).Output.Trim();
        using var more = await setup.ChatAsync("fake-small", stream: true);
        await more.Content.ReadAsByteArrayAsync();

        // While the server runs, too.
        var report = (await setup.Cli.RunAsync("verify", "--since", head, "--json")).Exits(0).Json;

        Assert.True((long)report["rows"]! > long.Parse(head.Split(':')[0]));
    }

    [Fact]
    public async Task An_end_that_was_cut_off_is_found()
    {
        using var log = new TamperedLog(traffic);
        var head = await HeadAsync(log);
        log.Tamper("DELETE FROM audit_events WHERE seq > 19; DELETE FROM audit_responses WHERE seq > 19; DELETE FROM audit_requests WHERE seq > 19");

        // Without it nothing is to be seen.
        (await log.VerifyAsync()).Exits(0);
        await log.AssertFoundAsync("cut", 20, requestId: null, "--since", head);
    }

    [Fact]
    public async Task A_chain_that_was_made_anew_is_found()
    {
        using var log = new TamperedLog(traffic);
        var head = await HeadAsync(log);
        log.Tamper("UPDATE audit_responses SET status_code = 500 WHERE request = 1");
        log.RemakeChain();

        (await log.VerifyAsync()).Exits(0);
        await log.AssertFoundAsync("altered", 22, requestId: null, "--since", head);
    }

    [Fact]
    public async Task A_log_that_was_begun_anew_is_found()
    {
        using var log = new TamperedLog(traffic);
        var head = await HeadAsync(log);
        log.Tamper("DELETE FROM audit_events; DELETE FROM audit_responses; DELETE FROM audit_requests; DELETE FROM audit_pieces");

        Assert.Equal("0:" + new string('0', 64), (await log.VerifyAsync("--head")).Exits(0).Output.Trim());
        await log.AssertFoundAsync("cut", 1, requestId: null, "--since", head);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("12:abc")]
    [InlineData(":")]
    [InlineData("-1:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1:000000000000000000000000000000000000000000000000000000000000000g")]
    [InlineData("99999999999999999999:0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task What_is_no_head_is_wrong_usage(string head)
    {
        using var log = new TamperedLog(traffic);

        var result = (await log.VerifyAsync($"--since={head}")).Exits(2);

        Assert.Contains("a place, a colon and 64 hexadecimal digits", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private static async Task<string> HeadAsync(TamperedLog log) => (await log.VerifyAsync("--head")).Exits(0).Output.Trim();
}
