using System.Text;
using System.Text.Json;

namespace ProviderRouter.AuditLog.Questions.Text;

/// <summary>
/// The texts in a body that somebody might look for: all strings of its JSON, whatever protocol it speaks, but for names of types, ids
/// and encoded bytes; a body that is no JSON is one text. Used for one body after the other.
/// </summary>
public sealed class BodyTexts
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly List<TextUnit> units = [];
    private ReadOnlyMemory<byte> body;

    /// <summary>The texts, in the order of the body.</summary>
    public IReadOnlyList<TextUnit> Units => units;

    /// <summary>How many messages the conversation has: elements of <c>messages</c> or <c>input</c>.</summary>
    public int Messages { get; private set; }

    /// <summary>What the user said last; null where nobody can tell.</summary>
    public TextUnit? Prompt { get; private set; }

    /// <summary>Reads a body; null has no texts.</summary>
    public void Read(ReadOnlyMemory<byte>? content)
    {
        body = content ?? default;
        units.Clear();
        (Messages, Prompt) = (0, null);
        var first = body.Span.TrimStart(" \t\r\n"u8);
        if (first.IsEmpty)
        {
            return;
        }

        if (first[0] is not ((byte)'{' or (byte)'['))
        {
            units.Add(new TextUnit(0, body.Length, IsEscaped: false, Message: -1));
            return;
        }

        var reader = new Utf8JsonReader(body.Span, Options);
        try
        {
            Walk(ref reader);
        }
        catch (JsonException)
        {
            // It was cut, or is none: the rest is text all the same.
            var rest = (int)reader.BytesConsumed;
            units.Add(new TextUnit(rest, body.Length - rest, IsEscaped: false, Message: -1));
        }
    }

    /// <summary>The bytes of a text as they stand in the body.</summary>
    public ReadOnlySpan<byte> Raw(TextUnit unit) => body.Span.Slice(unit.Start, unit.Length);

    /// <summary>A text as it is meant.</summary>
    public string Text(TextUnit unit)
    {
        if (unit.IsEscaped)
        {
            try
            {
                var reader = new Utf8JsonReader(body.Span.Slice(unit.Start - 1, unit.Length + 2));
                reader.Read();
                return reader.GetString()!;
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair, or bytes that are no UTF-8: the rest is still legible.
                return JsonEscapes.Decode(Raw(unit));
            }
        }

        return Encoding.UTF8.GetString(Raw(unit));
    }

    private void Walk(ref Utf8JsonReader reader)
    {
        var place = new TextPlace();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    place.Name(ref reader);
                    break;
                case JsonTokenType.String:
                    TakeString(ref reader, ref place);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    place.Enter(ref reader);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    place.Leave(ref reader);
                    break;
            }
        }

        Messages = place.Message + 1;
    }

    private void TakeString(ref Utf8JsonReader reader, ref TextPlace place)
    {
        if (place.IsRole(ref reader))
        {
            place.IsUser = JsonEscapes.Is(reader.ValueSpan, reader.ValueIsEscaped, "user"u8);
            if (place.IsUser && place.Said is { } said)
            {
                Prompt = said;
            }

            return;
        }

        var value = reader.ValueSpan;
        if (value.IsEmpty || place.IsTechnical || EncodedBytes.Is(value))
        {
            return;
        }

        var unit = new TextUnit((int)reader.TokenStartIndex + 1, value.Length, reader.ValueIsEscaped, place.MessageOf(ref reader));
        units.Add(unit);
        if (place.IsPlainPrompt(ref reader))
        {
            Prompt = unit;
        }
        else if (place.IsSaid(ref reader))
        {
            // The role may stand after what is said, in which case it is not the role of the message before.
            place.Said = unit;
            Prompt = place.IsUser ? unit : Prompt;
        }
    }
}
