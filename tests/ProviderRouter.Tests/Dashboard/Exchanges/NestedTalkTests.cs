namespace ProviderRouter.Tests.Dashboard.Exchanges;

/// <summary>What strangers put into each other is shown to its end, and takes nothing down.</summary>
public sealed class NestedTalkTests
{
    private const string Call = """{"type":"tool_use","id":"x","name":"f","input":{"a":1}}""";

    [Fact]
    public async Task A_result_that_holds_its_own_call_ends_somewhere()
    {
        await using var shown = new ShownLog();
        var id = shown.Add("/v1/messages", "{}", $$$"""{"type":"message","content":[{{{Call}}},{"type":"tool_result","tool_use_id":"x","content":[{{{Call}}},{"type":"text","text":"within"}]}]}""");
        await shown.StartAsync();
        var page = await shown.PageAsync($"exchanges/{id}");

        // The call, what its result holds, and the same where the result stands.
        Assert.Equal(3, page.QuerySelectorAll("details.tool summary").Count(summary => summary.TextContent.Contains("Calls f", StringComparison.Ordinal)));
        Assert.Contains("within", page.Body!.TextContent, StringComparison.Ordinal);
        await shown.PageAsync("live");
    }

    [Fact]
    public async Task Results_within_results_end_somewhere()
    {
        await using var shown = new ShownLog();
        var nested = "\"inmost\"";
        for (var level = 0; level < 200; level++)
        {
            nested = $$"""[{"type":"tool_result","tool_use_id":"{{level}}","content":{{nested}}}]""";
        }

        var id = shown.Add("/v1/messages", "{}", $$"""{"type":"message","content":{{nested}}}""");
        await shown.StartAsync();

        Assert.Contains("inmost", (await shown.PageAsync($"exchanges/{id}")).Body!.TextContent, StringComparison.Ordinal);
        await shown.PageAsync("live");
    }
}
