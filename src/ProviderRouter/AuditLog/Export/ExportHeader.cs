namespace ProviderRouter.AuditLog.Export;

/// <summary>The first line of an export.</summary>
/// <param name="Format"><see cref="FormatName"/>.</param>
/// <param name="Version">Of the format: <see cref="LatestVersion"/>.</param>
/// <param name="Program">The version of the program that wrote it.</param>
/// <param name="Head">The head of the chain that it was read from, when the export began.</param>
public sealed record ExportHeader(string Format, int Version, string Program, string Head)
{
    /// <summary>What tells an export from other files.</summary>
    public const string FormatName = "provider-router-log";

    /// <summary>The version that this program writes, and the only one that it reads.</summary>
    public const int LatestVersion = 1;
}

/// <summary>The last line of an export: without it the file is cut off.</summary>
/// <param name="Exchanges">How many lines stand between.</param>
public sealed record ExportEnd(long Exchanges);
