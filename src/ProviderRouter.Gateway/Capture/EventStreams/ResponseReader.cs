using System.Text;
using System.Text.Json;

namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>
/// Events of <c>responses</c>. Its last event holds the whole response; one that was cut off is put together from the items
/// and fragments that came. Source: https://platform.openai.com/docs/api-reference/responses-streaming
/// </summary>
internal sealed class ResponseReader : IStreamedAnswerReader
{
    private readonly Merged partial = new();
    private JsonElement? whole;
    private bool ended;
    private string? error;

    public void Add(JsonElement data)
    {
        var type = data.TryGetProperty("type", out var value) ? value.ToString() : "";
        switch (type)
        {
            case "response.completed" or "response.incomplete" or "response.failed" when Has(data, "response", out var response):
                whole = response.Clone();
                ended = true;
                error ??= type == "response.failed" ? UpstreamErrorText.From(response) : null;
                break;
            case "error":
                error ??= UpstreamErrorText.From(data);
                break;
            case var _ when Has(data, "response", out var started):
                started.EnumerateObject().Where(field => field.Name != "output").ToList()
                    .ForEach(field => partial[field.Name] = field.Value.Clone());
                break;
            case "response.output_item.added" or "response.output_item.done" when Has(data, "item", out var item):
                var replaced = new Merged();
                replaced.Add(item);
                partial.List("output")[Index(data, "output_index")] = replaced;
                break;
            case "response.content_part.added" or "response.content_part.done" when Has(data, "part", out var part):
                var content = new Merged();
                content.Add(part);
                Item(data).List("content")[Index(data, "content_index")] = content;
                break;
            case "response.output_text.delta" or "response.refusal.delta":
                Content(data).AppendText(type == "response.refusal.delta" ? "refusal" : "text", Delta(data));
                break;
            case "response.function_call_arguments.delta" or "response.mcp_call_arguments.delta":
                Item(data).AppendText("arguments", Delta(data));
                break;
            case "response.custom_tool_call_input.delta":
                Item(data).AppendText("input", Delta(data));
                break;
            case "response.reasoning_text.delta":
                Content(data).AppendText("text", Delta(data));
                break;
            case "response.reasoning_summary_text.delta":
                Element(Item(data).List("summary"), Index(data, "summary_index")).AppendText("text", Delta(data));
                break;
        }
    }

    public StreamedAnswer Finish(bool sawDone) =>
        new(whole is { } response ? Encoding.UTF8.GetBytes(response.GetRawText()) : partial.ToJson(), ended || sawDone, error);

    private Merged Item(JsonElement data) => Element(partial.List("output"), Index(data, "output_index"));

    private Merged Content(JsonElement data) => Element(Item(data).List("content"), Index(data, "content_index"));

    private static Merged Element(SortedDictionary<int, Merged> list, int index)
    {
        list.TryAdd(index, new Merged());
        return list[index];
    }

    private static string Delta(JsonElement data) =>
        data.TryGetProperty("delta", out var delta) && delta.ValueKind == JsonValueKind.String ? JsonText.Of(delta) : "";

    private static int Index(JsonElement data, string name) =>
        data.TryGetProperty(name, out var index) && index.ValueKind == JsonValueKind.Number && index.TryGetInt32(out var number)
            ? number : 0;

    private static bool Has(JsonElement data, string name, out JsonElement value) =>
        data.TryGetProperty(name, out value) && value.ValueKind == JsonValueKind.Object;
}
