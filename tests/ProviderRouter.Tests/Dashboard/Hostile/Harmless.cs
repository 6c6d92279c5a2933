using Microsoft.Playwright;

namespace ProviderRouter.Tests.Dashboard.Hostile;

/// <summary>Looks through a page for what only markup from outside can have put there.</summary>
internal static class Harmless
{
    // The browser's own parsing is what counts: the elements and attributes that came of it.
    private const string Find = """
        () => {
          const found = [];
          const ours = url => { const u = new URL(url, location.href); return u.protocol === location.protocol && u.host === location.host; };
          const tell = (what, e) => found.push(`${what}: ${e.outerHTML.slice(0, 200)}`);
          for (const e of document.querySelectorAll('*')) {
            const name = e.localName;
            if (['iframe', 'object', 'embed', 'base', 'frame', 'portal', 'style', 'math', 'annotation-xml', 'applet', 'noscript'].includes(name)) tell('element', e);
            if (name === 'script' && (!e.getAttribute('src')?.startsWith('/ui/assets/') || e.closest('svg'))) tell('script', e);
            if (name === 'meta' && e.hasAttribute('http-equiv')) tell('meta', e);
            if (name === 'link' && !ours(e.href)) tell('link', e);
            if (['form', 'button', 'input'].includes(name)) for (const a of ['action', 'formaction']) if (e.hasAttribute(a) && !ours(e.getAttribute(a))) tell('action', e);
            if (e.hasAttribute('href') && name === 'a') {
              const u = new URL(e.getAttribute('href'), location.href);
              if (!['http:', 'https:', 'mailto:', 'data:'].includes(u.protocol) || (u.protocol === 'data:' && !e.hasAttribute('download'))) tell('link', e);
              if (u.protocol !== 'data:' && !ours(u) && !/noopener|noreferrer/.test(e.rel)) tell('rel', e);
            }
            if (e.hasAttribute('src') && name !== 'script') {
              const u = new URL(e.getAttribute('src'), location.href);
              if (!ours(u) && !/^data:image\/(png|jpeg|gif|webp|avif)[;,]/.test(u.href)) tell('source', e);
            }
            if (e.hasAttribute('srcset') || e.hasAttribute('srcdoc') || e.hasAttribute('background') || e.hasAttribute('ping')) tell('attribute', e);
            for (const a of e.attributes) if (/^on/i.test(a.name)) tell('handler', e);
            if (/^(__pwned|document|cookie|attributes|body|getElementById|pop|live|rows)$/.test(e.getAttribute('name') ?? '') || /^(__pwned|document|attributes|pop)$/.test(e.id)) tell('clobbers', e);
          }
          if (typeof window.__pwned !== 'function') found.push('clobbered: __pwned');
          return found;
        }
        """;

    public static async Task IsAsync(IPage page) => Assert.Empty(await page.EvaluateAsync<string[]>(Find));

    /// <summary>All text of the page, that in closed parts and in fields as well.</summary>
    public static Task<string> TextAsync(IPage page) => page.EvaluateAsync<string>(
        "() => document.body.textContent + ' ' + [...document.querySelectorAll('input, textarea')].map(e => e.value).join(' ')");
}
