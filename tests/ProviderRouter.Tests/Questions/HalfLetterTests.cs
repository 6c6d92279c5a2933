using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Questions;

/// <summary>Half of a character (an escape of one surrogate alone), wherever somebody sends one, keeps no question from being answered.</summary>
public sealed class HalfLetterTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly Programs.Cli cli;

    public HalfLetterTests() => cli = new Programs.Cli(folder);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""{"messages":[{"\ud800":1,"role":"user","content":"findable"}]}""", "{}")]
    [InlineData("""{"messages":[{"role":"\udc00ser","content":"findable"}]}""", "{}")]
    [InlineData("""{"\udbff":1,"messages":[{"role":"user","content":"findable \ud800"}]}""", "{}")]
    [InlineData("{}", """{"\ud800":1,"choices":[{"message":{"\udfff":2,"role":"assistant","content":"findable"}}]}""")]
    public async Task History_search_and_the_index_go_on(string question, string answer)
    {
        using (var past = new PastLog(folder))
        {
            past.Add(TimeSpan.FromHours(2), question, answer);
            past.Add(TimeSpan.FromHours(1), """{"messages":[{"role":"user","content":"another"}]}""", "{}");
        }

        Assert.Equal(2, (await cli.RunAsync("history", "--json")).Exits(0).Json.AsArray().Count);
        Assert.Single((await cli.RunAsync("history", "--search", "findable", "--json")).Exits(0).Json.AsArray());
        Assert.Equal(0, (int)(await cli.RunAsync("db", "index", "--json")).Exits(0).Json["missing"]!);
        Assert.Single((await cli.RunAsync("history", "--search", "findable", "--json")).Exits(0).Json.AsArray());
        Assert.Single((await cli.RunAsync("history", "--search", "another", "--json")).Exits(0).Json.AsArray());
    }

    [Fact]
    public async Task No_example_for_fine_tuning_has_one_and_the_others_come()
    {
        const string Answer = """{"choices":[{"message":{"role":"assistant","content":"yes"}}]}""";
        using (var past = new PastLog(folder))
        {
            past.Add(TimeSpan.FromHours(5), """{"messages":[{"role":"user","content":"half \ud800"}]}""", Answer);
            past.Add(TimeSpan.FromHours(4), """{"\udc00":1,"messages":[{"role":"user","content":"x"}],"tools":[{"\udc00":1}]}""", Answer);
            past.Add(TimeSpan.FromHours(3), """{"messages":[{"role":"user","content":"x"}]}""", """{"choices":[{"message":{"content":"\udc00"}}]}""");
            past.Add(TimeSpan.FromHours(2), """{"messages":[{"role":"user","content":"whole \ud83d\ude00"}]}""", Answer);
        }

        var result = (await cli.RunAsync("export", "--format", "openai-finetune")).Exits(0);

        Assert.Equal("whole 😀", (string?)JsonNode.Parse(Assert.Single(result.Output.TrimEnd('\n').Split('\n')))!["messages"]![0]!["content"]);
        Assert.StartsWith("3 exchanges are no chats", result.Errors, StringComparison.Ordinal);
    }
}
