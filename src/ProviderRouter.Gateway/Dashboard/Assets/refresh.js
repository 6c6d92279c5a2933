// Parts of a page that stay true: those with data-refresh are replaced by what the server would show now. Only while somebody looks.
const interval = 5000;
const policy = window.trustedTypes?.createPolicy('router-page', { createHTML: html => html });

async function refresh() {
  if (document.hidden || document.querySelector('dialog[open]')) return;
  let html;
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!response.ok || response.redirected) return;
    html = await response.text();
  } catch {
    return;
  }
  const fresh = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, 'text/html');
  for (const old of document.querySelectorAll('[data-refresh]')) {
    const part = fresh.getElementById(old.id);
    // What has the focus, or has words selected in it, is left alone.
    if (part && !old.contains(document.activeElement) && !(getSelection()?.containsNode(old, true) && !getSelection().isCollapsed)) {
      old.replaceWith(document.adoptNode(part));
    }
  }
  document.dispatchEvent(new Event('refreshed'));
}

setInterval(refresh, interval);
document.addEventListener('visibilitychange', refresh);
