using ProviderRouter.Conversations;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>A message, or an answer.</summary>
/// <param name="Talk">The conversation that it is of.</param>
/// <param name="Number">Its place in it, from 1 on.</param>
/// <param name="Role">Who speaks.</param>
/// <param name="Detail">Their name; of an answer, why it ended; or null.</param>
/// <param name="IsAnswer">True for an answer.</param>
/// <param name="Parts">What it is made of.</param>
public sealed record SaidModel(Talk Talk, int Number, string Role, string? Detail, bool IsAnswer, IReadOnlyList<Part> Parts)
{
    /// <summary>True where all of it is shown with what it belongs to: results of tools, with their calls.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>True on a page of its own, which shows as much of it as a browser takes.</summary>
    public bool IsWhole { get; init; }

    /// <summary>How many letters it has.</summary>
    public long Letters { get; } = Parts.Sum(LettersOf);

    /// <summary>What of it is shown: a message may be made of a million parts.</summary>
    public IReadOnlyList<Part> Shown => IsWhole ? [.. Parts.Take(PartWeight.MostAlone)] : [.. Parts.Take(PartWeight.Fitting(Talk, Parts))];

    /// <summary>What it takes on a page, in letters.</summary>
    public long Weight => Shown.Sum(part => PartWeight.Of(Talk, part));

    /// <summary>The page that has it alone, and all of it.</summary>
    public string Address => $"/ui/exchanges/{Talk.RequestId}/messages/{Number}{(Talk.AsText ? "?as=text" : "")}";

    /// <summary>The first of its words, on one line.</summary>
    public string Excerpt
    {
        get
        {
            var text = Parts.Select(part => part switch
            {
                TextPart said => said.Text,
                RefusalPart refusal => refusal.Text,
                ErrorPart error => error.Message,
                ToolCallPart call => $"calls {call.Name}",
                ToolResultPart result => result.Text,
                MediaPart media => $"[{media.Kind.ToString().ToLowerInvariant()}]",
                _ => "",
            }).FirstOrDefault(words => words.Length > 0) ?? "";
            return SaidText.OneLine(text);
        }
    }

    /// <summary>How many letters a part has.</summary>
    internal static long LettersOf(Part part) => part switch
    {
        TextPart text => text.Text.Length,
        ReasoningPart reasoning => reasoning.Text.Length,
        RefusalPart refusal => refusal.Text.Length,
        ToolCallPart call => call.Arguments.Length,
        ToolResultPart result => result.Parts.Sum(LettersOf),
        ErrorPart error => error.Message.Length,
        OtherPart other => other.Json.Length,
        _ => 0,
    };
}

/// <summary>A part of a message.</summary>
/// <param name="Said">The message.</param>
/// <param name="Part">The part.</param>
public sealed record PartModel(SaidModel Said, Part Part);
