namespace ProviderRouter.AuditLog.Questions;

/// <summary>Which exchange somebody meant: by an id, by its start, or by <c>last</c>.</summary>
/// <param name="Id">The <see cref="AuditRecord.Id"/>; null when it is none, or not one alone.</param>
/// <param name="Candidates">Where there are several: the first few of their request ids.</param>
public sealed record RecordName(long? Id, IReadOnlyList<string> Candidates)
{
    /// <summary>The newest on record.</summary>
    public const string Last = "last";

    /// <summary>Nothing on record is called that.</summary>
    public static readonly RecordName Unknown = new(Id: null, []);

    /// <summary>Why it is not one exchange, and what to do; null when it is.</summary>
    /// <param name="typed">As it was typed.</param>
    /// <param name="see">Where to look, as a sentence.</param>
    public string? Problem(string typed, string see = "See provider-cli history.") =>
        Id is not null ? null
        : Candidates.Count > 0 ? $"{Quote(typed)} is the start of several ids: {string.Join(", ", Candidates)}. Give more of it."
        : typed.Trim() == Last ? "No request is on record yet."
        : $"No request on record has an id that starts with {Quote(typed)}. {see}";

    // An id would be taken for a key.
    private static string Quote(string typed) =>
        typed.Length <= 36 && typed.All(letter => char.IsAsciiHexDigit(letter) || letter == '-') ? $"'{typed}'" : KeyLike.Quote(typed);
}
