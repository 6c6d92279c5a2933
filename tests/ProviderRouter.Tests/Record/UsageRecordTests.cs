using System.Net.Http;
using System.Text;

namespace ProviderRouter.Tests.Record;

/// <summary>What an answer says of itself stands in columns: models, tokens, times, why it ended.</summary>
public sealed class UsageRecordTests
{
    [Theory]
    [InlineData("fake-small", "stop", 0)]
    [InlineData("tools", "tool_calls", 2)]
    [InlineData("reasoning", "stop", 0)]
    public async Task Usage_is_on_record_plain_and_streamed(string model, string finishReason, long toolCalls)
    {
        await using var setup = await Setup.StartAsync();
        foreach (var stream in new[] { "", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" })
        {
            using var content = new StringContent(
                $$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hello"}]{{stream}}}""", Encoding.UTF8, "application/json");
            using var response = await setup.Client.PostAsync("v1/chat/completions", content);
            await response.Content.ReadAsByteArrayAsync();

            var row = setup.Log.Of(response);
            Assert.Equal(model, row["model"]);
            Assert.Equal(model, row["response_model"]);
            Assert.Equal(
                (12L, 7L, 4L, 3L), (row.Number("prompt_tokens"), row.Number("completion_tokens"), row.Number("cached_tokens"), row.Number("reasoning_tokens")));
            Assert.Equal(finishReason, row["finish_reason"]);
            Assert.Equal(toolCalls, row.Number("tool_calls"));
            Assert.Equal("ok", row["outcome"]);
        }
    }

    [Fact]
    public async Task Of_a_name_as_long_as_a_book_there_is_the_beginning_in_its_column_and_all_in_the_body()
    {
        const string Key = "sk-own-4f9a1c77e2b04d55a8c3";
        await using var setup = await Setup.StartAsync(("QWEN_API_KEY", Key));
        foreach (var (name, expected) in new[]
        {
            (new string('m', 1000), new string('m', 1000)),
            (new string('m', 1001), $"{new string('m', 1000)}…"),
            // Half of a letter is none.
            ($"{new string('m', 999)}😀 and so on", $"{new string('m', 999)}…"),
        })
        {
            foreach (var stream in new[] { false, true })
            {
                using var answer = await setup.ChatAsync(name, stream);
                var body = await answer.Content.ReadAsStringAsync();
                var row = setup.Log.Of(answer);

                Assert.Contains(name[..999], body, StringComparison.Ordinal);
                Assert.Equal((expected, expected), (row["model"], row["response_model"]));
                Assert.Contains($"\"{name}\"", row.Text("request_body"), StringComparison.Ordinal);
            }
        }

        // Of a key that stands where it would be cut, nothing is left.
        using var hidden = await setup.ChatAsync($"{new string('m', 990)}{Key}{new string('m', 990)}", headers: ("x-router-provider", "qwen-direct"));
        await hidden.Content.ReadAsByteArrayAsync();
        Assert.DoesNotContain("sk-own", $"{setup.Log.Of(hidden)["model"]}{setup.Log.Of(hidden)["response_model"]}", StringComparison.Ordinal);
        (await setup.Cli.RunAsync("verify")).Exits(0);
    }

    [Fact]
    public async Task A_stream_whose_provider_reports_no_usage_has_none_on_record_and_is_not_made_to_report_it()
    {
        await using var setup = await Setup.StartAsync();
        using var response = await setup.ChatAsync("fake-small", stream: true);
        await response.Content.ReadAsByteArrayAsync();

        var row = setup.Log.Of(response);
        Assert.Null(row["prompt_tokens"]);
        Assert.Equal("stop", row["finish_reason"]);
        Assert.DoesNotContain("stream_options", setup.Studio.Requests[^1].BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_times_of_a_stream_follow_one_another()
    {
        await using var setup = await Setup.StartAsync();
        using var response = await setup.ChatAsync("role-each-chunk", stream: true);
        await response.Content.ReadAsByteArrayAsync();

        var row = setup.Log.Of(response);
        double At(string column) => (double)row[column]!;
        Assert.InRange(At("first_byte_ms"), 0.001, At("first_token_ms"));
        Assert.InRange(At("first_token_ms"), At("first_byte_ms"), At("duration_ms"));
    }

    [Fact]
    public async Task An_answer_that_is_no_stream_has_no_first_token()
    {
        await using var setup = await Setup.StartAsync();
        using var response = await setup.ChatAsync("fake-small");
        await response.Content.ReadAsByteArrayAsync();

        Assert.Null(setup.Log.Of(response)["first_token_ms"]);
    }
}
