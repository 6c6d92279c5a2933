using System.Text;

namespace ProviderRouter.Bench.Session;

/// <summary>Text such as tools return: prose and logs, source code, JSON. The same seed gives the same text.</summary>
internal sealed class ToolText(int seed)
{
    private static readonly string[] Words =
    [
        "the", "a", "of", "to", "in", "is", "that", "for", "with", "as", "request", "response", "stream", "provider", "table", "row",
        "index", "cannot", "found", "returns", "after", "before", "while", "build", "test", "failed", "passed", "warning", "error",
        "file", "line", "value", "expected", "actual", "connection", "timeout", "retry", "cache", "user", "session", "token", "buffer",
        "writes", "reads", "closes", "opens", "because", "should", "never", "already", "another", "first", "last", "new", "old", "naïve",
    ];

    private readonly Random random = new(seed);

    /// <summary>From 300 bytes to 12 KB, short ones more often; 4 KB on average.</summary>
    public string Result()
    {
        var length = 300 + (int)(11_700 * Math.Pow(random.NextDouble(), 2.16));
        return random.Next(3) switch
        {
            0 => Prose(length),
            1 => Fill(length, CodeLine),
            _ => Json(length),
        };
    }

    /// <summary>Lines of words.</summary>
    public string Prose(int length) => Fill(length, text => text
        .AppendJoin(' ', Enumerable.Range(0, random.Next(6, 16)).Select(_ => Word())).Append(random.Next(4) == 0 ? $" ({Number()}).\n" : ".\n"));

    private string Json(int length)
    {
        var items = new List<object>();
        for (var size = 0; size < length; size += 110)
        {
            items.Add(new { id = Number(), path = $"src/{Word()}/{Name()}.cs", score = random.NextDouble(), text = $"{Word()} \"{Name()}\" {Word()}" });
        }

        return CompactJson.Of(items);
    }

    private void CodeLine(StringBuilder text)
    {
        text.Append(' ', 4 * random.Next(1, 4)).Append(random.Next(4) switch
        {
            0 => $"var {Name()} = await {Name()}.{Name()}Async({Name()}, \"{Word()} {Word()}\");",
            1 => $"if ({Name()}.Length > {Number()} && {Name()} is not null)\n    {{\n        return {Name()}[{random.Next(64)}];\n    }}",
            2 => $"// {Word()} {Word()} {Word()} {Word()} {Word()}",
            _ => $"private readonly {Name()} {Name()} = new({Number()});",
        }).Append('\n');
    }

    private static string Fill(int length, Action<StringBuilder> add)
    {
        var text = new StringBuilder(length + 200);
        while (text.Length < length)
        {
            add(text);
        }

        return text.ToString(0, length);
    }

    private string Word() => Words[random.Next(Words.Length)];

    private string Name()
    {
        var second = Word();
        return $"{Word()}{char.ToUpperInvariant(second[0])}{second[1..]}";
    }

    private string Number() => random.Next(100_000).ToString();
}
