using System.Buffers;
using System.Text.Json;
using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Forwarding.KeepAlive;

/// <summary>
/// An answer that is no stream, for a client that was sent comments already and so reads one: the provider's error, in one event.
/// </summary>
/// <param name="status">The status that the provider sent.</param>
internal sealed class ErrorEvent(int status)
{
    /// <summary>What is kept of the answer, in bytes.</summary>
    private const int Most = 64 * 1024;

    private readonly ArrayBufferWriter<byte> body = new();

    /// <summary>Takes the next bytes of the answer.</summary>
    public void Take(ReadOnlySpan<byte> bytes) => body.Write(bytes[..Math.Min(bytes.Length, Most - body.WrittenCount)]);

    /// <summary>The event.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        try
        {
            // On one line, as an event's data has to be.
            using var json = JsonDocument.Parse(body.WrittenMemory);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out _))
            {
                var line = new ArrayBufferWriter<byte>();
                using (var writer = new Utf8JsonWriter(line))
                {
                    json.RootElement.WriteTo(writer);
                }

                return Framed(line.WrittenSpan);
            }
        }
        catch (JsonException)
        {
            // Told in our words.
        }

        return Of(OpenAIError.Invalid($"The provider answered {status}, and not with a stream."));
    }

    /// <summary>An error of the router's own as an event.</summary>
    public static ReadOnlyMemory<byte> Of(OpenAIError error) => Framed(error.ToJson().Span);

    private static byte[] Framed(ReadOnlySpan<byte> json) => [.. "data: "u8, .. json, .. "\n\n"u8];
}
