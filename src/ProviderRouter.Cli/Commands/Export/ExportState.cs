using System.Text.Json;
using ProviderRouter.AuditLog.Export;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Export;

/// <summary>What is exported, and how far it is; kept beside a file that is being written, so that it can be gone on with.</summary>
/// <param name="Format">By its name.</param>
/// <param name="Bodies">Of CSV: with the columns of bodies.</param>
/// <param name="Filter">Which exchanges; with an end, so that what comes in meanwhile does not count.</param>
/// <param name="Header">What the export began with.</param>
internal sealed record ExportState(string Format, bool Bodies, ExchangeFilter Filter, ExportHeader Header)
{
    /// <summary>The <c>id</c> of the last exchange that was looked at; 0 at the beginning.</summary>
    public long LastId { get; init; }

    /// <summary>Its request's id.</summary>
    public string? LastRequestId { get; init; }

    /// <summary>How long the file is that far, in bytes.</summary>
    public long Length { get; init; }

    /// <summary>Exchanges in it.</summary>
    public long Written { get; init; }

    /// <summary>Exchanges that were none for this format.</summary>
    public long Skipped { get; init; }

    /// <summary>Where it is kept.</summary>
    public static string PathOf(string file) => file + ".part.json";

    /// <summary>Reads what is kept; null where nothing is.</summary>
    public static ExportState? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(file)), CliJson.Readable.ExportState);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps it: the new one, or, when the program is ended meanwhile, the one before.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string file)
    {
        var fresh = PathOf(file) + ".new";
        using (var stream = new FileStream(fresh, Options()))
        {
            JsonSerializer.Serialize(stream, this, CliJson.Readable.ExportState);
        }

        File.Move(fresh, PathOf(file), overwrite: true);
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
