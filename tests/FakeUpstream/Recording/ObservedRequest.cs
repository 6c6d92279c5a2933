using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;

namespace FakeUpstream.Recording;

/// <summary>A request while it arrives. It is listed from its first line on: some scenarios never reach an end.</summary>
internal sealed class ObservedRequest
{
    private const int LongestKeptBody = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly RequestLog _log;
    private readonly string _method;
    private readonly string _rawTarget;
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);
    private ArrayBufferWriter<byte>? _kept = new();
    private long _length;
    private bool _complete;

    public ObservedRequest(RequestLog log, HttpContext context)
    {
        _log = log;
        _method = context.Request.Method;
        _rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        // Nobody reads a body that cannot be there.
        _complete = context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
        foreach (var (name, values) in context.Request.Headers)
        {
            _headers[name] = string.Join(", ", values.ToArray());
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _complete |= bytes.IsEmpty;
            _hash.AppendData(bytes);
            _length += bytes.Length;
            if (_kept is not null && _length <= LongestKeptBody && _log.TryReserve(bytes.Length))
            {
                _kept.Write(bytes);
            }
            else
            {
                DropBody();
            }
        }
    }

    public ReceivedRequest Snapshot()
    {
        lock (_lock)
        {
            var sha256 = Convert.ToHexStringLower(_hash.GetCurrentHash());
            return new(_method, _rawTarget, _headers, _kept?.WrittenSpan.ToArray(), _length, sha256, _complete);
        }
    }

    public void DropBody()
    {
        lock (_lock)
        {
            _log.Return(_kept?.WrittenCount ?? 0);
            _kept = null;
        }
    }
}
