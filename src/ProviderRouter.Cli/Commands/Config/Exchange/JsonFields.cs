using System.Text.Json;

namespace ProviderRouter.Cli.Commands.Config.Exchange;

/// <summary>The fields of a JSON object, each of its type; one that is not, or that nobody asked for, is a problem. Values are not repeated.</summary>
internal sealed class JsonFields(JsonElement element, string path, List<string> problems)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>The field's text; null where it is missing or null.</summary>
    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String && TextOf(value) is { } text ? text : Wrong<string>(name, "a text");

    /// <summary>The same; where it is missing, that is a problem.</summary>
    public string RequiredText(string name)
    {
        if (Find(name) is null)
        {
            problems.Add($"{At(name)} is missing.");
        }

        return Text(name) ?? "";
    }

    /// <summary>The field's whole number; null where it is missing or null.</summary>
    public long? Number(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : Wrong<long?>(name, "a whole number");

    /// <summary>True or false; this where it is missing or null.</summary>
    public bool Flag(string name, bool otherwise) => Find(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Wrong<bool>(name, "true or false"),
    };

    /// <summary>The field's texts in an array; none where it is missing or null.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var texts = Items(name).Select(item => item.ValueKind == JsonValueKind.String ? TextOf(item) : null).ToList();
        return texts.Contains(null) ? Wrong<IReadOnlyList<string>>(name, "an array of texts") ?? [] : texts!;
    }

    /// <summary>The field's texts by their names; none where it is missing or null.</summary>
    public IReadOnlyDictionary<string, string> Map(string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Find(name) is not { } value)
        {
            return map;
        }

        var isMap = value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(pair =>
            pair.Value.ValueKind == JsonValueKind.String && NameOf(pair) is { } key && TextOf(pair.Value) is { } text && map.TryAdd(key, text));
        return isMap ? map : Wrong<IReadOnlyDictionary<string, string>>(name, "an object of texts, each name once") ?? map;
    }

    /// <summary>The items of an array; none where it is missing or null.</summary>
    public IReadOnlyList<JsonElement> Items(string name) => Find(name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : Wrong<IReadOnlyList<JsonElement>>(name, "an array") ?? [];

    /// <summary>Says of every field that was not read that it is not known.</summary>
    public void RefuseOthers()
    {
        foreach (var name in element.EnumerateObject().Select(pair => NameOf(pair) ?? "").Where(name => !known.Contains(name)).Distinct(StringComparer.Ordinal))
        {
            problems.Add(SecretName.Is(name)
                ? $"{At(KeyLike.Show(name))} is no field of a configuration, which holds no keys. Store them with provider-cli provider edit NAME --key-stdin"
                : $"{At(KeyLike.Show(name))} is no field of a configuration.");
        }
    }

    private JsonElement? Find(string name)
    {
        known.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private T? Wrong<T>(string name, string wanted)
    {
        problems.Add($"{At(name)} must be {wanted}.");
        return default;
    }

    private string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Null for half a letter (<c>"\ud800"</c>), which is no text.</summary>
    private static string? TextOf(JsonElement value) => Try(() => value.GetString());

    private static string? NameOf(JsonProperty pair) => Try(() => pair.Name);

    private static string? Try(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
