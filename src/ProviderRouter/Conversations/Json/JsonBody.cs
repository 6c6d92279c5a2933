using System.Text;
using System.Text.Json;

namespace ProviderRouter.Conversations.Json;

/// <summary>A body as JSON, or as much of one as can be read.</summary>
internal sealed class JsonBody(JsonDocument document, bool breaksOff) : IDisposable
{
    // Deeper than anything that is meant, and not so deep that it would cost much to print.
    private const int MaxDepth = 512;

    private static readonly JsonDocumentOptions Lenient = new()
    {
        MaxDepth = MaxDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>The whole of it.</summary>
    public JsonElement Root => document.RootElement;

    /// <summary>True where not all of the body is here.</summary>
    public bool BreaksOff => breaksOff;

    /// <summary>Reads a body; null when it is no object and no list, or breaks off before it says anything.</summary>
    public static JsonBody? Read(ReadOnlyMemory<byte> body)
    {
        body = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (body.Span.TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..])
        {
            return null;
        }

        if (TryParse(body) is { } whole)
        {
            return new JsonBody(whole, breaksOff: false);
        }

        var text = BrokenJson.Complete(body.Span, MaxDepth, keepsLastText: true);
        var part = TryParse(text) ?? TryParse(BrokenJson.Complete(body.Span, MaxDepth, keepsLastText: false));
        if (part is null || part.RootElement.GetPropertyOrItemCount() == 0)
        {
            part?.Dispose();
            return null;
        }

        return new JsonBody(part, breaksOff: true);
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> text)
    {
        try
        {
            return JsonDocument.Parse(text, Lenient);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A body as text, whatever its bytes are.</summary>
    public static string AsText(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);

    /// <inheritdoc/>
    public void Dispose() => document.Dispose();
}
