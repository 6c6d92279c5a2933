namespace ProviderRouter.Bench.Peers;

/// <summary>What the router put on record, and what that cost the disk.</summary>
internal static class RecordReport
{
    /// <summary>Every request that was sent must be there.</summary>
    public static void Rows(Contender router) => Report.Row(
        $"router: requests on record, of {Report.Figure(router.Asked, "sent")}",
        RecordedRequests.Count(router.Folder!.Path), "", "all");

    /// <summary>Medians of the rounds.</summary>
    public static void Bytes(string what, Load load, List<Cost> costs)
    {
        var passed = Report.Figure(load.Body.Length + load.AnswerBytes, "bytes");
        Report.Row($"router: files' growth, {what} of {passed}", Median(cost => cost.Kept), "bytes", "");
        Report.Row($"router: written to files, {what}", Median(cost => cost.Written), "bytes", "");
        Report.Row($"router: written to the disk, in whole pages, {what}", Median(cost => cost.ToDisk), "bytes", "");

        double Median(Func<Cost, double> part) => Percentile.Median(costs.Select(part));
    }
}
