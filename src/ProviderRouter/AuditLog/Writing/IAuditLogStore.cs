namespace ProviderRouter.AuditLog.Writing;

/// <summary>Where the log is kept, as its writer sees it. For one thread at a time.</summary>
public interface IAuditLogStore : IDisposable
{
    /// <summary>Appends rows in one transaction: when it returns, all of them are as durable as was asked for; else none is there.</summary>
    /// <param name="rows">Requests and answers; an answer's request is on record or comes before it.</param>
    /// <param name="skipKnown">True where rows may be on record already, as after a crash; those are passed over.</param>
    /// <exception cref="LogUnavailableException">Nothing can be written at present.</exception>
    /// <exception cref="InvalidOperationException">One of these rows cannot be written, though others could.</exception>
    void Append(IReadOnlyList<AuditRow> rows, bool skipKnown = false);

    /// <summary>Appends what happened to the log itself.</summary>
    /// <exception cref="LogUnavailableException">Nothing can be written at present.</exception>
    void Append(AuditEvent happened);

    /// <summary>Says whether what is appended must survive a power cut, or only the end of the process.</summary>
    void SetDurable(bool survivesPowerCut);

    /// <summary>Tidies up at a moment when nothing waits.</summary>
    void Rest();

    /// <summary>Begins anew after a failure.</summary>
    /// <exception cref="LogUnavailableException">It still fails.</exception>
    void Reopen();
}
