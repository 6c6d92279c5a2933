namespace ProviderRouter.Gateway.Capture;

/// <summary>How far an exchange is whose answer is not on record.</summary>
/// <param name="RequestId">The id in the log.</param>
/// <param name="Provider">Who is asked at the moment; null while nobody is.</param>
/// <param name="FirstByteMs">From the request's arrival to the answer's first byte, in milliseconds; null before that.</param>
/// <param name="FirstTokenMs">The same to a stream's first token.</param>
/// <param name="Bytes">What the client was sent so far, in bytes.</param>
/// <param name="Events">How many events of a stream that was.</param>
public sealed record ExchangeProgress(string RequestId, string? Provider, double? FirstByteMs, double? FirstTokenMs, long Bytes, int Events);
