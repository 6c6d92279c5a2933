using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;

namespace ProviderRouter.Tests.Access;

/// <summary>What is too large, too much or too slow is turned away, and the server goes on.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData(false, "lm-studio")]
    [InlineData(true, "lm-studio")]
    [InlineData(false, "echo")]
    [InlineData(true, "echo")]
    public async Task A_body_larger_than_allowed_is_refused(bool chunked, string provider)
    {
        await using var open = await ClosedRouter.StartAsync();
        (await new Programs.Cli(open.Folder).RunAsync("config", "set", "http.maxRequestBody", "64KB")).Exits(0);
        foreach (var (size, fits) in new[] { (60_000, true), (70_000, false) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions");
            var body = $$"""{"model":"fake-small","messages":[{"role":"user","content":"{{new string('x', size)}}"}]}""";
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            request.Headers.Add("x-router-provider", provider);
            request.Headers.TransferEncodingChunked = chunked;
            using var response = await open.Router.Client.SendAsync(request);

            if (fits)
            {
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
            else
            {
                Assert.Contains("64KB", await Refused.WithAsync(response, HttpStatusCode.RequestEntityTooLarge, "request_too_large"), StringComparison.Ordinal);
                Assert.Equal("rejected", open.Log.Of(response)["outcome"]);
            }
        }
    }

    [Theory]
    [InlineData("x-a: 1\r\n", 1_000_000, "431")]
    [InlineData("", 0, "431", 200_000)]
    [InlineData("", 0, "414", 0, 100_000)]
    public async Task Headers_without_end_are_an_error_and_the_server_goes_on(string header, int count, string status, int longValue = 0, int longPath = 0)
    {
        await using var open = await ClosedRouter.StartAsync();
        var request = new StringBuilder($"GET /v1/models{new string('x', longPath)} HTTP/1.1\r\nhost: 127.0.0.1\r\n").Append("x-long: ").Append('y', longValue).Append("\r\n");
        for (var i = 0; i < count; i++)
        {
            request.Append(header);
        }

        string answer;
        try
        {
            answer = await RawHttp.SendAsync(open.Router.Url, request.Append("\r\n").ToString());
        }
        catch (IOException)
        {
            // Cut off while it was still sending.
            answer = $"HTTP/1.1 {status} ";
        }

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("\"ok\"", await open.Router.Client.GetStringAsync("health"), StringComparison.Ordinal);
        // It came no further than the server's own limits.
        Assert.Equal(0, open.Log.Count());
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_at_once()
    {
        await using var open = await ClosedRouter.StartAsync("--max-connections", "2");
        using var first = await RawHttp.OpenAsync(open.Router.Url, "GET /health HTTP/1.1\r\n");
        using var second = await RawHttp.OpenAsync(open.Router.Url, "GET /health HTTP/1.1\r\n");
        await Eventually.IsAsync("the third is closed", async () =>
        {
            using var third = new TcpClient();
            await third.ConnectAsync(open.Router.Url.Host, open.Router.Url.Port);
            try
            {
                return await third.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromMilliseconds(200)) == 0;
            }
            catch (Exception error) when (error is IOException)
            {
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
        });
        await second.GetStream().WriteAsync("host: 127.0.0.1\r\nconnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(second.GetStream());

        Assert.Contains("200 OK", await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"model\":\"fake-small\",\"messages\":")]
    [InlineData("no json at all")]
    public async Task A_body_that_is_no_json_passes_through_as_it_is(string body)
    {
        await using var open = await ClosedRouter.StartAsync();
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(body), 0xff, 0xfe]);
        content.Headers.TryAddWithoutValidation("content-type", "application/json");
        using var response = await open.Router.Client.PostAsync("v1/sink", content);

        Assert.Equal(Encoding.UTF8.GetByteCount(body) + 2, Assert.Single(open.Forwarded).BodyBytes);
        Assert.Equal(200, int.Parse($"{(int)response.StatusCode}", CultureInfo.InvariantCulture));
    }
}
