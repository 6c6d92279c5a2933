using System.Runtime.InteropServices;

namespace ProviderRouter.AuditLog.Questions.Text;

/// <summary>One text in a body: where it lies, in bytes.</summary>
/// <param name="Start">Its first byte; of a JSON string, after the quotation mark.</param>
/// <param name="Length">Its bytes; of a JSON string, as they stand between the quotation marks.</param>
/// <param name="IsEscaped">True of a JSON string with backslashes in it.</param>
/// <param name="Message">Which of the conversation's messages it belongs to, from 0; -1 for what stands outside of them.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextUnit(int Start, int Length, bool IsEscaped, int Message);
