using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>
/// A JSON object that grows from fragments: text is appended to text, objects to objects, lists by the <c>index</c> that
/// their elements bear; of anything else the last value counts. No field is dropped, known or not.
/// </summary>
internal sealed class Merged
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Text that names something, and is no fragment: providers repeat it in each chunk.
    private static readonly string[] Names =
        ["id", "type", "role", "name", "object", "model", "status", "finish_reason", "stop_reason", "call_id", "format", "created"];

    private readonly List<(string Name, object? Value)> fields = [];

    /// <summary>A field as it is now: a <see cref="StringBuilder"/>, a <see cref="Merged"/>, a list, a value, or null.</summary>
    public object? this[string name]
    {
        get => fields.Find(field => field.Name == name).Value;
        set
        {
            var place = fields.FindIndex(field => field.Name == name);
            if (place < 0)
            {
                fields.Add((name, value));
            }
            else
            {
                fields[place] = (name, value);
            }
        }
    }

    /// <summary>Takes a field away.</summary>
    public void Remove(string name) => fields.RemoveAll(field => field.Name == name);

    /// <summary>The object in a field, made when it is not there.</summary>
    public Merged Object(string name)
    {
        if (this[name] is not Merged found)
        {
            this[name] = found = new Merged();
        }

        return found;
    }

    /// <summary>The list of objects in a field, made when it is not there, in the order of their index.</summary>
    public SortedDictionary<int, Merged> List(string name)
    {
        if (this[name] is not SortedDictionary<int, Merged> found)
        {
            this[name] = found = [];
        }

        return found;
    }

    /// <summary>Appends text to a field.</summary>
    public void AppendText(string name, string text)
    {
        if (this[name] is not StringBuilder found)
        {
            this[name] = found = new StringBuilder();
        }

        found.Append(text);
    }

    /// <summary>Takes a fragment of this object.</summary>
    public void Add(JsonElement fragment)
    {
        foreach (var field in fragment.EnumerateObject())
        {
            Add(field.Name, field.Value);
        }
    }

    /// <summary>Takes a fragment of one of its fields.</summary>
    public void Add(string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                this[name] ??= null;
                break;
            case JsonValueKind.String when Names.Contains(name):
                var text = JsonText.Of(value);
                if (text.Length > 0 || this[name] is null)
                {
                    this[name] = new StringBuilder(text);
                }

                break;
            case JsonValueKind.String:
                AppendText(name, JsonText.Of(value));
                break;
            case JsonValueKind.Object:
                Object(name).Add(value);
                break;
            case JsonValueKind.Array:
                AddList(name, value);
                break;
            default:
                this[name] = value.Clone();
                break;
        }
    }

    private void AddList(string name, JsonElement values)
    {
        if (values.GetArrayLength() > 0 && values.EnumerateArray().All(value => value.ValueKind == JsonValueKind.Object))
        {
            var list = List(name);
            foreach (var value in values.EnumerateArray())
            {
                var index = IndexOf(value) ?? list.Count;
                list.TryAdd(index, new Merged());
                list[index].Add(value);
            }
        }
        else if (this[name] is List<JsonElement> plain)
        {
            plain.AddRange(values.EnumerateArray().Select(value => value.Clone()));
        }
        else if (this[name] is null)
        {
            this[name] = values.EnumerateArray().Select(value => value.Clone()).ToList();
        }
    }

    /// <summary>The <c>index</c> of a list's element, or null.</summary>
    public static int? IndexOf(JsonElement value) =>
        value.TryGetProperty("index", out var index) && index.ValueKind == JsonValueKind.Number && index.TryGetInt32(out var number)
            ? number : null;

    /// <summary>The whole as UTF-8 JSON.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Readable);
        Write(json, without: null);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void Write(Utf8JsonWriter json, string? without)
    {
        json.WriteStartObject();
        foreach (var (name, value) in fields.Where(field => field.Name != without))
        {
            json.WritePropertyName(name);
            // A tool call's index says which call a fragment belongs to; in a whole answer it has none.
            WriteValue(json, value, withoutInList: name == "tool_calls" ? "index" : null);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value, string? withoutInList)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case StringBuilder text:
                // By way of bytes: half a character that never got its other half becomes U+FFFD instead of an exception.
                json.WriteStringValue(Encoding.UTF8.GetBytes(text.ToString()));
                break;
            case Merged merged:
                merged.Write(json, without: null);
                break;
            case SortedDictionary<int, Merged> list:
                json.WriteStartArray();
                foreach (var element in list.Values)
                {
                    element.Write(json, withoutInList);
                }

                json.WriteEndArray();
                break;
            case List<JsonElement> plain:
                json.WriteStartArray();
                plain.ForEach(element => element.WriteTo(json));
                json.WriteEndArray();
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
        }
    }
}
