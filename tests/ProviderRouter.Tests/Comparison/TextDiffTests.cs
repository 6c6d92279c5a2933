using ProviderRouter.Comparison.Texts;

namespace ProviderRouter.Tests.Comparison;

/// <summary>What differs in two texts: nothing is lost, and no more than need be is said to differ.</summary>
public sealed class TextDiffTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("a b", "a b", "a b")]
    [InlineData("a b c", "a x c", "a [b]{x} c")]
    [InlineData("a b c d", "a x y d", "a [b c]{x y} d")]
    [InlineData("", "new", "{new}")]
    [InlineData("gone", "", "[gone]")]
    [InlineData("It costs 5.", "It costs 6.", "It costs [5]{6}.")]
    [InlineData("don't stop", "dont stop", "[don't]{dont} stop")]
    [InlineData("我喜欢猫", "我喜欢狗", "我喜欢[猫]{狗}")]
    [InlineData("今日は晴れ、です", "今日は雨、です", "今日は[晴れ]{雨}、です")]
    [InlineData("👩‍👩‍👧 family", "👩‍👩‍👦 family", "[👩‍👩‍👧]{👩‍👩‍👦} family")]
    [InlineData("e\u0301te\u0301", "été", "[e\u0301te\u0301]{été}")]
    [InlineData("one\r\ntwo\r\n", "one\ntwo\nthree\n", "one\ntwo\n{three\n}")]
    public void Words_that_differ_are_found(string left, string right, string expected)
    {
        var diff = TextDiff.Of(left, right);

        Assert.Equal(expected, string.Concat(diff.Pieces.Select(piece => piece.Kind switch
        {
            DiffKind.Removed => $"[{piece.Text}]",
            DiffKind.Added => $"{{{piece.Text}}}",
            _ => piece.Text,
        })));
        Assert.Equal(left.ReplaceLineEndings("\n") == right.ReplaceLineEndings("\n"), diff.IsSame);
    }

    [Fact]
    public void Of_random_texts_nothing_is_lost_and_the_changes_are_as_few_as_can_be()
    {
        var random = new Random(20261123);
        for (var round = 0; round < 3000; round++)
        {
            // Characters that are words, so that no blanks are drawn into a change.
            var letters = "一二三四五六七八九十"[..random.Next(1, 10)];
            var (left, right) = (Text(random.Next(30)), Text(random.Next(30)));
            var pieces = TextDiff.Of(left, right).Pieces;

            Assert.Equal(left, Joined(pieces, DiffKind.Added));
            Assert.Equal(right, Joined(pieces, DiffKind.Removed));
            Assert.Equal(Common(left, right), pieces.Where(piece => piece.Kind == DiffKind.Same).Sum(piece => piece.Text.Length));
            Assert.All(pieces.Zip(pieces.Skip(1)), pair => Assert.NotEqual(pair.First.Kind, pair.Second.Kind));

            string Text(int length) => new([.. Enumerable.Range(0, length).Select(_ => letters[random.Next(letters.Length)])]);
        }
    }

    [Theory]
    [InlineData(5_000, DiffUnit.Word)]
    [InlineData(19_000, DiffUnit.Word)]
    [InlineData(60_000, DiffUnit.Line)]
    public async Task Large_texts_that_have_nothing_to_do_with_each_other_take_no_more_than_a_moment(int words, DiffUnit unit)
    {
        var (left, right) = (Text(1), Text(2));
        var diff = await Bounded.RunAsync(() => TextDiff.Of(left, right));

        Assert.Equal(unit, diff.Unit);
        Assert.Equal((left, right), (Joined(diff.Pieces, DiffKind.Added), Joined(diff.Pieces, DiffKind.Removed)));

        string Text(int seed)
        {
            var random = new Random(seed);
            return string.Join(' ', Enumerable.Range(0, words).Select(i => $"w{random.Next(5000)}{(i % 12 == 11 ? "\n" : "")}"));
        }
    }

    [Fact]
    public void Half_of_a_character_is_a_word_of_its_own()
    {
        var pieces = TextDiff.Of("half \ud83d", "half \ud83e").Pieces;

        Assert.Equal(["half ", "\ud83d", "\ud83e"], pieces.Select(piece => piece.Text));
    }

    [Fact]
    public void A_text_with_too_many_lines_is_compared_as_a_whole()
    {
        var diff = TextDiff.Of(string.Concat(Enumerable.Repeat("a\n", 100_000)), string.Concat(Enumerable.Repeat("b\n", 100_000)));

        Assert.Equal((DiffUnit.Text, 2), (diff.Unit, diff.Pieces.Count));
    }

    private static string Joined(IEnumerable<DiffPiece> pieces, DiffKind without) => string.Concat(pieces.Where(piece => piece.Kind != without).Select(piece => piece.Text));

    /// <summary>The length of the longest common subsequence, by the textbook's table.</summary>
    private static int Common(string left, string right)
    {
        var row = new int[right.Length + 1];
        foreach (var letter in left)
        {
            var before = 0;
            for (var j = 1; j <= right.Length; j++)
            {
                (before, row[j]) = (row[j], letter == right[j - 1] ? before + 1 : Math.Max(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
