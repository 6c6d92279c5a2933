using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProviderRouter.Gateway.Echo;

/// <summary>What <c>echo</c> answers, as OpenAI's API has it.</summary>
internal sealed class EchoAnswer(string id, long created, EchoQuestion question)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string text = "This is echo, the provider inside Provider Router: no model was asked. "
        + (question.Text.Length == 0 ? "You said nothing." : $"You said: {question.Text}");

    /// <summary>The list of its models.</summary>
    public static ReadOnlyMemory<byte> Models(long created) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        WriteModel(json, created);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Its one model.</summary>
    public static ReadOnlyMemory<byte> ModelCard(long created) => Json(json => WriteModel(json, created));

    /// <summary>The answer in one piece.</summary>
    public ReadOnlyMemory<byte> Whole() => Json(json =>
    {
        WriteStart(json, "chat.completion");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", text);
        json.WriteEndObject();
        json.WriteString("finish_reason", "stop");
        json.WriteEndObject();
        json.WriteEndArray();
        WriteUsage(json);
        json.WriteEndObject();
    });

    /// <summary>The answer word by word.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks()
    {
        yield return Chunk(json => json.WriteString("role", "assistant"), finish: null);
        var words = text.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            var word = i == 0 ? words[i] : " " + words[i];
            yield return Chunk(json => json.WriteString("content", word), finish: null);
        }

        yield return Chunk(_ => { }, finish: "stop");
        if (question.IncludeUsage)
        {
            yield return Json(json =>
            {
                WriteStart(json, "chat.completion.chunk");
                json.WriteStartArray("choices");
                json.WriteEndArray();
                WriteUsage(json);
                json.WriteEndObject();
            });
        }
    }

    private ReadOnlyMemory<byte> Chunk(Action<Utf8JsonWriter> writeDelta, string? finish) => Json(json =>
    {
        WriteStart(json, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        writeDelta(json);
        json.WriteEndObject();
        json.WriteString("finish_reason", finish);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private void WriteStart(Utf8JsonWriter json, string kind)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("object", kind);
        json.WriteNumber("created", created);
        json.WriteString("model", EchoResponder.Model);
    }

    private void WriteUsage(Utf8JsonWriter json)
    {
        var said = EchoQuestion.CountWords(text);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", question.Words);
        json.WriteNumber("completion_tokens", said);
        json.WriteNumber("total_tokens", question.Words + said);
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, long created)
    {
        json.WriteStartObject();
        json.WriteString("id", EchoResponder.Model);
        json.WriteString("object", "model");
        json.WriteNumber("created", created);
        json.WriteString("owned_by", "provider-router");
        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, Readable);
        write(json);
        json.Flush();
        return buffer.WrittenMemory;
    }
}
