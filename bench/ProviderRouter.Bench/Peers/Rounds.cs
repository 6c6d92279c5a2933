namespace ProviderRouter.Bench.Peers;

/// <summary>One figure of each contender, measured once a round, as a line of the table.</summary>
internal sealed class Rounds
{
    private static readonly string[] Columns = [Contender.Direct, Contender.Nginx, Contender.Yarp, Contender.Router];

    private readonly Dictionary<string, List<double>> values = Columns.ToDictionary(name => name, _ => new List<double>());

    public void Add(Contender contender, double value) => values[contender.Name].Add(value);

    /// <summary>Medians, and how often bare YARP's figure goes into each.</summary>
    public void Report(string what, string unit, string aim) =>
        Report(what, unit, aim, (own, yarp) => own / yarp, ratio => $"×{ratio:0.00}");

    /// <summary>Medians, and how much more each is than bare YARP's.</summary>
    public void ReportAdded(string what, string unit, string aim) =>
        Report(what, unit, aim, (own, yarp) => own - yarp, added => $"{added:+0.00;-0.00}");

    // Compared round by round: what disturbed the machine in one round disturbed both.
    private void Report(string what, string unit, string aim, Func<double, double, double> compare, Func<double, string> show)
    {
        var cells = Columns.Select(name =>
        {
            var own = values[name];
            if (own.Count == 0)
            {
                return "";
            }

            var beside = name == Contender.Yarp ? "" : $" ({show(Percentile.Median(own.Zip(values[Contender.Yarp], compare)))})";
            return Bench.Report.Figure(Percentile.Median(own), unit) + beside;
        });
        Bench.Report.Line($"what | {string.Join(" | ", Columns)} | aim", $"{what} | {string.Join(" | ", cells)} | {aim}");
    }
}
