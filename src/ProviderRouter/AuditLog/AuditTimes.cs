using System.Runtime.InteropServices;

namespace ProviderRouter.AuditLog;

/// <summary>How long an exchange took; each is counted from the request's arrival.</summary>
/// <param name="End">To the end of the answer; null when that is not known.</param>
/// <param name="FirstByte">To the first byte of the answer's body; null when there was none.</param>
/// <param name="FirstToken">To the first event of a stream that bears content; null when there was none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AuditTimes(TimeSpan? End, TimeSpan? FirstByte, TimeSpan? FirstToken);
