using ProviderRouter.Gateway.Dashboard.Markup;

namespace ProviderRouter.Tests.Dashboard.Markup;

/// <summary>What of Markdown comes out as HTML, and how.</summary>
public sealed class MarkdownTests
{
    [Theory]
    [InlineData("# A", "<h4>A</h4>")]
    [InlineData("###### A", "<h4>A</h4>")]
    [InlineData("# A\n### B\n#### C\n# D", "<h4>A</h4><h5>B</h5><h6>C</h6><h4>D</h4>")]
    [InlineData("A\n=", "<h4>A</h4>")]
    [InlineData("a *b* **c** ~~d~~ `e`", "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>")]
    [InlineData("a\nb", "<p>a<br>b</p>")]
    [InlineData("- a\n- b", "<ul><li>a</li><li>b</li></ul>")]
    [InlineData("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>")]
    [InlineData("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>")]
    [InlineData("> a", "<blockquote><p>a</p></blockquote>")]
    [InlineData("---", "<hr>")]
    [InlineData("    a", "<figure class=\"code\"><pre tabindex=\"0\"><code>a</code></pre></figure>")]
    [InlineData("```c# x\na<b\n```", "<figure class=\"code\"><figcaption>c#</figcaption><pre tabindex=\"0\"><code>a&lt;b</code></pre></figure>")]
    [InlineData("- [x] a", "<ul><li><span role=\"img\" aria-label=\"done\">☑</span> a</li></ul>")]
    [InlineData("|a|b|\n|-|-:|\n|1|2|", "<div class=\"said-table\" tabindex=\"0\"><table><tr><th>a</th><th class=\"end\">b</th></tr><tr><td>1</td><td class=\"end\">2</td></tr></table></div>")]
    [InlineData("[a](https://b.c/d?e=f&g)", "<p><a rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"https://b.c/d?e=f&amp;g\">a</a></p>")]
    [InlineData("<mailto:a@b.c>", "<p><a rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"mailto:a@b.c\">mailto:a@b.c</a></p>")]
    [InlineData("[a](/b)", "<p>a (/b)</p>")]
    [InlineData("![a](https://b.c/d.png)", "<p><a rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"https://b.c/d.png\">[picture: a]</a></p>")]
    [InlineData("![a](data:image/png;base64,QUJD)", "<p><img loading=\"lazy\" src=\"data:image/png;base64,QUJD\" alt=\"a\"></p>")]
    [InlineData("a ^1^ :smile: {#id .class} [^1]", "<p>a ^1^ :smile: {#id .class} [^1]</p>")]
    [InlineData("&lt;b&gt; &amp; &copy;", "<p>&lt;b&gt; &amp; ©</p>")]
    [InlineData("漢字 😀 é 👩‍👩‍👧", "<p>漢字 😀 é 👩‍👩‍👧</p>")]
    [InlineData("", "")]
    public void Comes_out_as(string text, string html) => Assert.Equal(html, MarkdownText.Render(text).Value);

    [Fact]
    public void A_definition_that_Markdown_would_hide_is_shown() =>
        Assert.Equal("<p>a</p><p class=\"definition\">[x]: javascript:y (z)</p>", MarkdownText.Render("a\n\n[x]: javascript:y \"z\"").Value);

    [Theory]
    [InlineData("a", 131_072, 131_073)]
    [InlineData("*a* ", 600, 601)]
    [InlineData("|a", 8_000, 8_001)]
    [InlineData("a", 32_768, 32_769)]
    [InlineData("*a*\n\n", 6_000, 6_001)]
    public void What_would_take_long_to_read_is_shown_in_its_letters(string unit, int most, int tooMany)
    {
        // Longer than a paragraph may be, yet not as one.
        string Text(int count) => count > 100_000 ? new string('\n', count - 1) + unit : string.Concat(Enumerable.Repeat(unit, count));

        Assert.DoesNotContain("<pre class=\"text\"", MarkdownText.Render(Text(most)).Value, StringComparison.Ordinal);
        Assert.Contains("<pre class=\"text\"", MarkdownText.Render(Text(tooMany)).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x202A, 0x202E)]
    [InlineData(0x2060, 0x206F)]
    [InlineData(0xE0000, 0xE007F)]
    [InlineData(0x2028, 0x2029)]
    [InlineData(0xFFF9, 0xFFFB)]
    [InlineData(0x200E, 0x200F)]
    [InlineData(0xFEFF, 0xFEFF)]
    [InlineData(0x00AD, 0x00AD)]
    [InlineData(0x061C, 0x061C)]
    [InlineData(0x180E, 0x180E)]
    public void Each_of_those_that_hide_is_named(int first, int last)
    {
        for (var value = first; value <= last; value++)
        {
            var text = $"a{(value < 0x10000 ? $"{(char)value}" : char.ConvertFromUtf32(value))}b";
            Assert.Contains($"U+{value:X4}</span>", MarkdownText.Render(text).Value, StringComparison.Ordinal);
            Assert.Contains($"U+{value:X4}</span>", VisibleText.Of(text).Value, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a\u202eb", "<span class=\"hidden-letter\">U+202E</span>")]
    [InlineData("a\u2066\u2069b", "<span class=\"hidden-letter\">U+2066 U+2069</span>")]
    [InlineData("a\U000E0041b", "<span class=\"hidden-letter\">U+E0041</span>")]
    [InlineData("a\u200bb", "<span class=\"hidden-letter\">U+200B</span>")]
    [InlineData("a\u0085b", "<span class=\"hidden-letter\">U+0085</span>")]
    [InlineData("a\u001bb", "a␛b")]
    public void What_nobody_can_see_is_named(string text, string shown)
    {
        Assert.Contains(shown, MarkdownText.Render(text).Value, StringComparison.Ordinal);
        Assert.Contains(shown, VisibleText.Of(text).Value, StringComparison.Ordinal);
        Assert.Contains(shown, MarkdownText.Render($"`{text}`").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_letter_is_a_question_mark()
    {
        Assert.Equal("<p>a\uFFFDb</p>", MarkdownText.Render("a\ud800b").Value);
        Assert.Equal("\uFFFD", VisibleText.Of("\udc00").Value);
    }
}
