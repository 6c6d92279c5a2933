using System.Globalization;
using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Gateway.Dashboard.Wording;

/// <summary>How an exchange ended, as people say it.</summary>
internal static class OutcomeWords
{
    /// <summary>No sentence of the router's own is longer; an imported record may have any.</summary>
    private const int LongestOwn = 4096;

    /// <summary>A word or two for a list.</summary>
    public static string Short(string? outcome) => outcome switch
    {
        null => "under way",
        "ok" => "answered",
        "upstream_error" => "provider's error",
        "unreachable" => "unreachable",
        "timeout" => "timed out",
        "client_closed" => "client left",
        "upstream_cut" => "broken off",
        "rejected" => "refused",
        "router_error" => "router failed",
        "interrupted" => "interrupted",
        _ => outcome.Replace('_', ' '),
    };

    /// <summary>How it is coloured; what it means always stands beside it in words.</summary>
    public static Tone ToneOf(string? outcome) => outcome switch
    {
        null => Tone.Busy,
        "ok" => Tone.Good,
        "client_closed" or "interrupted" => Tone.Warning,
        _ => Tone.Bad,
    };

    /// <summary>A sentence on what happened; null when the answer came whole and was no error.</summary>
    public static string? Why(AuditRecord record)
    {
        var who = record.Provider ?? "The provider";
        var sentence = record.Outcome switch
        {
            null or "ok" => null,
            "upstream_error" => $"{who} answered with an error{(record.UpstreamStatus is { } status and >= 400 ? string.Create(CultureInfo.InvariantCulture, $", status {status}") : "")}.",
            "unreachable" => $"{who} could not be reached.",
            "timeout" => $"{who} was silent for too long.",
            "client_closed" => $"The client went away before {(record.RequestBodyState == "incomplete" ? "its request" : "the answer")} was over.",
            "upstream_cut" => $"{who} broke off in the middle of its answer.",
            "rejected" => "The router refused the request; it was sent to nobody.",
            "router_error" => "The router itself failed.",
            "interrupted" => "The router was ended before the answer was over.",
            _ => $"It ended as {record.Outcome}.",
        };
        return sentence is null || record.Error is not { Length: > 0 } error || SaysLess(error, record.Outcome) ? sentence
            : SaysAll(error, sentence, who, record.Outcome) ? WithoutCommands(error) : $"{sentence} {WithoutStatus(WithoutCommands(error), record.UpstreamStatus)}";
    }

    /// <summary>What became of an attempt.</summary>
    public static string Of(RecordedAttempt attempt)
    {
        var error = WithoutCommands(attempt.Error);
        error = error.StartsWith($"{attempt.Status}: ", StringComparison.Ordinal) ? error[(attempt.Status.Length + 2)..] : error;
        var how = string.Join(", ", new[] { Short(attempt.Outcome), attempt.Status.Length > 0 ? $"status {attempt.Status}" : "", attempt.Model }.Where(text => text.Length > 0));
        return attempt.IsSkipped ? error : error.Length == 0 ? how : SaysAll(error, "", attempt.Provider, attempt.Outcome) ? error : $"{how}: {error}";
    }

    /// <summary>True where the log's own words say all, and more exactly: <c>lm-studio sent nothing for 2 s.</c></summary>
    private static bool SaysAll(string error, string sentence, string who, string? outcome) =>
        (sentence.Length > 0 && error.StartsWith(sentence[..^1], StringComparison.Ordinal))
        || (outcome is "unreachable" or "timeout" or "upstream_cut" && error.StartsWith($"{who} ", StringComparison.Ordinal));

    /// <summary>True where the log's own words say no more than the outcome does.</summary>
    private static bool SaysLess(string error, string? outcome) =>
        outcome == "client_closed" && error == "The client closed the connection before the end.";

    /// <summary>True where the answer is the router's own, as the provider sent none.</summary>
    public static bool IsTheRouters(AuditRecord record) => record is { Outcome: not "ok", UpstreamStatus: null };

    /// <summary>What to type next is said to those at a terminal; here it is a click: sentences that name a command are left out.</summary>
    public static string WithoutCommands(string error)
    {
        const string Command = "provider-cli ";
        if (error.Length > LongestOwn)
        {
            return error;
        }

        for (var at = error.IndexOf(Command, StringComparison.Ordinal); at >= 0; at = error.IndexOf(Command, at, StringComparison.Ordinal))
        {
            at = StartOfSentence(error, at);
            if (at == 0)
            {
                // It says nothing else.
                return error;
            }

            error = $"{error[..at]}{error[EndOfSentence(error, at + 1)..]}";
        }

        return error;
    }

    /// <summary>The blank before the sentence; 0 for the first one.</summary>
    private static int StartOfSentence(string text, int at)
    {
        while (at > 0 && !(text[at] == ' ' && text[at - 1] is '.' or '!' or '?'))
        {
            at--;
        }

        return at;
    }

    /// <summary>Behind its point, or where what stands in brackets ends.</summary>
    private static int EndOfSentence(string text, int at)
    {
        while (at < text.Length && !(text[at] == '.' && (at + 1 == text.Length || text[at + 1] is ' ' or ')')))
        {
            at++;
        }

        return Math.Min(at + 1, text.Length);
    }

    /// <summary>The log puts the provider's status before its words; the sentence has it already.</summary>
    private static string WithoutStatus(string error, int? status) =>
        status is { } sent && error.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{sent}: "), StringComparison.Ordinal) ? error[(error.IndexOf(' ', StringComparison.Ordinal) + 1)..] : error;
}

/// <summary>What a colour says.</summary>
public enum Tone
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>All is well.</summary>
    Good,

    /// <summary>Not as it should be, but nothing is lost.</summary>
    Warning,

    /// <summary>It failed.</summary>
    Bad,

    /// <summary>It goes on.</summary>
    Busy,
}
