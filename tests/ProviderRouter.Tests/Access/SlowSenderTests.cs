namespace ProviderRouter.Tests.Access;

/// <summary>Who sends next to nothing holds no connection for ever.</summary>
public sealed class SlowSenderTests
{
    [Theory]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n", false)]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{", true)]
    public async Task A_request_that_does_not_go_on_is_cut_off_and_one_that_began_is_on_record(string sent, bool isOnRecord)
    {
        await using var setup = await Setup.StartAsync();
        using var client = await WireClient.ConnectAsync(setup.Router.Url);
        await client.SendAsync(sent);
        // The server's patience is 15 s for a body, 30 s for headers; the connection ends when it is over.
        while (await client.ReadAsync())
        {
        }

        Assert.Equal(408, client.Answer!.Status);
        Assert.DoesNotContain(setup.Studio.Requests, request => request is { Method: "POST", BodyComplete: true });
        if (isOnRecord)
        {
            await Eventually.IsAsync("it is on record", () => setup.Log.Query("SELECT * FROM request_logs WHERE outcome IS NOT NULL AND method = 'POST'").Count == 1);
            var row = setup.Log.Query("SELECT * FROM request_logs WHERE method = 'POST'").Single();
            Assert.Equal("incomplete", row["request_body_state"]);
            Assert.NotEqual("ok", row["outcome"]);
        }
    }
}
