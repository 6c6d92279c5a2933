using System.Text.Json.Nodes;
using ProviderRouter.AuditLog;
using ProviderRouter.Tests.Dashboard.Data;

namespace ProviderRouter.Tests.Dashboard.Hostile;

/// <summary>A payload in everything that a log can be told.</summary>
internal static class HostileLog
{
    /// <summary>An exchange that went well: prompts, answers, reasoning, tools, names, headers, the query.</summary>
    public static PastExchange Talk(Payload payload)
    {
        var (text, line) = (payload.Text, payload.Line);
        var arguments = ChatJson.Text(new JsonObject { [line] = text });
        return new PastExchange(
            ChatJson.Request(line,
                ChatJson.Says("system", text), ChatJson.Says(line, text),
                ChatJson.Says("user", new JsonArray(ChatJson.Words(text), ChatJson.Picture(line), ChatJson.Picture("data:image/png;base64," + line), new JsonObject { ["type"] = line, [line] = text })),
                ChatJson.Calls(line, line, arguments), ChatJson.Calls(line, line, text), ChatJson.Gives(line, text)),
            ChatJson.Answer(line, text, reasoning: text, calls: [ChatJson.Call(line, line, text)], finish: line))
        {
            Age = TimeSpan.FromMinutes(3), Provider = line, AskedProvider = line, Model = line, ClientKey = line, Client = line, Query = "q=" + Uri.EscapeDataString(line) + "&x=" + line,
            Headers = [("x-hostile", line), (line, line), ("user-agent", line)], AnswerHeaders = [("x-hostile", line), ("content-type", line)],
            Usage = new(line, 1, 2, 3, 4, line, 1), Events = ChatJson.Events(line, text),
            Attempts = ChatJson.Text(new JsonArray(
                new JsonObject { ["provider"] = line, ["outcome"] = line, ["error"] = text, ["durationMs"] = 1.5, ["model"] = line },
                new JsonObject { ["provider"] = line, ["outcome"] = "ok", ["status"] = 200, ["durationMs"] = 9 })),
        };
    }

    /// <summary>One that failed: what the provider and the router said of it, where the path and the method are the payload, too.</summary>
    public static PastExchange Failure(Payload payload) => new(payload.Text, ChatJson.Error(payload.Text, payload.Line))
    {
        Age = TimeSpan.FromMinutes(2), Provider = payload.Line, Model = payload.Line, Method = payload.Line, Endpoint = "/v1/chat/completions/" + payload.Line,
        Outcome = Outcome.UpstreamError, Status = 500, Error = payload.Text, Usage = AuditUsage.Unknown,
    };

    /// <summary>One whose bodies are no JSON at all.</summary>
    public static PastExchange Page(Payload payload) => new(payload.Text, payload.Text) { Model = payload.Line, Endpoint = "/v1/other", Usage = AuditUsage.Unknown };
}
