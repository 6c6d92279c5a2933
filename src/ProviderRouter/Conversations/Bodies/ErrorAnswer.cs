using System.Text.Json;
using ProviderRouter.Conversations.Json;

namespace ProviderRouter.Conversations.Bodies;

/// <summary>Reads what a provider says went wrong, whatever shape it has.</summary>
internal static class ErrorAnswer
{
    /// <summary>The error in an answer; null when there is none.</summary>
    /// <param name="root">The answer.</param>
    /// <param name="isError">True where its status says that it is an error, so that a plain message is one.</param>
    public static ErrorPart? Read(JsonElement root, bool isError)
    {
        // LiteLLM, Gemini and others put the object into a list.
        var answer = root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 1 ? root[0] : root;
        if (answer.Field("error") is { } error && !error.IsEmpty() && error.ValueKind != JsonValueKind.False)
        {
            return new ErrorPart(Message(error), Kind(error) ?? Kind(answer));
        }

        return isError && (answer.Field("message") ?? answer.Field("detail")) is { } said ? new ErrorPart(Message(said), Kind(answer)) : null;
    }

    private static string Message(JsonElement error) => (error.Field("message") ?? error).TextOrRaw();

    private static string? Kind(JsonElement error) =>
        error.Text("type") is { } type && type != "error" ? type
            : error.Field("code") is { ValueKind: JsonValueKind.String or JsonValueKind.Number } code ? code.TextOrRaw()
            : error.Text("status");
}
