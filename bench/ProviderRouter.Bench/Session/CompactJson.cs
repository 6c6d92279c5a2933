using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProviderRouter.Bench.Session;

/// <summary>JSON as clients send it: no white space, and no escapes but those that must be.</summary>
internal static class CompactJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(object value) => JsonSerializer.Serialize(value, Options);
}
