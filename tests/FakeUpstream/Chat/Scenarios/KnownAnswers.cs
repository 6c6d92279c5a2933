using FakeUpstream.Chat.Answers;
using FakeUpstream.Recording;

namespace FakeUpstream.Chat.Scenarios;

/// <summary>
/// Answers that depend on the prompt's first word, so that what two providers say can be compared: <c>same</c> (the same words),
/// <c>own</c> (each its own), <c>tools</c> (the same call; <see cref="Second"/> writes its arguments in another order), <c>words</c>
/// (the same call, each with its own words), <c>fails</c> (at <see cref="Second"/>).
/// </summary>
internal static class KnownAnswers
{
    /// <summary>The name of the provider that differs.</summary>
    private const string Second = "proxy";

    public static Task SendAsync(ChatRequest chat)
    {
        var name = Exchange.Of(chat.Context).UpstreamName;
        var arguments = name == Second ? """{ "unit": "celsius", "city": "Zürich" }""" : """{"city":"Zürich","unit":"celsius"}""";
        ToolCall[] calls = [new($"call_{name}", "get_weather", arguments)];
        return chat.Prompt.Split(' ')[0] switch
        {
            "own" => chat.SendAsync(TextAnswer.Of(chat.Text)),
            "tools" => chat.SendAsync(ToolsAnswer.Of(calls)),
            "words" => chat.SendAsync(ToolsAnswer.Of(calls, chat.Text)),
            "fails" when name == Second => ErrorStatuses.ServerErrorAsync(chat),
            _ => chat.SendAsync(TextAnswer.Of($"An answer to: {chat.Prompt}")),
        };
    }
}
