using System.Text.Json.Nodes;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Dashboard.Data;

/// <summary>Exchanges of every kind that a page has to show, some minutes old.</summary>
internal static class Talks
{
    /// <summary>A name of a model without a place to break it, as long as one may be in a log.</summary>
    public static readonly string LongModel = "hf.co/unsloth/" + string.Concat(Enumerable.Repeat("Qwen3-Coder-480B-A35B-Instruct-GGUF-", 5)) + "UD-Q4_K_XL";

    public const string Markdown = """
        ## How the two indexes differ

        A **B-tree** keeps its keys *in order*; a hash index does not. So:

        1. ranges and `ORDER BY` need the B-tree,
        2. equality is served by either.

        | index | equality | range | size |
        |---|:-:|:-:|--:|
        | B-tree | yes | yes | 1.0 |
        | hash | yes | ~~yes~~ no | 0.8 |

        ```sql
        CREATE INDEX logs_by_time ON logs (created_at DESC) WHERE status_code >= 400;
        ```

        > Measure before you add one: each index is written with each row.

        See [the manual](https://example.com/indexes), and `EXPLAIN QUERY PLAN`.
        """;

    public static readonly PastExchange WithMarkdown = new(
        ChatJson.Request("qwen3-30b-a3b", ChatJson.Says("system", "You are a precise database engineer."), ChatJson.Says("user", "When do I want a hash index instead of a B-tree?")),
        ChatJson.Answer("qwen3-30b-a3b", Markdown, reasoning: "The user asks about indexes. Compare ordering, ranges and size, then give an example in SQL."))
    {
        Age = TimeSpan.FromMinutes(3), Events = ChatJson.Events("qwen3-30b-a3b", Markdown), FirstToken = TimeSpan.FromSeconds(0.7), Duration = TimeSpan.FromSeconds(6.2),
        Usage = new("qwen3-30b-a3b", 46, 312, 0, 71, "stop", 0),
    };

    public static readonly PastExchange WithTools = new(
        ChatJson.Request("gpt-4o",
            ChatJson.Says("user", "Is it warm enough in Zürich for a swim? 🏊"),
            ChatJson.Calls("call_1", "get_weather", """{"city":"Zürich","units":"celsius"}"""),
            ChatJson.Gives("call_1", """{"air":27.4,"water":22.1,"wind":"light"}""")),
        ChatJson.Answer("gpt-4o", content: null, calls: [ChatJson.Call("call_2", "book_slot", """{"place":"Seebad Enge","at":"17:30","persons":2}""")], finish: "tool_calls"))
    {
        Age = TimeSpan.FromMinutes(5), Provider = "openai", Model = "gpt-4o", Usage = new("gpt-4o-2026-08-06", 212, 38, 128, null, "tool_calls", 1), ClientKey = "laptop",
    };

    public static readonly PastExchange WithPicture = new(
        ChatJson.Request("qwen3-vl-8b", ChatJson.Says("user", new JsonArray(ChatJson.Words("What is in this picture?"), ChatJson.Picture(Picture.DataUrl), ChatJson.Picture("https://example.com/elsewhere.png")))),
        ChatJson.Answer("qwen3-vl-8b", "Green hills under a clear sky, and the sun on the right."))
    {
        Age = TimeSpan.FromMinutes(7), Model = "qwen3-vl-8b",
    };

    public static readonly PastExchange InChinese = new(
        ChatJson.Request("qwen-max", ChatJson.Says("user", "请用三句话解释什么是数据库事务,并举一个银行转账的例子。")),
        ChatJson.Answer("qwen-max", "数据库事务是一组要么全部成功、要么全部失败的操作。它保证数据的一致性、隔离性和持久性。例如转账:扣款与入账必须同时完成,否则全部回滚。😀"))
    {
        Age = TimeSpan.FromMinutes(9), Provider = "qwen-direct", Model = "qwen-max", Usage = new("qwen-max", 31, 88, null, null, "stop", 0),
    };

