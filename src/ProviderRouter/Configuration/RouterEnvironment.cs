namespace ProviderRouter.Configuration;

/// <summary>
/// The environment variables as both programs see them: the process's own, else those of a <c>.env</c> file in the working
/// folder. A variable that is set but empty counts as not set.
/// </summary>
public sealed class RouterEnvironment(Func<string, string?> processVariable, IReadOnlyDictionary<string, string> dotEnv)
{
    /// <summary>The environment of this process, with the <c>.env</c> of the working folder.</summary>
    public static RouterEnvironment OfThisProcess() =>
        new(Environment.GetEnvironmentVariable, DotEnvFile.Read(".env"));

    /// <summary>The value of a variable, or null.</summary>
    public string? this[string name] =>
        NullIfEmpty(processVariable(name)) ?? (dotEnv.TryGetValue(name, out var value) ? NullIfEmpty(value) : null);

    private static string? NullIfEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
