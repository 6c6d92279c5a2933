namespace ProviderRouter.Gateway.Capture;

/// <summary>The log turned an answer away, so the client must not get the rest of it (<c>audit.onFailure</c> is <c>refuse</c>).</summary>
internal sealed class AnswerNotOnRecordException() : IOException("The log cannot be written, so the answer is cut off.");
