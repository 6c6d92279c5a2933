using System.Text;
using System.Text.Json;

namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>
/// Events of Anthropic's <c>messages</c>. Source: https://docs.anthropic.com/en/api/messages-streaming
/// </summary>
internal sealed class MessageReader : IStreamedAnswerReader
{
    private readonly Merged message = new();
    private bool ended;
    private string? error;

    public void Add(JsonElement data)
    {
        switch (data.TryGetProperty("type", out var type) ? type.ToString() : "")
        {
            case "message_start" when data.TryGetProperty("message", out var start) && start.ValueKind == JsonValueKind.Object:
                message.Add(start);
                message["content"] = null;
                break;
            case "content_block_start" when data.TryGetProperty("content_block", out var block)
                && block.ValueKind == JsonValueKind.Object:
                Block(data).Add(block);
                break;
            case "content_block_delta" when data.TryGetProperty("delta", out var delta) && delta.ValueKind == JsonValueKind.Object:
                AddDelta(Block(data), delta);
                break;
            case "content_block_stop":
                ReadInput(Block(data));
                break;
            case "message_delta":
                AddTo(message, data, "delta");
                AddTo(message.Object("usage"), data, "usage");
                break;
            case "message_stop":
                ended = true;
                break;
            case "error":
                error ??= UpstreamErrorText.From(data);
                break;
        }
    }

    public StreamedAnswer Finish(bool sawDone) => new(message.ToJson(), ended || sawDone, error);

    private Merged Block(JsonElement data)
    {
        var blocks = message.List("content");
        var index = Merged.IndexOf(data) ?? 0;
        blocks.TryAdd(index, new Merged());
        return blocks[index];
    }

    /// <summary>Each delta has one field beside its type: the next part of the block's text, thinking, signature or input.</summary>
    private static void AddDelta(Merged block, JsonElement delta)
    {
        foreach (var field in delta.EnumerateObject().Where(field => field.Name != "type"))
        {
            block.Add(field.Name, field.Value);
        }
    }

    /// <summary>A tool's input comes as fragments of JSON text; whole, it is an object.</summary>
    private static void ReadInput(Merged block)
    {
        if (block["partial_json"] is StringBuilder text)
        {
            try
            {
                using var input = JsonDocument.Parse(text.Length == 0 ? "{}" : text.ToString());
                block["input"] = input.RootElement.Clone();
                block.Remove("partial_json");
            }
            catch (JsonException)
            {
                // Left as the text that came.
            }
        }
    }

    private static void AddTo(Merged target, JsonElement data, string name)
    {
        if (data.TryGetProperty(name, out var fields) && fields.ValueKind == JsonValueKind.Object)
        {
            target.Add(fields);
        }
    }
}
