using ProviderRouter.Providers;

namespace ProviderRouter.Gateway.Admin;

/// <summary>What an input makes of a provider. A key comes in here, and never goes out.</summary>
internal static class ProviderInput
{
    /// <summary>The provider with what the input says; its name stays. What is wrong with it is noted in the input.</summary>
    public static Provider Apply(JsonInput input, Provider provider, KeyVault vault)
    {
        var changed = ProviderRules.Normalise(provider with
        {
            Type = input.Text("type", provider.Type) ?? provider.Type,
            BaseUrl = input.Text("baseUrl", provider.BaseUrl) ?? provider.BaseUrl,
            Key = KeyOf(input, provider.Key) with
            {
                Header = input.Text("keyHeader", provider.Key.Header) ?? ProviderKey.None.Header,
                Prefix = input.Text("keyPrefix", provider.Key.Prefix) ?? ProviderKey.None.Prefix,
            },
            Headers = input.Map("headers", provider.Headers),
            Query = input.Text("query", provider.Query),
            DefaultModel = input.Text("defaultModel", provider.DefaultModel),
            Aliases = input.Map("aliases", provider.Aliases),
            IdleTimeout = input.Milliseconds("idleTimeoutMs", provider.IdleTimeout),
            ConnectTimeout = input.Milliseconds("connectTimeoutMs", provider.ConnectTimeout),
            KeepAlive = input.Milliseconds("keepAliveMs", provider.KeepAlive),
            Retries = input.Number("retries", provider.Retries),
            Cancels = input.Flag("cancels", provider.Cancels, @default: true),
            Note = input.Text("note", provider.Note),
            Enabled = input.Flag("enabled", provider.Enabled, @default: true),
            Origin = ProviderOrigin.Edited,
        });
        input.Refuse(ProviderRules.Check(changed));

        // Sealed last, and only where it is to be stored: sealing makes the file with the secret.
        return input.Problems.Count == 0 && input.Text("key") is { } key
            ? changed with { Key = changed.Key with { EnvironmentVariable = null, Sealed = vault.Seal(key) } }
            : changed;
    }

    /// <summary>Where the key comes from: <c>key</c> and <c>keyVariable</c> take each other's place; null takes both away.</summary>
    private static ProviderKey KeyOf(JsonInput input, ProviderKey before)
    {
        var (key, variable) = (input.Text("key"), input.Text("keyVariable", before.EnvironmentVariable));
        if (key is not null && KeyRules.KeyProblem(key) is { } problem)
        {
            input.Refuse(problem);
        }

        if (key is not null && input.Has("keyVariable") && variable is not null)
        {
            input.Refuse("key and keyVariable do not go together.");
        }

        return before with
        {
            EnvironmentVariable = key is null ? variable : null,
            Sealed = key is not null || input.Has("key") || (input.Has("keyVariable") && variable is not null) ? null : before.Sealed,
        };
    }
}
