using System.Text.Json;
using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Comparison;

/// <summary>What two requests ask for differently, but for the model and the form of the answer.</summary>
public static class RequestDifference
{
    // What stands in a request so that its answer comes in pieces.
    private static readonly string[] Ignored = ["model", "stream", "stream_options"];

    /// <summary>The names of the fields that differ; <c>endpoint</c>, <c>body</c> for those as a whole. Null where a body is not kept, or was not read to its end.</summary>
    public static IReadOnlyList<string>? Between(AuditRecord left, RecordedBodies leftBodies, AuditRecord right, RecordedBodies rightBodies)
    {
        if (left.RequestBodyState is not ("whole" or "none") || right.RequestBodyState is not ("whole" or "none")
            || !leftBodies.IsRequestRead || !rightBodies.IsRequestRead)
        {
            return null;
        }

        var endpoint = left.Endpoint == right.Endpoint && left.Method == right.Method ? Array.Empty<string>() : ["endpoint"];
        var (one, other) = (leftBodies.Request ?? default, rightBodies.Request ?? default);
        return one.Span.SequenceEqual(other.Span) ? endpoint : [.. endpoint, .. Fields(one, other)];
    }

    private static IEnumerable<string> Fields(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right)
    {
        try
        {
            using var one = JsonDocument.Parse(left);
            using var other = JsonDocument.Parse(right);
            return one.RootElement.ValueKind == JsonValueKind.Object && other.RootElement.ValueKind == JsonValueKind.Object
                ? [.. Fields(one.RootElement, other.RootElement).Order(StringComparer.Ordinal)] : ["body"];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return ["body"];
        }
    }

    private static IEnumerable<string> Fields(JsonElement left, JsonElement right) =>
        left.EnumerateObject().Concat(right.EnumerateObject()).Select(field => field.Name).Distinct(StringComparer.Ordinal).Except(Ignored)
            .Where(name => !(left.TryGetProperty(name, out var one) && right.TryGetProperty(name, out var other) && JsonElement.DeepEquals(one, other)));
}
