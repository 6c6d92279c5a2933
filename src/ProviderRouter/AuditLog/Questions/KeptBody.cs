using ProviderRouter.Readable;

namespace ProviderRouter.AuditLog.Questions;

/// <summary>One body of an exchange, and how much of it there is.</summary>
/// <param name="Side">Whose it is.</param>
/// <param name="State">How much of it is kept, in the log's word; null without an answer on record.</param>
/// <param name="Bytes">Its true size.</param>
/// <param name="Start">As it was sent, as far as it is kept, or the beginning of that; of a stream, of its events. Null where nothing is kept.</param>
/// <param name="Kept">How much of it is kept, in bytes.</param>
public sealed record KeptBody(BodySide Side, string? State, long? Bytes, ReadOnlyMemory<byte>? Start, long Kept)
{
    /// <summary>One of the two bodies of an exchange.</summary>
    public static KeptBody Of(AuditRecord record, RecordedBodies bodies, BodySide side) => side == BodySide.Request
        ? new KeptBody(side, record.RequestBodyState, record.RequestBytes, bodies.Request, bodies.RequestLength)
        : bodies.EventsStart is { } events ? new KeptBody(side, record.ResponseBodyState, record.ResponseBytes, events, bodies.EventsLength)
        : new KeptBody(side, record.ResponseBodyState, record.ResponseBytes, bodies.Response, bodies.ResponseLength);

    /// <summary>True where <see cref="Start"/> is all of it, byte for byte.</summary>
    public bool IsWhole => State == "whole" && Kept == Bytes && Start?.Length == Kept;

    /// <summary>Why it is not all of it, in a sentence; null where it is, and where there was none.</summary>
    public string? Shortfall => State switch
    {
        null => "No answer is on record.",
        "pruned" => $"{Whose} body ({Size}) is no longer in the log: retention removed it.",
        "cut" => $"{Whose} body ({Size}) was larger than the log keeps (audit.maxBody): only its first part is here.",
        "described" => $"{Whose} body ({Size}) is not text: the log has a line that says what it was.",
        "incomplete" when Start is null => $"{Whose} body broke off before its first byte.",
        "incomplete" => $"{Whose} body broke off: what had come until then is here.",
        "whole" when Start is not null && Kept != Bytes =>
            $"{Whose} body is not here as it was sent ({Size}): it was packed, or had a key in it.",
        _ => null,
    };

    private string Whose => Side == BodySide.Request ? "The request's" : "The answer's";

    private string Size => ReadableSize.From(Bytes ?? 0);
}

/// <summary>Which of the two bodies.</summary>
public enum BodySide
{
    /// <summary>What the client sent.</summary>
    Request,

    /// <summary>What it was sent.</summary>
    Response,
}
