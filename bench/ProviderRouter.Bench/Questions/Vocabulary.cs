using System.Text;

namespace ProviderRouter.Bench.Questions;

/// <summary>
/// Words as people use them: a few all the time, most of 20,000 hardly ever (Zipf's law). One text in twenty is Chinese. The same seed
/// gives the same text.
/// </summary>
internal sealed class Vocabulary(int seed)
{
    /// <summary>In most texts.</summary>
    public const string Common = "the";

    /// <summary>In one text of about 100,000.</summary>
    public const string Rare = "xylographica";

    private const int Size = 20_000;
    private static readonly string[] Frequent = [Common, "of", "and", "to", "a", "in", "is", "that", "it", "for", "as", "with", "this", "error", "file", "function"];
    private static readonly string[] Syllables = ["ba", "co", "di", "fu", "gre", "ha", "ket", "lo", "mi", "nor", "pa", "qui", "ra", "sel", "ta", "ver", "win", "zo"];
    private const string Chinese = "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长";

    private readonly Random random = new(seed);
    private readonly string[] words = MakeWords();

    /// <summary>Sentences of about so many bytes.</summary>
    public string Text(int length)
    {
        var text = new StringBuilder(length + 40);
        var isChinese = random.Next(20) == 0;
        while (text.Length < (isChinese ? length / 3 : length))
        {
            if (isChinese)
            {
                text.Append(Chinese[random.Next(Chinese.Length)]).Append(random.Next(12) == 0 ? "，" : "");
            }
            else
            {
                text.Append(Word()).Append(random.Next(14) == 0 ? ".\n" : " ");
            }
        }

        return random.Next(100_000) == 0 ? text.Append(' ').Append(Rare).ToString() : text.ToString();
    }

    private string Word()
    {
        // The rank is spread evenly over the orders of magnitude.
        var rank = (int)Math.Pow(Size, random.NextDouble()) - 1;
        return words[rank];
    }

    private static string[] MakeWords()
    {
        var choice = new Random(0);
        return [.. Enumerable.Range(0, Size).Select(rank => rank < Frequent.Length ? Frequent[rank]
            : string.Concat(Enumerable.Range(0, 2 + choice.Next(3)).Select(_ => Syllables[choice.Next(Syllables.Length)])))];
    }
}
