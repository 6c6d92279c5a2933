using System.Net;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Record;

/// <summary>A record that cannot be written never fails the request, and is never silent.</summary>
public sealed class LogFailureTests
{
    [Fact]
    public async Task A_request_whose_record_cannot_be_written_is_answered_and_the_loss_is_logged_and_counted()
    {
        await using var setup = await Setup.StartAsync();
        setup.Log.Execute(
            "CREATE TRIGGER broken BEFORE INSERT ON audit_requests WHEN NEW.model = 'tools' BEGIN SELECT raise(ABORT, 'the disk is on fire'); END");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => setup.ChatAsync(i == 7 ? "tools" : "fake-small")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        // The one row that cannot be written takes none of the others with it, though they share transactions.
        Assert.Equal(19, setup.Log.Count());
        Assert.Contains("the disk is on fire", setup.Router.Errors, StringComparison.Ordinal);
        var counts = JsonNode.Parse(await setup.Client.GetStringAsync("health"))!["log"]!;
        Assert.Equal(38, (int)counts["rowsWritten"]!);
        Assert.Equal(2, (int)counts["rowsLost"]!);
        Assert.Equal(0, (int)counts["rowsWaiting"]!);
    }
}
