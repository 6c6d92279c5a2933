using System.Text.Json;

namespace ProviderRouter.Gateway.Capture;

/// <summary>
/// Goes through a JSON text once, field by field, and never throws: text that breaks off or is no JSON ends where it does.
/// Every value must be entered, read or skipped. Names are compared as they are written: nobody escapes those looked for here.
/// </summary>
internal ref struct JsonWalk
{
    // Beyond the 64 levels that .NET reads by default: what stands behind a deeply nested value can still be read.
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1024 };

    private Utf8JsonReader json;
    private bool brokeOff;

    public JsonWalk(ReadOnlySpan<byte> text)
    {
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        json = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(Deep));
        // What does not begin as an object, a web page for one, is not tried at all: an exception is dear.
        brokeOff = !text.TrimStart(" \t\r\n"u8).StartsWith("{"u8);
        Next();
    }

    /// <summary>What stands here; <see cref="JsonTokenType.None"/> from where the text breaks off.</summary>
    public readonly JsonTokenType Kind => brokeOff ? JsonTokenType.None : json.TokenType;

    /// <summary>The text here as it is written, escapes and all; empty where there is none.</summary>
    public readonly ReadOnlySpan<byte> RawText => Kind == JsonTokenType.String ? json.ValueSpan : default;

    /// <summary>Goes into the object here; anything else is skipped.</summary>
    public bool EnterObject() => Enter(JsonTokenType.StartObject);

    /// <summary>Goes into the list here; anything else is skipped.</summary>
    public bool EnterList() => Enter(JsonTokenType.StartArray);

    /// <summary>Goes to the next field's value, which may be cut off; false behind the object's last.</summary>
    public bool NextField(out ReadOnlySpan<byte> name)
    {
        if (!Next() || json.TokenType != JsonTokenType.PropertyName)
        {
            name = default;
            return false;
        }

        name = json.ValueSpan;
        Next();
        return true;
    }

    /// <summary>Goes to the list's next element; false behind its last.</summary>
    public bool NextElement() => Next() && json.TokenType != JsonTokenType.EndArray;

    /// <summary>Passes over the value here.</summary>
    public void Skip()
    {
        try
        {
            brokeOff = brokeOff || !json.TrySkip();
        }
        catch (JsonException)
        {
            brokeOff = true;
        }
    }

    /// <summary>The text here; null when it is empty, no Unicode, or no text.</summary>
    public string? ReadText()
    {
        if (RawText.IsEmpty)
        {
            Skip();
            return null;
        }

        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The number here, which may be written <c>12.0</c>; null for anything but a whole number from 0 up.</summary>
    public long? ReadCount()
    {
        if (Kind != JsonTokenType.Number)
        {
            Skip();
            return null;
        }

        const double Exact = 1L << 53;
        return json.TryGetInt64(out var whole) ? (whole >= 0 ? whole : null)
            : json.TryGetDouble(out var number) && number is >= 0 and <= Exact && double.IsInteger(number) ? (long)number
            : null;
    }

    private bool Enter(JsonTokenType start)
    {
        if (Kind == start)
        {
            return true;
        }

        Skip();
        return false;
    }

    private bool Next()
    {
        try
        {
            brokeOff = brokeOff || !json.Read();
        }
        catch (JsonException)
        {
            brokeOff = true;
        }

        return !brokeOff;
    }
}
