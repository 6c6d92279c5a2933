namespace ProviderRouter.Comparison;

/// <summary>How alike two answers are.</summary>
public enum AnswerVerdict
{
    /// <summary>The same text, and the same calls of tools.</summary>
    Same,

    /// <summary>The same calls of tools, with other words.</summary>
    SameToolCalls,

    /// <summary>Another text, or other calls.</summary>
    Different,

    /// <summary>One of them failed, or is not kept.</summary>
    NotCompared,
}

/// <summary>Compares answers.</summary>
public static class AnswerVerdicts
{
    /// <summary>How alike these two are.</summary>
    public static AnswerVerdict Between(ComparedAnswer left, ComparedAnswer right) =>
        !left.IsOk || !right.IsOk || !left.IsReadable || !right.IsReadable ? AnswerVerdict.NotCompared
        : !ToolCallMatch.AreSame(left.ToolCalls, right.ToolCalls) ? AnswerVerdict.Different
        : left.Text == right.Text ? AnswerVerdict.Same
        : left.ToolCalls.Count > 0 ? AnswerVerdict.SameToolCalls
        : AnswerVerdict.Different;
}
