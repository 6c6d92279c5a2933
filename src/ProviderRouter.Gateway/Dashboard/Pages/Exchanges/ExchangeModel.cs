using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>What the page of one exchange shows.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Record">The exchange.</param>
/// <param name="When">When the request came in.</param>
/// <param name="Why">What went wrong, in a sentence or two; null when nothing did.</param>
/// <param name="Facts">Who and what, by name.</param>
/// <param name="Links">Where one can go from here.</param>
/// <param name="Talk">What was said.</param>
/// <param name="Layout">What of it is seen at once.</param>
/// <param name="Missing">What of it is not here, and why, of the request and of the answer; null where all is.</param>
/// <param name="Steps">How long what took.</param>
/// <param name="Raw">What was sent, byte for byte.</param>
/// <param name="Curl">The request as a command.</param>
/// <param name="Replay">Whom it can be sent to.</param>
public sealed record ExchangeModel(
    PageFrame Frame, AuditRecord Record, Moment When, string? Why, IReadOnlyList<Fact> Facts, ExchangeLinks Links, Talk Talk, TalkLayout Layout,
    (string? Request, string? Answer) Missing, IReadOnlyList<TimingStep> Steps, IReadOnlyList<RawModel> Raw, CurlModel Curl, ReplayModel Replay)
{
    // Where there is little room, the other facts are folded.
    private static readonly string[] Foremost = ["Provider", "Duration", "Tokens"];

    /// <summary>The facts that matter most, on a line.</summary>
    public string Gist => string.Join(" · ", Facts.Where(fact => Foremost.Contains(fact.Name)).Select(fact => fact.Value));

    /// <summary>How it ended.</summary>
    public Badge Badge => Badge.Of(Record);
}

/// <summary>Something that is known of an exchange.</summary>
public sealed record Fact(string Name, string Value)
{
    /// <summary>True where it takes a line of its own.</summary>
    public bool IsLong => Value.Length > 60;
}

/// <summary>Headers, or a body, as sent.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Id">Its name on the page.</param>
/// <param name="Note">Its size, and what is missing of it.</param>
/// <param name="Text">What is shown of it on the page; null where it is fetched when it is opened.</param>
/// <param name="Address">Where all of it is; null where there is nothing more.</param>
/// <param name="Length">How much that is, in bytes.</param>
public sealed record RawModel(string Name, string Id, string Note, string? Text, string? Address, long Length)
{
    /// <summary>True where the page fetches all of it, and not the beginning alone.</summary>
    public bool IsFetchedWhole => Length <= RawBody.LongestHere;

    /// <summary>True where a browser can show it.</summary>
    public bool CanStandAlone => Length <= RawBody.LongestAlone;
}

/// <summary>A command that sends a request again.</summary>
/// <param name="Text">The command; null where the request's body is gone.</param>
/// <param name="Notes">What is to be known of it.</param>
public sealed record CurlModel(string? Text, IReadOnlyList<string> Notes);

/// <summary>The form that sends a request again.</summary>
/// <param name="Problem">Why it cannot be; null where it can.</param>
/// <param name="Providers">Who could answer, each with what is missing for that, or null.</param>
/// <param name="Chosen">Who is offered first.</param>
/// <param name="Model">The model that was asked for, or null.</param>
/// <param name="Visitor">Who sends it.</param>
public sealed record ReplayModel(string? Problem, IReadOnlyList<(string Name, string? Lack)> Providers, string? Chosen, string? Model, Visitor Visitor);

/// <summary>The page of one message.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Said">The message.</param>
public sealed record MessagePageModel(PageFrame Frame, SaidModel Said);
