using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ProviderRouter.Gateway.Capture;

/// <summary>Headers for the record. Their values travel as bytes (one character each); here they become readable again.</summary>
internal static class RecordedHeaders
{
    public static List<KeyValuePair<string, IReadOnlyList<string?>>> Of(IHeaderDictionary headers)
    {
        var readable = new List<KeyValuePair<string, IReadOnlyList<string?>>>(headers.Count);
        foreach (var (name, value) in headers)
        {
            readable.Add(new(name, IsAscii(value) ? value : [.. value.Select(Readable)]));
        }

        return readable;
    }

    private static bool IsAscii(StringValues values)
    {
        foreach (var value in values)
        {
            if (!Ascii.IsValid(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The bytes as UTF-8 where they are that, else as Latin-1.</summary>
    private static string? Readable(string? value)
    {
        var bytes = Encoding.Latin1.GetBytes(value ?? "");
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : value;
    }
}
