using System.Text;
using Microsoft.AspNetCore.Http;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>Bytes of strangers as an answer of the dashboard's own address: no browser takes them for a page, or runs anything in them.</summary>
internal static class ForeignBytes
{
    /// <summary>What any text of strangers counts as.</summary>
    public const string Text = "text/plain; charset=utf-8";

    /// <summary>The bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="type">What they count as, whatever they are.</param>
    public static UiAnswer Answer(ReadOnlyMemory<byte> bytes, string type)
    {
        var answer = UiAnswer.Bytes(bytes, type);
        return new(context =>
        {
            Guard(context, file: null);
            return answer.Write(context);
        });
    }

    /// <summary>Bytes that are written one after the other, however many there are.</summary>
    /// <param name="file">The name that they are saved under; null where they are shown.</param>
    /// <param name="write">Writes them; where that fails, the connection is cut off, so that nobody takes a part for all.</param>
    public static UiAnswer Written(string? file, Func<HttpContext, Task> write) => new(async context =>
    {
        context.Response.ContentType = Text;
        Guard(context, file);
        try
        {
            await write(context);
        }
        catch (Exception)
        {
            context.Abort();
        }
    });

    /// <summary>Text, with a line for each value where it is JSON.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="longest">A longer one stays as it is.</param>
    public static UiAnswer Lines(ReadOnlySpan<byte> bytes, int longest) =>
        Answer(Encoding.UTF8.GetBytes(ReadableJson.From(Encoding.UTF8.GetString(bytes), longest)), Text);

    private static void Guard(HttpContext context, string? file)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.ContentDisposition = file is null ? "inline" : $"attachment; filename=\"{file}\"";
        headers["cross-origin-resource-policy"] = "same-origin";
    }
}
