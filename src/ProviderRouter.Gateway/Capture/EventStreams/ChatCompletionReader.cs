using System.Text;
using System.Text.Json;

namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>
/// Chunks of <c>chat/completions</c> and of <c>completions</c>: every choice, its content, reasoning, tool calls and finish
/// reason, and the usage. Source: https://platform.openai.com/docs/api-reference/chat-streaming
/// </summary>
internal sealed class ChatCompletionReader : IStreamedAnswerReader
{
    private readonly Merged answer = new();
    private string? error;

    public void Add(JsonElement data)
    {
        foreach (var field in data.EnumerateObject())
        {
            switch (field.Name)
            {
                case "choices" when field.Value.ValueKind == JsonValueKind.Array:
                    foreach (var choice in field.Value.EnumerateArray().Where(choice => choice.ValueKind == JsonValueKind.Object))
                    {
                        AddChoice(choice);
                    }

                    break;
                case "object":
                    var name = field.Value.ToString();
                    answer["object"] = new StringBuilder(name == "chat.completion.chunk" ? "chat.completion" : name);
                    break;
                case "error" when field.Value.ValueKind != JsonValueKind.Null:
                    error ??= UpstreamErrorText.From(data);
                    answer["error"] = field.Value.Clone();
                    break;
                // Whole in each chunk, not a fragment: the last that is not null counts.
                default:
                    answer[field.Name] = field.Value.ValueKind == JsonValueKind.Null ? answer[field.Name] : field.Value.Clone();
                    break;
            }
        }

        // A stream may begin with its usage or an error; its list of choices stands in the answer all the same.
        _ = answer.List("choices");
    }

    private void AddChoice(JsonElement choice)
    {
        var choices = answer.List("choices");
        var index = Merged.IndexOf(choice) ?? 0;
        if (!choices.TryGetValue(index, out var merged))
        {
            merged = choices[index] = new Merged();
        }

        foreach (var field in choice.EnumerateObject())
        {
            if (field.Name == "delta" && field.Value.ValueKind == JsonValueKind.Object)
            {
                merged.Object("message").Add(field.Value);
            }
            else
            {
                merged.Add(field.Name, field.Value);
            }
        }
    }

    public StreamedAnswer Finish(bool sawDone)
    {
        var choices = answer.List("choices");
        var finished = choices.Count > 0 && choices.Values.All(choice => choice["finish_reason"] is not null);
        return new StreamedAnswer(answer.ToJson(), sawDone || finished, error);
    }
}
