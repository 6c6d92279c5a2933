using System.Text.Json.Serialization;
using ProviderRouter.Gateway.Capture;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>The JSON of the live page: camelCase, without what is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LiveRow))]
[JsonSerializable(typeof(ExchangeProgress))]
[JsonSerializable(typeof(LiveLog))]
internal sealed partial class LiveJson : JsonSerializerContext;
