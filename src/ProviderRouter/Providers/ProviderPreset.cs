namespace ProviderRouter.Providers;

/// <summary>A provider as many people have it, to begin with.</summary>
/// <param name="Title">Its name, for people: <c>LM Studio</c>.</param>
/// <param name="Template">All that is known of it; its name is that of the preset, its base URL empty where there is none to start from.</param>
/// <param name="KeyVariable">The environment variable that usually holds its key; null when it needs no key.</param>
/// <param name="UrlExample">What its base URL looks like, where it differs from one user to the next; else null.</param>
public sealed record ProviderPreset(string Title, Provider Template, string? KeyVariable = null, string? UrlExample = null)
{
    /// <summary>What users type: <c>lm-studio</c>.</summary>
    public string Name => Template.Name;

    /// <summary>True when it answers nobody without a key.</summary>
    public bool NeedsKey => KeyVariable is not null;

    /// <summary>True when its base URL has to be given.</summary>
    public bool NeedsUrl => UrlExample is not null;
}
