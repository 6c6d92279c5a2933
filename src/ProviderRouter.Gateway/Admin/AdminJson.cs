using System.Text.Json.Serialization;
using ProviderRouter.Upstream;

namespace ProviderRouter.Gateway.Admin;

/// <summary>The JSON of the admin API: camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(ActiveView))]
[JsonSerializable(typeof(ProviderView))]
[JsonSerializable(typeof(IReadOnlyList<ProviderView>))]
[JsonSerializable(typeof(IReadOnlyList<PresetView>))]
[JsonSerializable(typeof(SettingView))]
[JsonSerializable(typeof(IReadOnlyList<SettingView>))]
[JsonSerializable(typeof(IReadOnlyList<KeyView>))]
[JsonSerializable(typeof(NewKeyView))]
[JsonSerializable(typeof(ProbeResult))]
internal sealed partial class AdminJson : JsonSerializerContext;
