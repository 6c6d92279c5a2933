using System.Text.Json;
using ProviderRouter.Providers;

namespace ProviderRouter.Gateway.Admin;

/// <summary>
/// A JSON object that somebody sent, read field by field. A field that is not there is left as it is, one that is null goes back
/// to its default. Every problem is noted, so that all are told at once; no value is repeated, as it may be a key.
/// </summary>
internal sealed class JsonInput
{
    private readonly Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];

    /// <summary>Reads an object; nothing at all counts as an empty one.</summary>
    public JsonInput(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                problems.Add("The body must be a JSON object.");
                return;
            }

            foreach (var field in document.RootElement.EnumerateObject())
            {
                if (!fields.TryAdd(field.Name, field.Value.Clone()))
                {
                    problems.Add($"{KeyLike.Quote(field.Name)} is there twice.");
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            problems.Add("The body is no JSON.");
        }
    }

    /// <summary>All problems, those with fields that nobody asked for included; to be read last.</summary>
    public IReadOnlyList<string> Problems => [.. problems, .. fields.Keys.Where(name => !known.Contains(name)).Select(Unknown)];

    /// <summary>Notes a problem.</summary>
    public void Refuse(string problem) => problems.Add(problem);

    /// <summary>Notes problems.</summary>
    public void Refuse(IEnumerable<string> more) => problems.AddRange(more);

    /// <summary>True when the field is there, null or not.</summary>
    public bool Has(string name)
    {
        known.Add(name);
        return fields.ContainsKey(name);
    }

    /// <summary>Text, or what it is otherwise: where the field is not there, <paramref name="otherwise"/>; null where it is null.</summary>
    public string? Text(string name, string? otherwise = null) =>
        Read(name, "text", otherwise, @default: null, value => value.ValueKind == JsonValueKind.String ? value.GetString() : null);

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool otherwise, bool @default) => Read<bool?>(name, "true or false", otherwise, @default,
        value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null) ?? @default;

    /// <summary>A whole number.</summary>
    public int? Number(string name, int? otherwise) => Read(name, "a whole number", otherwise, @default: null,
        value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : default(int?));

    /// <summary>A number of milliseconds.</summary>
    public TimeSpan? Milliseconds(string name, TimeSpan? otherwise) => Read(name, "a whole number of milliseconds", otherwise, @default: null,
        value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? TimeSpan.FromMilliseconds(number) : default(TimeSpan?));

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Names(string name) => Read<IReadOnlyList<string>>(name, "a list of texts", [], [],
        value => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : null)!;

    /// <summary>An object whose values are texts; all of it is replaced.</summary>
    public IReadOnlyDictionary<string, string> Map(string name, IReadOnlyDictionary<string, string> otherwise) =>
        Read(name, "an object whose values are texts, each once", otherwise, new Dictionary<string, string>(StringComparer.Ordinal), MapOf)!;

    private static Dictionary<string, string>? MapOf(JsonElement value)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        return value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().All(pair => pair.Value.ValueKind == JsonValueKind.String && map.TryAdd(pair.Name, pair.Value.GetString()!))
                ? map : null;
    }

    private T? Read<T>(string name, string what, T? otherwise, T? @default, Func<JsonElement, T?> read)
    {
        if (!Has(name))
        {
            return otherwise;
        }

        if (fields[name].ValueKind == JsonValueKind.Null)
        {
            return @default;
        }

        try
        {
            if (read(fields[name]) is { } value)
            {
                return value;
            }
        }
        catch (InvalidOperationException)
        {
            // Text that is no Unicode.
        }

        problems.Add($"{name} must be {what}.");
        return otherwise;
    }

    private string Unknown(string name) => $"There is no field {KeyLike.Quote(name)}."
        + (NearestName.To(name, known) is { } nearest ? $" Did you mean {nearest}?" : "");
}
