using System.Text.Json;
using System.Text.Json.Serialization;
using ProviderRouter.AuditLog.Questions.Text;

namespace ProviderRouter.AuditLog.Questions;

/// <summary>
/// What to look for in requests and answers: words that all must be there, and phrases in quotes, whose words follow each other. A word
/// that ends with <c>*</c> stands for all that begin with it. Case does not count, and neither does what stands between words.
/// </summary>
[JsonConverter(typeof(TextQueryConverter))]
public sealed record TextQuery
{
    private TextQuery(string text, IReadOnlyList<TextPhrase> phrases) => (Text, Phrases) = (text, phrases);

    /// <summary>As it was typed.</summary>
    public string Text { get; }

    /// <summary>What must be there, each in some text of the exchange.</summary>
    internal IReadOnlyList<TextPhrase> Phrases { get; }

    /// <summary>Reads what was typed; null when there is no word in it.</summary>
    public static TextQuery? Parse(string typed)
    {
        var phrases = new List<TextPhrase>();
        var parts = typed.Split('"');
        for (var i = 0; i < parts.Length; i++)
        {
            // What stands at odd places was in quotes; an opening quote without a closing one goes to the end.
            string[] chunks = i % 2 == 1 ? [parts[i]] : parts[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            phrases.AddRange(chunks.Select(TextPhrase.Parse).OfType<TextPhrase>());
        }

        return phrases.Count > 0 ? new TextQuery(typed, phrases) : null;
    }
}

/// <summary>A query in JSON: as it was typed.</summary>
public sealed class TextQueryConverter : JsonConverter<TextQuery>
{
    /// <inheritdoc/>
    public override TextQuery? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TextQuery.Parse(reader.GetString() ?? "") ?? throw new JsonException("There is no word in the text to look for.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TextQuery value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
