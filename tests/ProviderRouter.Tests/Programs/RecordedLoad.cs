namespace ProviderRouter.Tests.Programs;

/// <summary>Compares what clients received with what the log says.</summary>
internal static class RecordedLoad
{
    /// <summary>What each client was answered well is there once, whole, with the bytes that the client has, and in its order.</summary>
    public static void AssertOnRecord(IEnumerable<LoadAnswer> answers, IEnumerable<LogRow> log)
    {
        var rows = log.ToLookup(row => row.Text("request_id"));
        foreach (var client in answers.Where(answer => answer.Whole.Status == 200).GroupBy(answer => answer.Client))
        {
            var last = 0L;
            foreach (var (_, number, whole) in client)
            {
                var row = Assert.Single(rows[whole.RequestId]);
                Assert.Equal(("ok", 200L, "whole"), (row["outcome"], row["status_code"], row["response_body_state"]));
                Assert.Contains($"client {client.Key} question {number}\"", row.Text("request_body"), StringComparison.Ordinal);
                Assert.StartsWith(whole.Body, whole.IsStream ? row.Events : row.Text("response_body"), StringComparison.Ordinal);
                Assert.True(row.Number("id") > last, $"Question {number} of client {client.Key} is in the log before an earlier one.");
                last = row.Number("id");
            }
        }
    }
}
