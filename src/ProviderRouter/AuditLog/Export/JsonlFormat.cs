using System.Text.Json;

namespace ProviderRouter.AuditLog.Export;

/// <summary>One exchange a line, with all that makes the same record again; docs/log.md describes it.</summary>
public sealed class JsonlFormat : IExportFormat
{
    /// <inheritdoc/>
    public bool TakesBodies => true;

    /// <inheritdoc/>
    public void Begin(Stream output, ExportHeader header)
    {
        JsonSerializer.Serialize(output, header, ExportJson.Lines.ExportHeader);
        output.WriteByte((byte)'\n');
    }

    /// <inheritdoc/>
    public bool Write(Stream output, LoggedExchange exchange, long before)
    {
        JsonSerializer.Serialize(output, exchange, ExportJson.Lines.LoggedExchange);
        output.WriteByte((byte)'\n');
        return true;
    }

    /// <inheritdoc/>
    public void End(Stream output, long written)
    {
        JsonSerializer.Serialize(output, new ExportEnd(written), ExportJson.Lines.ExportEnd);
        output.WriteByte((byte)'\n');
    }
}
