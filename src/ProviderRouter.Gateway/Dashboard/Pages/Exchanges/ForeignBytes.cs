using System.Text;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>Bytes of strangers as an answer of the dashboard's own address: no browser takes them for a page, or runs anything in them.</summary>
internal static class ForeignBytes
{
    private const int LongestJson = 2 * 1024 * 1024;

    /// <summary>The bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="type">What they count as, whatever they are.</param>
    /// <param name="file">The name that they are saved under; null where they are shown.</param>
    public static UiAnswer Answer(ReadOnlyMemory<byte> bytes, string type, string? file = null)
    {
        var answer = UiAnswer.Bytes(bytes, type);
        return new(context =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            headers.ContentDisposition = file is null ? "inline" : $"attachment; filename=\"{file}\"";
            headers["cross-origin-resource-policy"] = "same-origin";
            return answer.Write(context);
        });
    }

    /// <summary>Text, with a line for each value where it is JSON.</summary>
    public static UiAnswer Lines(ReadOnlyMemory<byte> bytes) =>
        Answer(Encoding.UTF8.GetBytes(ReadableJson.From(Encoding.UTF8.GetString(bytes.Span), LongestJson)), "text/plain; charset=utf-8");
}
