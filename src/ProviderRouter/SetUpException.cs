namespace ProviderRouter;

/// <summary>
/// The set-up is broken in a way that the user can mend. The message is one sentence or two for a person: what is wrong, and
/// what to do. Both programs print it on stderr and exit with 1.
/// </summary>
public sealed class SetUpException(string message, Exception? inner = null) : Exception(message, inner);
