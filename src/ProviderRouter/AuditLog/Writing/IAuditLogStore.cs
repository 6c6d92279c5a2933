namespace ProviderRouter.AuditLog.Writing;

/// <summary>Where the log is kept, as its writer sees it. After a failure it mends itself, if it can. For one thread at a time.</summary>
public interface IAuditLogStore : IDisposable
{
    /// <summary>The server's run that it was opened for.</summary>
    long Run { get; }

    /// <summary>Appends rows in one transaction: when it returns, all of them are as durable as was asked for; else none is there.</summary>
    /// <param name="rows">Requests and answers; an answer's request is on record or comes before it.</param>
    /// <param name="isRetry">True where an earlier attempt may have left them on record after all; those are passed over.</param>
    /// <exception cref="LogUnavailableException">Nothing can be written at present.</exception>
    /// <exception cref="InvalidOperationException">One of these rows cannot be written, though others could.</exception>
    void Append(IReadOnlyList<AuditRow> rows, bool isRetry = false);

    /// <summary>Appends rows that were kept elsewhere meanwhile; those that are on record already are passed over.</summary>
    /// <param name="rows">As above.</param>
    /// <param name="run">The server's run that kept them.</param>
    /// <exception cref="LogUnavailableException">Nothing can be written at present.</exception>
    /// <exception cref="InvalidOperationException">One of these rows cannot be written, though others could.</exception>
    void AppendSpooled(IReadOnlyList<AuditRow> rows, long run);

    /// <summary>Appends what happened to the log itself.</summary>
    /// <exception cref="LogUnavailableException">Nothing can be written at present.</exception>
    void Append(AuditEvent happened);

    /// <summary>Marks what killed runs left unanswered.</summary>
    /// <exception cref="LogUnavailableException">Nothing can be written at present.</exception>
    void MarkInterrupted();

    /// <summary>Says whether what is appended must survive a power cut, or only the end of the process.</summary>
    /// <exception cref="LogUnavailableException">Nothing can be written at present.</exception>
    void SetDurable(bool survivesPowerCut);

    /// <summary>Tidies up at a moment when nothing waits.</summary>
    /// <exception cref="LogUnavailableException">Nothing can be written at present.</exception>
    void Rest();
}
