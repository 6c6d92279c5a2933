// Dialogs that ask once: a link whose dialog is on the page opens it, as a button does; without script it leads to a page that asks the same.
for (const link of document.querySelectorAll('[data-dialog]')) link.setAttribute('role', 'button');
document.addEventListener('keydown', event => {
  if (event.key !== ' ' || !event.target.matches('[data-dialog]')) return;
  event.preventDefault();
  event.target.click();
});
document.addEventListener('click', event => {
  const link = event.target.closest('[data-dialog]');
  const dialog = link && document.getElementById(link.dataset.dialog);
  if (dialog && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const close = event.target.closest('[data-close]');
  if (close?.closest('dialog[open]')) {
    event.preventDefault();
    close.closest('dialog').close();
  }
});

// Buttons that copy: what stands in the element that data-copy names.
document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const text = document.getElementById(button.dataset.copy)?.textContent ?? '';
  const label = [...button.childNodes];
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Not allowed: select it and copy';
  }
  setTimeout(() => button.replaceChildren(...label), 2000);
});

// What is sent is sent once: a second click, while the answer is on its way, asks for nothing.
document.addEventListener('submit', event => {
  const form = event.target;
  if (form.getAttribute('method') !== 'post') return;
  if (form.ariaBusy) event.preventDefault();
  form.ariaBusy = 'true';
});
function free() {
  for (const form of document.forms) form.ariaBusy = null;
}
addEventListener('pageshow', free);
// Somebody stopped it, or it came to nothing.
window.navigation?.addEventListener('navigateerror', free);
addEventListener('keydown', event => { if (event.key === 'Escape') free(); });

// Where the heading of a row is a link, or a hit begins with one, all of it leads there: as the link itself would, in a new tab, too.
function leadOf(event) {
  if (event.defaultPrevented || !getSelection().isCollapsed || event.target.closest('a, button, input, select, label, summary')) return null;
  const row = event.target.closest('table.data tbody tr, .live-rows [role=row], .hits > li');
  return row?.querySelector(':scope > :first-child > a') ?? null;
}
addEventListener('click', event => {
  const link = leadOf(event);
  if (!link) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey) open(link.href, '_blank', 'noopener');
  else link.click();
});
addEventListener('auxclick', event => {
  const link = event.button === 1 && leadOf(event);
  if (link) open(link.href, '_blank', 'noopener');
});
// Else the middle button begins to scroll.
addEventListener('mousedown', event => { if (event.button === 1 && leadOf(event)) event.preventDefault(); });
