namespace ProviderRouter.AuditLog.Questions;

/// <summary>Whether a filter is true of an exchange, but for what it says of texts.</summary>
public static class FilterMatch
{
    /// <summary>True when it is.</summary>
    public static bool Matches(this ExchangeFilter filter, AuditRecord record) =>
        (filter.Provider is null || filter.Provider == record.Provider)
        && (filter.Model is null || IsModel(filter.Model, record.Model) || IsModel(filter.Model, record.ResponseModel))
        && (filter.Status is not { } status || status.Contains(record.StatusCode))
        && (filter.Outcome is null || IsOutcome(filter.Outcome, record.Outcome))
        && (filter.Endpoint is null || IsEndpoint(filter.Endpoint, record.Endpoint))
        && (filter.Since is not { } since || record.CreatedAt >= since)
        && (filter.Until is not { } until || record.CreatedAt < until)
        && (filter.SlowerThan is not { } limit || record.DurationMs > limit.TotalMilliseconds)
        && (filter.MinTokens is not { } tokens || (record.PromptTokens ?? 0) + (record.CompletionTokens ?? 0) >= tokens)
        && (filter.ClientKey is null || filter.ClientKey == record.ClientKey)
        && (filter.BeforeId is not { } before || record.Id < before)
        && (filter.AfterId is not { } after || record.Id > after)
        && (filter.IsReplay is not { } isReplay || isReplay == (record.Replays is not null));

    /// <summary>True when a model is meant by what was typed; case does not count, and <c>*</c> stands for any letters.</summary>
    public static bool IsModel(string typed, string? model)
    {
        var fixedTexts = typed.Split('*');
        if (model is null || !model.StartsWith(fixedTexts[0], StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (fixedTexts.Length == 1)
        {
            return model.Length == typed.Length;
        }

        // Each as early as it can be leaves the most for those behind it; the last one stands at the end.
        var at = fixedTexts[0].Length;
        foreach (var text in fixedTexts[1..^1])
        {
            if ((at = model.IndexOf(text, at, StringComparison.OrdinalIgnoreCase) + text.Length) < text.Length)
            {
                return false;
            }
        }

        return model.Length - at >= fixedTexts[^1].Length && model.EndsWith(fixedTexts[^1], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>True of an exchange that ended as is meant by what was typed.</summary>
    private static bool IsOutcome(string typed, string? outcome) =>
        typed == ExchangeFilter.Failed ? ExchangeFilter.IsFailure(outcome) : typed == (outcome ?? ExchangeFilter.Open);

    /// <summary>True of the path itself, and of its end from a slash on.</summary>
    public static bool IsEndpoint(string typed, string endpoint) =>
        endpoint.Equals(typed, StringComparison.OrdinalIgnoreCase)
        || (endpoint.EndsWith(typed, StringComparison.OrdinalIgnoreCase)
            && (typed.StartsWith('/') || endpoint[endpoint.Length - typed.Length - 1] == '/'));
}
