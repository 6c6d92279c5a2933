using System.Runtime.InteropServices;

namespace ProviderRouter.AuditLog.Bodies;

/// <summary>A piece of a body: where it lies in it, in bytes, and what it is found by.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BodyPiece(int Offset, int Length, PieceHash Hash);
