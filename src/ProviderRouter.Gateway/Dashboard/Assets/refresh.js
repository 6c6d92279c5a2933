// Parts of a page that stay true: those with data-refresh are replaced by what the server would show now. Only while somebody looks.
const interval = 5000;
const policy = window.trustedTypes?.createPolicy('router-page', { createHTML: html => html });
const shown = new Map();
const doubt = document.createElement('p');
doubt.className = 'notice';
doubt.setAttribute('role', 'status');
doubt.hidden = true;
document.getElementById('main').prepend(doubt);

function say(problem) {
  if (doubt.textContent !== problem) doubt.textContent = problem;
  doubt.hidden = !problem;
}

async function fetchPage() {
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (response.ok && !response.redirected) return await response.text();
    say(response.redirected || response.status === 401 ? 'You are no longer signed in. Reload this page to sign in.'
      : `The router answers with status ${response.status}. What this page says may be old.`);
  } catch {
    say('The router does not answer. What this page says may be old.');
  }
  return null;
}

let isUnderWay = false;
async function refresh() {
  if (isUnderWay || document.hidden || document.querySelector('dialog[open]')) return;
  isUnderWay = true;
  const html = await fetchPage();
  isUnderWay = false;
  if (html === null) return;
  say('');
  const fresh = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, 'text/html');
  for (const old of document.querySelectorAll('[data-refresh]')) {
    const part = fresh.getElementById(old.id);
    // What says the same stays, and so does who reads it: a screen reader loses its place in what is replaced.
    if (!part || shown.get(old.id) === part.outerHTML) continue;
    const text = part.outerHTML;
    shown.delete(old.id);
    if (renew(old, document.adoptNode(part))) shown.set(old.id, text);
  }
  document.dispatchEvent(new Event('refreshed'));
}

// True where all of it is there now.
function renew(old, part) {
  // What has words selected in it is left alone.
  if (!getSelection().isCollapsed && getSelection().containsNode(old, true)) return false;
  const [here, there] = [old, part].map(one => [...one.querySelectorAll('.scroll')]);
  if (old.contains(document.activeElement)) {
    // So is what has the focus; but a table that has it, because somebody scrolled in it, only keeps its frame.
    const at = here.indexOf(document.activeElement);
    if (there[at]) here[at].replaceChildren(...there[at].childNodes);
    return false;
  }
  const places = here.map(region => region.scrollLeft);
  old.replaceWith(part);
  there.forEach((region, at) => { region.scrollLeft = places[at] ?? 0; });
  return true;
}

setInterval(refresh, interval);
document.addEventListener('visibilitychange', refresh);
