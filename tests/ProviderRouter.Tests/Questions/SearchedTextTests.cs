using System.Text;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Text;

namespace ProviderRouter.Tests.Questions;

/// <summary>What is found in bodies that nobody wrote with searching in mind.</summary>
public sealed class SearchedTextTests
{
    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"needle","\ud800":"x"}]}""")]
    [InlineData("""{"messages":[{"role":"\ud800","content":"needle"}]}""")]
    [InlineData("""{"\udc00\udc00":1,"prompt":"needle"}""")]
    [InlineData("""{"messages":[{"role":"user","content":"cut in the middle of a fox \ud83e\nneedle"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"\u006eeedle \ud83e"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"\udd8a\tneedle\"\\"}]}""")]
    public void Half_a_surrogate_pair_hides_nothing(string body)
    {
        var hit = Find("needle", body);
        Assert.NotNull(hit);
        Assert.Contains("needle", hit.Snippet, StringComparison.Ordinal);
        Assert.NotNull(new PromptStart().Of(Encoding.UTF8.GetBytes("""{"prompt":"said"}""")));
        _ = new PromptStart().Of(Encoding.UTF8.GetBytes(body));
    }

    [Fact]
    public void Bytes_that_are_no_text_break_nothing()
    {
        var random = new Random(5);
        var search = new TextSearch(TextQuery.Parse("needle")!);
        var seed = """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a needle \ud83e\udd8a \u6570"}]}],"\u0061":[{"\ud800":"role"}]}"""u8.ToArray();
        for (var run = 0; run < 20_000; run++)
        {
            var body = (byte[])seed.Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                body[random.Next(body.Length)] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)'\\', _ => seed[random.Next(seed.Length)] };
            }

            var cut = body.AsMemory(0, random.Next(body.Length + 1));
            var hit = search.Find(cut, body, countAll: run % 2 == 0);
            Assert.All(hit?.Marks ?? [], mark => Assert.InRange(mark.End.Value, mark.Start.Value + 1, hit!.Snippet.Length));
            _ = new PromptStart().Of(cut);
        }
    }

    [Theory]
    [InlineData("数据", "大数据库", true)]
    [InlineData("数据", "数，据", false)]
    [InlineData("数 据", "数，据", true)]
    [InlineData("\"数据 库\"", "数据的库", false)]
    [InlineData("🦊🦊", "🦊 🦊", false)]
    [InlineData("❤🔥", "❤️🔥", false)]
    [InlineData("don't", "don’t", true)]
    public void Letters_side_by_side_are_found_side_by_side(string typed, string said, bool isFound) =>
        Assert.Equal(isFound, Find(typed, $$"""{"prompt":"{{said}}"}""") is not null);

    [Theory]
    [InlineData("a")]
    [InlineData("aaaa")]
    [InlineData("b*")]
    public async Task A_word_without_end_takes_no_time_without_end(string typed)
    {
        var body = $$"""{"prompt":"see {{new string('a', 1_000_000)}}"}""";
        Assert.Null(await Bounded.RunAsync(() => Find(typed, body)));
    }

    [Fact]
    public void What_is_shown_of_it_stays_short()
    {
        Assert.InRange(Find("aa*", $$"""{"prompt":"see {{new string('a', 80_000)}}"}""")!.Snippet.Length, 100, 1000);
        Assert.InRange(Find("\"one two\"", $$"""{"prompt":"one {{new string('-', 80_000)}} two"}""")!.Snippet.Length, 100, 1000);
    }

    [Theory]
    [InlineData("what?", "whatX", false)]
    [InlineData("what?", "what?", true)]
    [InlineData("a*c\\", "abc\\", true)]
    [InlineData("gpt-*", "GPT-4o", true)]
    [InlineData("*a*a", "a", false)]
    [InlineData("*a*a", "ba-A", true)]
    [InlineData("*ab*b*c", "abbc", true)]
    [InlineData("*ab*bb*c", "abbc", false)]
    [InlineData("**", "", true)]
    [InlineData("", "a", false)]
    public void A_star_alone_stands_for_letters(string typed, string model, bool isMeant) => Assert.Equal(isMeant, FilterMatch.IsModel(typed, model));

    [Theory]
    [InlineData("0001-01-01", 9)]
    [InlineData("9999-12-31T23:59", -9)]
    [InlineData("2026-02-30", 0)]
    [InlineData("2026-11-23T14:03:22+25:00", 0)]
    [InlineData("99999999999999999999", 0)]
    [InlineData("100y", 0)]
    [InlineData("999999999999999999999d", 0)]
    [InlineData("-1h", 0)]
    [InlineData("", 0)]
    public void No_moment_is_too_early_or_too_late_to_be_read(string typed, int hours) =>
        _ = PointInTime.TryParse(typed, new Elsewhere(TimeSpan.FromHours(hours)), out _);

    private static TextHit? Find(string typed, string body) => new TextSearch(TextQuery.Parse(typed)!).Find(Encoding.UTF8.GetBytes(body), response: null);

    private sealed class Elsewhere(TimeSpan offset) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.CreateCustomTimeZone("there", offset, "there", "there");
    }
}
