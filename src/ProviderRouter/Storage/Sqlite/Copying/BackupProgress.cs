using System.Runtime.InteropServices;

namespace ProviderRouter.Storage.Sqlite.Copying;

/// <summary>How far a copy is, in bytes.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BackupProgress(long Done, long Total);
