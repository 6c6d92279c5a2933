namespace ProviderRouter.AuditLog.Export;

/// <summary>A form in which the log leaves the program. What is written after an exchange ends with it, so that a file can be gone on with there.</summary>
public interface IExportFormat
{
    /// <summary>False when it takes no bodies, and they need not be read.</summary>
    bool TakesBodies { get; }

    /// <summary>Writes what stands before the first exchange.</summary>
    void Begin(Stream output, ExportHeader header);

    /// <summary>Writes an exchange; false where it is none for this format, and nothing was written.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="exchange">The exchange.</param>
    /// <param name="before">How many were written before it.</param>
    bool Write(Stream output, LoggedExchange exchange, long before);

    /// <summary>Writes what stands after the last exchange.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="written">How many were written.</param>
    void End(Stream output, long written);
}
