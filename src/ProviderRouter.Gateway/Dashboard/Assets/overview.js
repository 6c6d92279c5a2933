import './refresh.js';
import { drawAll } from './charts.js';

// How a provider does is asked of the provider itself, once the page is there.
async function ask(element) {
  const name = element.dataset.ask;
  if (!name) return;
  try {
    const response = await fetch(`/ui/health/${encodeURIComponent(name)}`);
    if (!response.ok) return;
    const { tone, words, note } = await response.json();
    const badge = element.querySelector('.badge');
    badge.className = `badge ${tone}`;
    badge.textContent = words;
    const line = element.querySelector('.note');
    line.textContent = note ?? '';
    line.hidden = !note;
  } catch {
    // The page says what is known without.
  }
}

function askAll() {
  for (const element of document.querySelectorAll('[data-ask]')) ask(element);
}

askAll();
drawAll();
document.addEventListener('refreshed', () => { askAll(); drawAll(); });
