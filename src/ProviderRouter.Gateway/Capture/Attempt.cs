using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ProviderRouter.Gateway.Capture;

/// <summary>One provider that was asked, or passed over.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="Outcome">How it ended: an outcome's name, or <c>skipped</c>.</param>
/// <param name="Status">The status that it sent; null when it sent none.</param>
/// <param name="Error">Why it failed, or was passed over; null when it did not.</param>
/// <param name="Start">When it began, from the request's arrival.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Model">The model that it was asked for, where that is not what the client named.</param>
internal sealed record Attempt(string Provider, string Outcome, int? Status, string? Error, TimeSpan Start, TimeSpan Duration, string? Model)
{
    /// <summary>The outcome of a provider that was passed over.</summary>
    public const string Skipped = "skipped";

    /// <summary>Several of them as the log has them: a JSON array.</summary>
    public static string ToJson(IReadOnlyList<Attempt> attempts)
    {
        var buffer = new ArrayBufferWriter<byte>(256 * attempts.Count);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var attempt in attempts)
            {
                attempt.Write(json);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("provider"u8, Provider);
        json.WriteString("outcome"u8, Outcome);
        if (Status is { } status)
        {
            json.WriteNumber("status"u8, status);
        }

        if (Error is not null)
        {
            json.WriteString("error"u8, Error);
        }

        if (Model is not null)
        {
            json.WriteString("model"u8, Model);
        }

        json.WriteNumber("startMs"u8, Math.Round(Start.TotalMilliseconds, 3));
        json.WriteNumber("durationMs"u8, Math.Round(Duration.TotalMilliseconds, 3));
        json.WriteEndObject();
    }
}
