using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Conversations;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>A conversation as a page shows it.</summary>
public sealed class Talk
{
    private readonly Dictionary<MediaPart, int> pictures = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, ToolCallPart> calls;
    private readonly Dictionary<string, ToolResultPart> results;

    private Talk(string requestId, Conversation said, bool asText)
    {
        (RequestId, Said, AsText) = (requestId, said, asText);
        var parts = said.Messages.SelectMany(message => message.Parts).Concat(said.Answers.SelectMany(answer => answer.Parts)).ToList();
        calls = parts.OfType<ToolCallPart>().Where(call => call.Id is not null).GroupBy(call => call.Id!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        results = parts.OfType<ToolResultPart>().Where(result => result.CallId is not null).GroupBy(result => result.CallId!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        foreach (var picture in parts.Concat(parts.OfType<ToolResultPart>().SelectMany(result => result.Parts)).OfType<MediaPart>().Where(part => !part.Base64.IsEmpty))
        {
            pictures.TryAdd(picture, pictures.Count + 1);
        }

        Messages = [.. said.Messages.Select(Of), .. said.Answers.Select(Of)];
    }

    /// <summary>The id of the exchange.</summary>
    public string RequestId { get; }

    /// <summary>What was said.</summary>
    public Conversation Said { get; }

    /// <summary>True where texts are shown letter by letter, and not as Markdown.</summary>
    public bool AsText { get; }

    /// <summary>All that was said: what was asked, then each answer.</summary>
    public IReadOnlyList<SaidModel> Messages { get; }

    /// <summary>Reads it.</summary>
    internal static Talk Read(FoundExchange found, bool asText) =>
        new(found.Record.RequestId, Conversation.Read(found.Record.Endpoint, found.Record.StatusCode, found.Bodies), asText);

    /// <summary>The number of a picture, by which it is fetched; null where its content is not kept.</summary>
    public int? NumberOf(MediaPart picture) => pictures.TryGetValue(picture, out var number) ? number : null;

    /// <summary>The picture of this number, or null.</summary>
    public MediaPart? Picture(int number) => pictures.FirstOrDefault(pair => pair.Value == number).Key;

    /// <summary>What came back of a call, where it stands in a message of its own.</summary>
    public ToolResultPart? ResultOf(ToolCallPart call) =>
        call.Id is { } id && ReferenceEquals(calls.GetValueOrDefault(id), call) ? results.GetValueOrDefault(id) : null;

    /// <summary>The tool that gave a result; null where that is not known.</summary>
    public string? ToolOf(ToolResultPart result) => result.CallId is { } id && calls.TryGetValue(id, out var call) && call.Name.Length > 0 ? call.Name : null;

    private bool IsShownWithItsCall(Part part) =>
        part is ToolResultPart { CallId: { } id } result && calls.ContainsKey(id) && ReferenceEquals(results[id], result);

    private SaidModel Of(Message message, int index) => new(this, index + 1, ShortText.Of(message.Role), message.Name is { } name ? ShortText.Of(name) : null, IsAnswer: false, message.Parts)
    {
        IsElsewhere = message.Parts.Count > 0 && message.Parts.All(IsShownWithItsCall),
    };

    private SaidModel Of(Answer answer, int index)
    {
        // An error in the middle of a stream comes after what was said until then.
        var count = Said.Answers.Count > 1 ? Said.Answers.Count(one => !IsError(one)) : 1;
        var role = Said.Answers.Count > 1 && IsError(answer) ? "error" : count == 1 ? "answer" : $"answer {index + 1} of {count}";
        return new(this, Said.Messages.Count + index + 1, role, answer.FinishReason is { } reason ? ShortText.Of(reason) : null, IsAnswer: true, answer.Parts);
    }

    private static bool IsError(Answer answer) => answer.Parts is [ErrorPart];
}
