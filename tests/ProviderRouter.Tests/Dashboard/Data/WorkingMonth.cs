using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Dashboard.Data;

/// <summary>Thirty days of ordinary work, the same each time: busier by day, a bad hour now and then.</summary>
internal static class WorkingMonth
{
    private static readonly (string Provider, string Model, double Seconds)[] Uses =
        [("lm-studio", "qwen3-30b-a3b", 4), ("lm-studio", "qwen3-30b-a3b", 5), ("lm-studio", "gemma-3-12b", 3), ("openai", "gpt-4o", 2), ("openai", "gpt-4o-mini", 1), ("qwen-direct", "qwen-max", 3)];

    private static readonly string[] Questions =
    [
        "Write a unit test for the parser.", "Why does this query scan the whole table?", "Translate to German: the tide is out.", "Review this diff, please.",
        "Rename the variable so that it says what it is.", "What changed between these two logs?", "解释一下这个错误。", "Draft the release notes. 🚀",
    ];

    public static IReadOnlyList<PastExchange> Of(int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(i => Exchange(random, i))];
    }

    private static PastExchange Exchange(Random random, int i)
    {
        var age = Age(random, i);
        var (provider, model, seconds) = Uses[random.Next(Uses.Length)];
        var question = Questions[random.Next(Questions.Length)];
        // An hour of each day is a bad one.
        var fails = random.Next(100) < ((int)age.TotalHours % 24 == 5 ? 30 : 3);
        var duration = TimeSpan.FromSeconds(seconds * Math.Exp((random.NextDouble() * 2) - 1));
        var answer = $"Here it is ({i}): " + string.Join(' ', Enumerable.Repeat("and so on", random.Next(3, 40)));
        var streams = random.Next(3) > 0;
        var exchange = new PastExchange(ChatJson.Request(model, ChatJson.Says("user", question)), ChatJson.Answer(model, answer))
        {
            Age = age, Provider = provider, Model = model, Duration = duration,
            Events = streams ? "" : null, FirstToken = streams ? duration / 4 : null,
            Usage = new(model, random.Next(50, 6_000), random.Next(20, 900), random.Next(0, 500), null, "stop", 0), ClientKey = random.Next(2) == 0 ? "laptop" : "ci",
        };
        return !fails ? exchange : exchange with
        {
            Answer = ChatJson.Error("The server is overloaded."), Outcome = Outcome.UpstreamError, Status = 503, Error = "503: The server is overloaded.", Events = null,
            FirstToken = null, Usage = AuditUsage.Unknown,
        };
    }

    /// <summary>A few now, a third within a day, where work comes and goes in waves; the rest within thirty.</summary>
    private static TimeSpan Age(Random random, int i)
    {
        if (i % 60 == 0)
        {
            return TimeSpan.FromMinutes(1 + (14 * random.NextDouble()));
        }

        var days = i % 3 == 0 ? 0 : random.Next(30);
        double hours;
        do
        {
            hours = random.NextDouble() * 24;
        }
        while (random.NextDouble() > 0.55 + (0.45 * Math.Sin(hours / 24 * 4 * Math.PI)));

        return TimeSpan.FromMinutes(1) + TimeSpan.FromDays(days) + TimeSpan.FromHours(hours);
    }
}
