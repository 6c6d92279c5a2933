using System.Text;
using ProviderRouter.Bench.Session;

namespace ProviderRouter.Bench.Questions;

/// <summary>A conversation that a client sends again and again, each time with one more turn.</summary>
internal sealed class Dialogue
{
    private readonly Random random;
    private readonly Vocabulary vocabulary;
    private readonly bool isAgent;
    private readonly StringBuilder messages = new();
    private int turnsLeft;

    public Dialogue(Random random, Vocabulary vocabulary)
    {
        (this.random, this.vocabulary) = (random, vocabulary);
        // Most ask once or twice; one in six is an agent at work, for up to 60 turns.
        isAgent = random.Next(6) == 0;
        turnsLeft = isAgent ? random.Next(10, 60) : 1 + (int)(4 * Math.Pow(random.NextDouble(), 3));
        Add("system", vocabulary.Text(isAgent ? 4000 : 200));
    }

    /// <summary>True when there is nothing more to ask.</summary>
    public bool IsOver => turnsLeft == 0;

    /// <summary>The body of the next request.</summary>
    public byte[] Next(string model, bool stream)
    {
        turnsLeft--;
        Add("user", vocabulary.Text(isAgent ? random.Next(200, 2500) : random.Next(40, 900)));
        return Encoding.UTF8.GetBytes(
            $$"""{"model":"{{model}}","messages":[{{messages.ToString(0, messages.Length - 1)}}],"temperature":0.7{{(stream ? ",\"stream\":true" : "")}}}""");
    }

    /// <summary>The answer's text, which the next request has, too.</summary>
    public string Answer()
    {
        var text = vocabulary.Text(random.Next(100, 1800));
        Add("assistant", text);
        return text;
    }

    private void Add(string role, string text) => messages.Append($$"""{"role":"{{role}}","content":{{CompactJson.Of(text)}}},""");
}
