namespace ProviderRouter.AuditLog.Writing;

/// <summary>The log cannot be written at present: its disk is full, it is locked, or it cannot be read.</summary>
/// <param name="message">Why, and what to do.</param>
/// <param name="cause">What the store said.</param>
public sealed class LogUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
