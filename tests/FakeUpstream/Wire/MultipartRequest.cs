using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FakeUpstream.Wire;

/// <summary>A form's fields, and its file's name, size and hash: the file itself is not kept.</summary>
internal sealed record MultipartRequest(
    IReadOnlyDictionary<string, string> Fields, string FileName, long FileBytes, string FileSha256)
{
    /// <summary>The form, or null after a 400 was answered.</summary>
    public static async Task<MultipartRequest?> ReadAsync(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            await context.SendErrorAsync(400, "The body is not multipart/form-data.", "invalid_request_error");
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var (fileName, fileBytes, fileSha256) = ("", 0L, "");
        var reader = new MultipartReader(boundary, context.Request.Body);
        while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition)
            {
                continue;
            }

            if (disposition.IsFileDisposition())
            {
                fileName = HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "";
                (fileBytes, fileSha256) = await BodyHash.ReadAsync(section.Body, context.RequestAborted);
            }
            else
            {
                using var text = new StreamReader(section.Body, Encoding.UTF8);
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
                fields[name] = await text.ReadToEndAsync(context.RequestAborted);
            }
        }

        return new(fields, fileName, fileBytes, fileSha256);
    }
}
