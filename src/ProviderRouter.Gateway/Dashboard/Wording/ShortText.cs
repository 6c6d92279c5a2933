using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Gateway.Dashboard.Wording;

/// <summary>
/// What strangers named, where it is one of many things on a page: a client may call a model what is as long as a book, and a list of a
/// hundred of them would be a library.
/// </summary>
internal static class ShortText
{
    private const int Longest = 400;

    /// <summary>What went wrong takes more words.</summary>
    private const int LongestError = 2000;

    /// <summary>Its beginning, of so many letters.</summary>
    public static string Of(string text, int longest = Longest) =>
        text.Length <= longest ? text : $"{text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)]}…";

    /// <summary>A record, each of whose texts has its beginning.</summary>
    public static AuditRecord Of(AuditRecord record) => TextsOf(record).All(text => text is null || text.Length <= Longest) ? record
        : record with
        {
            Model = Cut(record.Model),
            ResponseModel = Cut(record.ResponseModel),
            Provider = Cut(record.Provider),
            Endpoint = Of(record.Endpoint),
            Method = Of(record.Method),
            Error = record.Error is { } error ? Of(error, LongestError) : null,
            FinishReason = Cut(record.FinishReason),
            ClientKey = Cut(record.ClientKey),
            Client = Cut(record.Client),
            Replays = Cut(record.Replays),
        };

    private static string?[] TextsOf(AuditRecord record) =>
    [
        record.Model, record.ResponseModel, record.Provider, record.Endpoint, record.Method, record.Error, record.FinishReason,
        record.ClientKey, record.Client, record.Replays,
    ];

    private static string? Cut(string? text) => text is null ? null : Of(text);
}
