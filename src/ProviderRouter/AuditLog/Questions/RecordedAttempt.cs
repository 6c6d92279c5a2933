using System.Text.Json;

namespace ProviderRouter.AuditLog.Questions;

/// <summary>One provider that was asked, or passed over, in an exchange. What is not known is empty.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="Outcome">How it ended (<see cref="OutcomeNames"/>), or <c>skipped</c>.</param>
/// <param name="Status">What it sent.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="StartMs">When it began, from the request's arrival, in milliseconds; null where that is not told.</param>
/// <param name="DurationMs">How long it took, in milliseconds; null where that is not told.</param>
/// <param name="Model">The model that it was asked for, where that was not the client's.</param>
public sealed record RecordedAttempt(string Provider, string Outcome, string Status, string Error, double? StartMs, double? DurationMs, string Model)
{
    // Nothing takes 30,000 years; an imported record may say so.
    private const double MostMs = 1e15;

    /// <summary>True when it answered.</summary>
    public bool IsOk => Outcome == "ok";

    /// <summary>True when it was not asked, as it kept failing.</summary>
    public bool IsSkipped => Outcome == "skipped";

    /// <summary>Reads <see cref="AuditRecord.Attempts"/>; null where it is nothing that can be read.</summary>
    public static IReadOnlyList<RecordedAttempt>? Read(string attempts)
    {
        try
        {
            using var json = JsonDocument.Parse(attempts);
            return [.. json.RootElement.EnumerateArray().Select(Of)];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static RecordedAttempt Of(JsonElement attempt) => new(
        Text(attempt, "provider"), Text(attempt, "outcome"), Text(attempt, "status"), Text(attempt, "error"),
        Milliseconds(attempt, "startMs"), Milliseconds(attempt, "durationMs"), Text(attempt, "model"));

    private static double? Milliseconds(JsonElement attempt, string name) =>
        attempt.TryGetProperty(name, out var value) && value.GetDouble() is >= 0 and <= MostMs and var known ? known : null;

    private static string Text(JsonElement attempt, string name) => attempt.TryGetProperty(name, out var value) ? value.ToString() : "";
}
