namespace ProviderRouter.AuditLog.Questions;

/// <summary>Something that was sent in an exchange, as it is kept.</summary>
public enum BodyName
{
    /// <summary>The request's body.</summary>
    Request,

    /// <summary>The answer's body as it was sent: of a stream, its events.</summary>
    Response,

    /// <summary>Of a stream: what its events amount to, in the form of an answer that comes without one.</summary>
    Whole,
}
