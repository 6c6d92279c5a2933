using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace ProviderRouter.Tests.Cli.Show;

/// <summary>Sends what is to be shown, and reads what a terminal was sent.</summary>
internal static partial class Shown
{
    /// <summary>Sends these bytes, and answers the row of the log.</summary>
    public static async Task<LogRow> SendAsync(this Setup setup, byte[] body, string path = "v1/chat/completions", string? type = "application/json", params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await setup.Client.SendAsync(request);
        _ = await response.Content.ReadAsByteArrayAsync();
        return setup.Log.Of(response);
    }

    public static Task<LogRow> SendAsync(this Setup setup, string body, string path = "v1/chat/completions") => setup.SendAsync(Encoding.UTF8.GetBytes(body), path);

    /// <summary>Runs it on a terminal, and answers what is to be seen there.</summary>
    public static async Task<string> OnScreenAsync(TestFolder folder, string command, int columns = 80, string? pager = "cat")
    {
        using var screen = Screen.Start(folder, command, columns, pager: pager);
        Assert.Equal(0, await screen.EndAsync());
        return Colors().Replace(screen.Text, "").Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>Columns as a terminal counts them, for the letters of these tests.</summary>
    public static int WidthOf(string line) => line.EnumerateRunes().Sum(rune => rune.Value is >= 0x2E80 and <= 0x9FFF or >= 0xFF00 and <= 0xFF60 or >= 0x1F300 ? 2 : 1);

    /// <summary>What the program itself sends: colours, and what .NET says to a terminal as it starts.</summary>
    [GeneratedRegex("\e(\\[[0-9;]*m|\\[\\?1[hl]|[=>])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Colors();
}
