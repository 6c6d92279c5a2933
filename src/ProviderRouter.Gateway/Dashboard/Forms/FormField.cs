namespace ProviderRouter.Gateway.Dashboard.Forms;

/// <summary>One field of a form, with all that stands around it.</summary>
/// <param name="Name">What it is sent as.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Value">What is in it; of a password, never anything.</param>
/// <param name="Hint">What it decides, what it may be and what it is otherwise; null where the label says it.</param>
/// <param name="Problems">What is wrong with what was typed.</param>
public sealed record FormField(string Name, string Label, string Value, string? Hint = null, IReadOnlyList<string>? Problems = null)
{
    /// <summary>What it is. Default: one line of text.</summary>
    public FieldKind Kind { get; init; }

    /// <summary>What it may be, of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What commands call it, which stands beside the label; or null.</summary>
    public string? Key { get; init; }

    /// <summary>What it looks like, greyed while it is empty; or null.</summary>
    public string? Example { get; init; }

    /// <summary>Tells it apart where several forms of a page have a field of the same name.</summary>
    public string? Prefix { get; init; }

    /// <summary>True when it cannot be changed here.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Its id on the page.</summary>
    public string Id => $"{Prefix}{Name}";

    /// <summary>What describes it, for a screen reader; null when nothing does.</summary>
    public string? DescribedBy => (HasProblem, Hint) switch
    {
        (true, not null) => $"{Id}-problem {Id}-hint",
        (true, null) => $"{Id}-problem",
        (false, not null) => $"{Id}-hint",
        _ => null,
    };

    /// <summary>True when something is wrong with it.</summary>
    public bool HasProblem => Problems is { Count: > 0 };
}

/// <summary>What a field is.</summary>
public enum FieldKind
{
    /// <summary>One line of text.</summary>
    Text,

    /// <summary>Several lines.</summary>
    Lines,

    /// <summary>A key: what is typed is not shown.</summary>
    Password,

    /// <summary>One of a few words.</summary>
    Choice,
}
