using System.Runtime.InteropServices;

namespace ProviderRouter.AuditLog.Writing;

/// <summary>Rows that could not be written at once, since the server's start.</summary>
/// <param name="Kept">Kept for later.</param>
/// <param name="Lost">Kept nowhere.</param>
/// <param name="Refused">Turned away.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RowCounts(long Kept, long Lost, long Refused);
