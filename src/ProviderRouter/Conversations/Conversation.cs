using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Conversations.Bodies;

namespace ProviderRouter.Conversations;

/// <summary>One exchange as people speak of it: what was said, and what was answered.</summary>
public sealed record Conversation
{
    /// <summary>What the request holds, in its order.</summary>
    public IReadOnlyList<Message> Messages { get; init; } = [];

    /// <summary>The answer: each choice, in its order. Empty where no body of one is kept.</summary>
    public IReadOnlyList<Answer> Answers { get; init; } = [];

    /// <summary>The names of the tools that the request offers.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>What else the request asks for, by its name there: <c>model</c>, <c>temperature</c>.</summary>
    public IReadOnlyList<RequestFact> Facts { get; init; } = [];

    /// <summary>True where the request's body breaks off or is no JSON from some place on, so that the rest of it is not here.</summary>
    public bool RequestBreaksOff { get; init; }

    /// <summary>As <see cref="RequestBreaksOff"/>, of the answer's body.</summary>
    public bool AnswerBreaksOff { get; init; }

    /// <summary>Reads it from what is kept of both bodies. Bodies of any kind, cut or wrong, are read as far as they can be.</summary>
    /// <param name="endpoint">The path: <c>/v1/chat/completions</c>.</param>
    /// <param name="status">The status of the answer; null where there is none.</param>
    /// <param name="bodies">Both bodies.</param>
    public static Conversation Read(string endpoint, int? status, RecordedBodies bodies) =>
        Read(endpoint, status, bodies.Request, bodies.Response);

    /// <inheritdoc cref="Read(string, int?, RecordedBodies)"/>
    /// <param name="endpoint">The path: <c>/v1/chat/completions</c>.</param>
    /// <param name="status">The status of the answer; null where there is none.</param>
    /// <param name="request">The request's body; null where there is none.</param>
    /// <param name="answer">The answer's body, of a stream what its events amount to; null where there is none.</param>
    public static Conversation Read(string endpoint, int? status, ReadOnlyMemory<byte>? request, ReadOnlyMemory<byte>? answer)
    {
        var protocol = Protocols.Of(endpoint);
        var asked = RequestReader.Read(protocol, request ?? default);
        var (answers, breaksOff) = AnswerReader.Read(protocol, status, answer ?? default);
        return asked with { Answers = answers, AnswerBreaksOff = breaksOff };
    }
}

/// <summary>What one of the speakers said.</summary>
/// <param name="Role">As the request names it: <c>system</c>, <c>user</c>, <c>assistant</c>, <c>tool</c>; or <see cref="Prompt"/>, or <see cref="Body"/>.</param>
/// <param name="Parts">What it is made of, in its order.</param>
public sealed record Message(string Role, IReadOnlyList<Part> Parts)
{
    /// <summary>The role of a text that nobody in particular said: a prompt to go on with, or a text to embed.</summary>
    public const string Prompt = "prompt";

    /// <summary>The role of a request that is no conversation.</summary>
    public const string Body = "request";

    /// <summary>The name of who speaks, where the request gives one.</summary>
    public string? Name { get; init; }
}

/// <summary>One of the answers to a request.</summary>
/// <param name="Parts">What it is made of, in its order.</param>
/// <param name="FinishReason">Why the model stopped, in the provider's word; null where none is given.</param>
public sealed record Answer(IReadOnlyList<Part> Parts, string? FinishReason = null);

/// <summary>Something that a request asks for.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Value">A text as it is, anything else as JSON.</param>
public sealed record RequestFact(string Name, string Value);
