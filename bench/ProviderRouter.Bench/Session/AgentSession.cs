using System.Text;

namespace ProviderRouter.Bench.Session;

/// <summary>An agent at work: each request resends all that was said before, and adds a tool call, its result and a remark.</summary>
internal sealed class AgentSession
{
    private static readonly string[] Tools = ["read_file", "write_file", "run_command", "search_text", "list_folder", "fetch_page"];

    private readonly ToolText text;
    private readonly StringBuilder messages = new();
    private readonly string end;
    private string remark;
    private int turn;

    public AgentSession(bool stream, int seed = 7)
    {
        text = new ToolText(seed);
        end = $"],\"tools\":{CompactJson.Of(Tools.Select(Definition))}{(stream ? ",\"stream\":true" : "")}}}";
        remark = text.Prose(400);
        messages.Append(CompactJson.Of(new { role = "system", content = text.Prose(8 * 1024) }));
        Say(new { role = "user", content = remark });
    }

    /// <summary>The body of the next request.</summary>
    /// <param name="answerer">The upstream's name: it repeats the user's last remark, which the agent then sends back.</param>
    public byte[] Next(string answerer)
    {
        if (turn++ > 0)
        {
            Work($"{answerer} says: {remark}");
        }

        return Encoding.UTF8.GetBytes($"{{\"model\":\"fake-small\",\"messages\":[{messages}{end}");
    }

    private void Work(string answer)
    {
        var id = $"call_{turn:0000}";
        var tool = Tools[turn % Tools.Length];
        var arguments = CompactJson.Of(new { path = $"src/part{turn}.cs", reason = text.Prose(60) });
        Say(new { role = "assistant", content = answer, tool_calls = new[] { new { id, type = "function", function = new { name = tool, arguments } } } });
        Say(new { role = "tool", tool_call_id = id, content = text.Result() });
        remark = text.Prose(120);
        Say(new { role = "user", content = remark });
    }

    private void Say(object message) => messages.Append(',').Append(CompactJson.Of(message));

    private object Definition(string name) => new
    {
        type = "function",
        function = new
        {
            name,
            description = text.Prose(240),
            parameters = new
            {
                type = "object",
                properties = new { path = new { type = "string", description = text.Prose(80) }, reason = new { type = "string" } },
                required = new[] { "path" },
            },
        },
    };
}
