using System.Text.RegularExpressions;
using ProviderRouter.Gateway.Dashboard.Markup;

namespace ProviderRouter.Tests.Dashboard.Markup;

/// <summary>Markdown from people who want more than to be read.</summary>
public sealed partial class HostileMarkdownTests
{
    /// <summary>All that may come out.</summary>
    [GeneratedRegex(
        """
        \A(?:[^<>]|<(?:/?(?:p|h[3-6]|ul|li|em|strong|del|span|code|blockquote|figcaption|tr|th|td|table|a|div|pre|figure|ol)|br|hr)>
        |<ol\ start="\d+">|<figure\ class="code">|<pre\ tabindex="0">|<pre\ class="text"\ tabindex="0">|<div\ class="said-table"\ tabindex="0">
        |<t[hd]\ class="(?:end|middle)">|<p\ class="definition">|<span\ class="hidden-letter">|<span\ role="img"\ aria-label="(?:done|to\ do)">
        |<a\ rel="noopener\ noreferrer\ nofollow"\ target="_blank"\ href="(?:https?://|mailto:)[^"<>\s]*">
        |<img\ loading="lazy"\ src="data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+"\ alt="[^"<>]*">)*\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.NonBacktracking)]
    private static partial Regex Allowed { get; }

    public static TheoryData<string> Payloads { get; } =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <b onclick=x>b</b>", "<svg/onload=alert(1)>", "<iframe src=javascript:x>",
        "<style>*{display:none}</style>", "<!-- a --><script>1</script>", "<![CDATA[<script>]]>", "<?php x ?>", "<!DOCTYPE html>",
        "<a href=\"javascript:x\">a</a>", "<form action=/ui><input name=x>", "<base href=//evil>", "<meta http-equiv=refresh content=0>",
        "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java\tscript:alert(1))", "[a](&#106;avascript:alert(1))", "[a](javascript&colon;alert(1))",
        "[a](<javascript:alert(1)>)", "[a](vbscript:x)", "[a](data:text/html,<script>1</script>)", "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](file:///etc/passwd)", "[a](//evil.example)", "[a](\\\\evil\\x)", "[a](http:evil)", "[a](https:\\\\evil)", "[a](https://x\" onclick=\"y)",
        "[a](https://x'onclick='y)", "[a](<https://x\" onmouseover=\"y>)", "[a](https://x \"t\\\" onclick=x\")", "[a](https://x/<script>)",
        "[a](https://x/\u202egpj.exe)", "[a](https://x/\u0000)", "[a](ui/exchanges/last)", "[a](?x=y)", "[a](#x)", "[a]( )",
        "[a][b]\n\n[b]: javascript:alert(1)", "[b]\n\n[b]: https://x '\" onclick=y'", "<javascript:alert(1)>", "<https://x/\"onclick=y>", "<a@b.c\"x>",
        "![a](https://evil/pixel.gif)", "![a](//evil/x.png)", "![a](data:image/svg+xml;base64,PHN2Zz4=)", "![a](data:image/png;base64,AA\" onload=\"x)",
        "![\" onerror=x](data:image/png;base64,QUJD)", "![a](data:image/png,QUJD)", "![a](javascript:x)", "![<script>](https://x/y.png)", "[![a](https://x/y.png)](javascript:x)",
        "[![a](data:image/gif;base64,QQ==)](https://x)", "![a](DATA:image/png;base64,QUJD)",
        "# <script>", "# a {#id onclick=x}", "```\"><script>\nx\n```", "```<b> onclick=x\n```", "`<script>`", "``` \n</code></pre><script>1</script>", "    </pre><script>",
        "|<script>|\n|-|\n|<img src=x onerror=y>|", "| a {onclick=x} |\n|-|\n", "[^1]\n\n[^1]: <script>", "<div>\n\n**a**\n\n</div>", "a<br/>b", "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;script&#62;", "\\<script\\>", "*<script>*", "**a<b**>c", "~~<i>~~", "- <script>\n- [x] <b>", "1. <script>\n", "> <script>", "http://x/\"><script>", "www.x.y/<script>",
        "[<img src=x onerror=y>]: https://x", "[a]: https://x \"<img src=x onerror=y>\"", "[a]: <https://x/<b>> '<script>'", "[^<b>]: <b>",
        "![a](<data:image/png;base64,QUJD\"onload=\"x>)", "![a](<data:image/png;base64,QUJD x>)", "![a](data:image/png;base64,Q%22UJD)", "![a](data:image/png;base64,Q;JD)",
        "mailto:a@b.c?subject=<script>", "[a](mailto:a@b.c\" onclick=x)", "::: note\nx\n:::", "$$\nx\n$$", "+++\nx", "---\ntitle: x\n---", "[toc]", "<details open ontoggle=x>", "{{7*7}} ${x} <%= x %>",
        "\0<script>\0", "\ud800<script>", "<scr\0ipt>", "\u202e<script>", "[a](https://x\ud800)", "\u2028<script>\u2029", "<\u200bscript>", "</p></div><script>", "a\r<script>\r\nb",
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Nothing_comes_out_but_what_is_written_here(string text)
    {
        Assert.Matches(Allowed, MarkdownText.Render(text).Value!);
        Assert.Matches(Allowed, MarkdownText.Render($"> - {text}\n\n**{text}**\n\n{text}").Value!);
        Assert.Matches(Allowed, VisibleText.Preformatted(text).Value!);
    }

    public static TheoryData<string> Units { get; } =
    [
        "[", "]", "(", "*", "_", "`", "~", "|", "!", "<", ">", "&", "#", "-", "+", "=", "\\", "\n", "\t", " ", "\0", "\ud800", "\u202e", "a", "* a", "*a ", "_a ", "**a *b ", "*a_b",
        "a**b c* ", "~~a ", "![", "[a](", "[](", "[a][b", "[[a](b)", "[a](<b", "[a](b \"", "[a]: b\n", "> ", "> a\n", "- ", "- a\n", "1. ", "- [ ] ", "  - a\n", "a\n=\n", "```\n", "~~~ a\n", "`a", "`` a",
        "|a", "a|b\n", "|-", "|-|-|\n", "|a|b\n|-|-\n", "|*", "|[", "|`", "<a ", "<!-- ", "<http:", "http://a.b ", "www.", "a@b.c ", "&#1", "&amp;", "word ", "    a\n", "\r", "\r\n", "😀", "* * *\n", "[^a]: ", "![a](data:image/png;base64,",
    ];

    [Theory]
    [MemberData(nameof(Units))]
    public async Task Nothing_takes_for_ever_or_fails(string unit)
    {
        foreach (var letters in (int[])[3_000, 32_000, 120_000, 1_000_000])
        {
            var text = string.Concat(Enumerable.Repeat(unit, letters / unit.Length));
            foreach (var whole in (string[])[text, $"[x]{text}](y)", $"{text}\n\n{new string(' ', 3)}{text}"])
            {
                var html = await Bounded.RunAsync(() => MarkdownText.Render(whole).Value!);
                Assert.True(html.Length > 0 || string.IsNullOrWhiteSpace(whole));
            }
        }
    }

    [Fact]
    public void Very_many_hidden_letters_do_not_make_a_text_many_times_as_long()
    {
        var html = VisibleText.Preformatted(string.Concat(Enumerable.Repeat("a\u200b", 1_000_000))).Value!;

        Assert.InRange(html.Length, 2_000_000, 2_200_000);
        Assert.StartsWith("<pre class=\"text\" tabindex=\"0\">\na<span class=\"hidden-letter\">U+200B</span>a", html, StringComparison.Ordinal);
        Assert.EndsWith("a\uFFFDa\uFFFD</pre>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_shown_as_it_is()
    {
        foreach (var text in (string[])[new string('>', 5000) + "a", string.Concat(Enumerable.Range(0, 300).Select(i => $"{new string(' ', i * 2)}- a\n")), new string('[', 900) + "a" + new string(']', 900)])
        {
            Assert.Contains("a", MarkdownText.Render(text).Value, StringComparison.Ordinal);
            Assert.Matches(Allowed, MarkdownText.Render(text).Value!);
        }
    }
}