    public static readonly PastExchange Limited = new(
        ChatJson.Request("gpt-4o", ChatJson.Says("user", "Summarise these 40 pages.")), ChatJson.Error("Rate limit reached for gpt-4o: 30000 tokens a minute. Try again in 6.2 s.", "tokens"))
    {
        Age = TimeSpan.FromMinutes(2), Provider = "openai", Model = "gpt-4o", Outcome = Outcome.UpstreamError, Status = 429,
        Error = "429: Rate limit reached for gpt-4o: 30000 tokens a minute. Try again in 6.2 s.", Usage = AuditUsage.Unknown, Duration = TimeSpan.FromSeconds(0.31),
    };

    public static readonly PastExchange FellBack = new(
        ChatJson.Request("qwen3-30b-a3b", ChatJson.Says("user", "Name a river.")), ChatJson.Answer("qwen-max", "The Limmat."))
    {
        Age = TimeSpan.FromMinutes(11), AskedProvider = "lm-studio", Provider = "qwen-direct", Usage = new("qwen-max", 12, 4, null, null, "stop", 0), Duration = TimeSpan.FromSeconds(3.1),
        Attempts = """
            [{"provider":"lm-studio","outcome":"unreachable","error":"Connection refused (127.0.0.1:1234)","durationMs":2.114},
             {"provider":"lm-studio","outcome":"upstream_error","status":503,"error":"lm-studio answered 503: the model is loading","durationMs":240.5},
             {"provider":"openai","outcome":"skipped","error":"It keeps failing","durationMs":0},
             {"provider":"qwen-direct","outcome":"ok","status":200,"model":"qwen-max","durationMs":2391.25}]
            """,
    };

    private static readonly PastExchange WithLongNames = new(ChatJson.Request(LongModel, ChatJson.Says("user", new string('w', 5_000))), ChatJson.Answer(LongModel, "```\n" + new string('x', 2_000) + "\n```"))
    {
        Age = TimeSpan.FromMinutes(13), Model = LongModel, Query = "api-version=" + new string('9', 400), ClientKey = new string('k', 60),
        Headers = [("x-" + new string('h', 100), new string('v', 2_000)), ("authorization", "Bearer secret"), ("content-type", "application/json")],
    };

    /// <summary>Those that pages are looked at for, by a word.</summary>
    public static readonly IReadOnlyDictionary<string, PastExchange> Named = new Dictionary<string, PastExchange>(StringComparer.Ordinal)
    {
        ["markdown"] = WithMarkdown, ["tools"] = WithTools, ["picture"] = WithPicture, ["chinese"] = InChinese, ["limited"] = Limited, ["fallback"] = FellBack,
        ["long"] = WithLongNames, ["underway"] = FailedTalks.UnderWay,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PastExchange> All { get; } =
    [
        .. Named.Values, .. FailedTalks.All.Where(talk => talk != FailedTalks.UnderWay),
        new("""{"model":"text-embedding-3-small","input":["one","two"]}""", """{"object":"list","data":[{"embedding":[0.1,0.2,0.3]},{"embedding":[0.1,0.2,0.3]}]}""")
        {
            Age = TimeSpan.FromMinutes(15), Endpoint = "/v1/embeddings", Model = "text-embedding-3-small", Provider = "openai",
        },
        new("""{"model":"claude","max_tokens":99,"system":"Be brief.","messages":[{"role":"user","content":[{"type":"text","text":"Think, then call the tool."}]}]}""",
            """{"type":"message","role":"assistant","content":[{"type":"thinking","thinking":"First the tool."},{"type":"text","text":"I ask the tool."},{"type":"tool_use","id":"u1","name":"lookup","input":{"q":"漢字"}}],"stop_reason":"tool_use"}""")
        {
            Age = TimeSpan.FromMinutes(17), Endpoint = "/v1/messages", Model = "claude",
        },
        new("", """{"object":"list","data":[{"id":"qwen3-30b-a3b","object":"model"}]}""")
        {
            Age = TimeSpan.FromMinutes(19), Method = "GET", Endpoint = "/v1/models", Model = null, Usage = AuditUsage.Unknown,
        },
    ];
}
