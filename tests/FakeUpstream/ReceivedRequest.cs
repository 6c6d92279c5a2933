using System.Text;

namespace FakeUpstream;

/// <summary>What the upstream saw of one request up to the moment of asking.</summary>
/// <param name="RawTarget">The request line's target, not decoded.</param>
/// <param name="Headers">By name, in any case; repeated headers are joined with ", ".</param>
/// <param name="Body">Null where it is longer than 1 MB.</param>
/// <param name="BodySha256">Lower-case hexadecimal.</param>
/// <param name="BodyComplete">The body was read to its end.</param>
public sealed record ReceivedRequest(
    string Method,
    string RawTarget,
    IReadOnlyDictionary<string, string> Headers,
    byte[]? Body,
    long BodyBytes,
    string BodySha256,
    bool BodyComplete)
{
    /// <summary>The body read as UTF-8.</summary>
    /// <exception cref="InvalidOperationException">The body was too long to be kept.</exception>
    public string BodyText => Body is null
        ? throw new InvalidOperationException($"The body of {BodyBytes} bytes was not kept, only its hash.")
        : Encoding.UTF8.GetString(Body);
}
