using System.Net;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Gateway;

/// <summary>What clients are told, and what is on record, when a provider does not answer to the end.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync(("REQUEST_TIMEOUT", "700"));

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task A_provider_that_is_not_there_is_502_with_advice_and_the_request_is_on_record_whole()
    {
        await setup.Studio.DisposeAsync();
        using var response = await setup.ChatAsync("nobody", say: new string('x', 500_000));

        await AssertErrorAsync(response, HttpStatusCode.BadGateway, "upstream_unreachable", "nothing listens at 127.0.0.1");
        var row = setup.Log.Of(response);
        Assert.Equal("lm-studio", row["provider"]);
        Assert.Equal("unreachable", row["outcome"]);
        Assert.Equal("nobody", row["model"]);
        Assert.Equal("whole", row["request_body_state"]);
        Assert.Null(row["upstream_status"]);
        Assert.Contains("connection refused", row.Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_502()
    {
        setup.Log.Execute("UPDATE providers SET base_url = 'http://no-such-host.invalid/v1' WHERE name = 'lm-studio'");
        using var response = await setup.ChatAsync("nobody");

        await AssertErrorAsync(response, HttpStatusCode.BadGateway, "upstream_unreachable", "no host named 'no-such-host.invalid'");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("reset-headers")]
    public async Task An_answer_that_is_not_HTTP_is_502(string model)
    {
        using var response = await setup.ChatAsync(model);

        await AssertErrorAsync(response, HttpStatusCode.BadGateway, "upstream_invalid", "lm-studio");
        Assert.Equal("unreachable", setup.Log.Of(response)["outcome"]);
    }

    [Fact]
    public async Task A_provider_that_stays_silent_is_504_and_is_asked_no_longer()
    {
        using var response = await setup.ChatAsync("stall-headers");

        await AssertErrorAsync(response, HttpStatusCode.GatewayTimeout, "upstream_timeout", "sent nothing for 0.7 s");
        Assert.Equal("timeout", setup.Log.Of(response)["outcome"]);
        await setup.Studio.WaitForCancellationAsync("stall-headers", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Silence_is_limited_not_the_whole_answer()
    {
        // Ten chunks, 50 ms apart, and as much again at its ends: longer than any one silence, each far shorter.
        await using var patient = await Setup.StartAsync(("REQUEST_TIMEOUT", "400"));
        using var response = await patient.ChatAsync("trickle", stream: true);

        Assert.EndsWith("data: [DONE]\n\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("ok", patient.Log.Of(response)["outcome"]);
    }

    [Theory]
    [InlineData("stall", true, "timeout")]
    [InlineData("stall", false, "timeout")]
    [InlineData("reset", true, "upstream_cut")]
    [InlineData("reset", false, "upstream_cut")]
    [InlineData("cut", true, "upstream_cut")]
    [InlineData("cut", false, "upstream_cut")]
    [InlineData("wrong-length", true, "upstream_cut")]
    [InlineData("wrong-length", false, "upstream_cut")]
    public async Task An_answer_that_breaks_off_breaks_off_for_the_client_too_and_is_on_record_as_far_as_it_came(
        string model, bool stream, string outcome)
    {
        using var response = await setup.ChatAsync(model, stream);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync());

        var row = await setup.Log.WaitForAsync("request_id = $value AND outcome IS NOT NULL", response.Headers.GetValues("x-router-request-id").Single());
        Assert.Equal(outcome, row["outcome"]);
        Assert.Equal(200, row.Number("upstream_status"));
        Assert.NotNull(row["error"]);
        Assert.Equal("incomplete", row["response_body_state"]);
        Assert.True(row.Number("response_bytes") > 0);
        if (stream)
        {
            Assert.StartsWith("studio", (string?)row.Answer["choices"]![0]!["message"]!["content"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_stream_that_ends_without_saying_so_is_marked()
    {
        using var response = await setup.ChatAsync("no-done", stream: true);
        _ = await response.Content.ReadAsStringAsync();

        var row = setup.Log.Of(response);
        Assert.Equal("upstream_cut", row["outcome"]);
        Assert.Equal("studio says: Hello", (string?)row.Answer["choices"]![0]!["message"]!["content"]);
    }

    [Theory]
    [InlineData("429", 429, "429: Rate limit reached. Please try again in 7s.")]
    [InlineData("500", 500, "500: The server had an error while processing your request.")]
    public async Task An_error_of_the_provider_is_on_record_with_its_reason(string model, int status, string error)
    {
        using var response = await setup.ChatAsync(model);

        var row = setup.Log.Of(response);
        Assert.Equal(status, row.Number("status_code"));
        Assert.Equal(status, row.Number("upstream_status"));
        Assert.Equal("upstream_error", row["outcome"]);
        Assert.Equal(error, row["error"]);
        Assert.Equal(await response.Content.ReadAsStringAsync(), row["response_body"]);
    }

    [Fact]
    public async Task An_error_inside_a_stream_is_an_error_on_record()
    {
        using var response = await setup.ChatAsync("stream-error", stream: true);
        _ = await response.Content.ReadAsStringAsync();

        var row = setup.Log.Of(response);
        Assert.Equal("upstream_error", row["outcome"]);
        Assert.Equal("The model broke off.", row["error"]);
        Assert.Equal(200, row.Number("status_code"));
    }

    [Fact]
    public async Task A_request_whose_body_is_no_HTTP_is_refused_and_is_on_record()
    {
        var answer = await RawHttp.SendAsync(setup.Router.Url,
            "POST /v1/sink HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nno-number\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"bad_request\"", answer, StringComparison.Ordinal);
        var row = await setup.Log.WaitForAsync("endpoint = $value AND outcome IS NOT NULL", "/v1/sink");
        Assert.Equal("rejected", row["outcome"]);
        Assert.Equal("incomplete", row["request_body_state"]);
    }

    private static async Task AssertErrorAsync(HttpResponseMessage response, HttpStatusCode status, string code, string message)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!.AsObject();
        Assert.Equal(code, (string?)error["code"]);
        Assert.Contains(message, (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal("upstream_error", (string?)error["type"]);
        Assert.True(error.ContainsKey("param"));
        Assert.Equal("lm-studio", response.Headers.GetValues("x-router-provider").Single());
    }
}
