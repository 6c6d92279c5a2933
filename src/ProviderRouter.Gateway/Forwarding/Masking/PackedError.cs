using ProviderRouter.Gateway.Capture;

namespace ProviderRouter.Gateway.Forwarding.Masking;

/// <summary>A provider's error that travels packed, where the key in it could not be seen: it is unpacked first.</summary>
internal static class PackedError
{
    /// <summary>The largest that is unpacked, in bytes, packed and unpacked; beyond it no error is one for people.</summary>
    private const int Most = 1024 * 1024;

    /// <summary>
    /// Unpacks the content of an answer, and takes the header away that says it is packed. What is too large, or packed in a way that is
    /// not known here, loses its body: what cannot be looked into could hold the key.
    /// </summary>
    public static async Task UnpackAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var (packed, coding) = (response.Content, string.Join(", ", response.Content.Headers.ContentEncoding));
        var buffer = new byte[Most + 1];
        int read;
        await using (var body = await packed.ReadAsStreamAsync(cancellation))
        {
            read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        }

        var plain = read > Most ? null : ContentCoding.Decode(buffer.AsMemory(0, read), coding, Most, out var isCut) is { } whole && !isCut ? whole : (ReadOnlyMemory<byte>?)null;
        var content = new ReadOnlyMemoryContent(plain ?? default);
        foreach (var header in packed.Headers.NonValidated)
        {
            if (!header.Key.Equals("content-encoding", StringComparison.OrdinalIgnoreCase) && !header.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase))
            {
                content.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string>)header.Value);
            }
        }

        content.Headers.ContentLength = plain?.Length ?? 0;
        response.Content = content;
    }
}
