namespace ProviderRouter.Settings;

/// <summary>A setting that users change: its key, what it is for, and what it may be.</summary>
public abstract class Setting
{
    private protected Setting(string key, string description) => (Key, Description) = (key, description);

    /// <summary>What users type and the database keeps: <c>audit.maxBody</c>.</summary>
    public string Key { get; }

    /// <summary>What it decides, in one sentence.</summary>
    public string Description { get; }

    /// <summary>What it may be, with an example: <c>a size from 0B to 256MB …</c>.</summary>
    public abstract string Allowed { get; }

    /// <summary>The words that it may be, for a shell to complete; none where it is a number, a name or a time.</summary>
    public abstract IReadOnlyList<string> Words { get; }

    /// <summary>Its default as text.</summary>
    public string Default => TextIn(RouterSettings.Default);

    /// <summary>The text of the value that is in effect.</summary>
    public abstract string TextIn(RouterSettings settings);

    /// <summary>The one text that the database keeps of this value; null when the value is not allowed.</summary>
    public abstract string? Normalise(string text);

    /// <summary>What keeps an allowed value from working here, or null: a sentence, for which the disk is looked at.</summary>
    public abstract string? ProblemHere(string text);

    /// <summary>That a value is not allowed, and what is.</summary>
    public string Refusal(string text) => $"{Key} takes {Allowed}, not {KeyLike.Quote(text)}.";

    /// <summary>The settings with this one as the text says; null when the text is not allowed.</summary>
    internal abstract RouterSettings? ApplyTo(RouterSettings settings, string text);

    /// <summary>That a stored text is not allowed, what is in effect in its place, and what to do; else null.</summary>
    public string? StoredProblem(string text) => Normalise(text) is not null ? null
        : $"{Key} is {KeyLike.Quote(text)} in the database, so its default is in effect"
        + $"{(Default.Length == 0 ? "" : $", {Default}")}. It takes {Allowed}: provider-cli config set {Key} VALUE";
}

/// <summary>A setting whose value has this type.</summary>
internal sealed class Setting<T>(
    string key, string description, ValueForm<T> form, Func<RouterSettings, T> get, Func<RouterSettings, T, RouterSettings> with)
    : Setting(key, description)
{
    public override string Allowed => form.Allowed;

    public override IReadOnlyList<string> Words => form.Words ?? [];

    public override string TextIn(RouterSettings settings) => form.Format(get(settings));

    public override string? Normalise(string text) => form.TryParse(text, out var value) ? form.Format(value) : null;

    public override string? ProblemHere(string text) =>
        form.TryParse(text, out var value) ? form.ProblemHere?.Invoke(value) : null;

    internal override RouterSettings? ApplyTo(RouterSettings settings, string text) =>
        form.TryParse(text, out var value) ? with(settings, value) : null;
}
