import './refresh.js';
import { drawAll } from './charts.js';

// How a provider does is asked of the provider itself, once the page is there. What it said last stands until it answers again.
const answers = new Map();

function show(element) {
  const answer = answers.get(element.dataset.ask);
  if (!answer) return;
  const badge = element.querySelector('.badge');
  badge.className = `badge ${answer.tone}`;
  badge.textContent = answer.words;
  const line = element.querySelector('.note');
  line.textContent = answer.note ?? '';
  line.hidden = !answer.note;
}

async function ask(element) {
  const name = element.dataset.ask;
  if (!name) return;
  try {
    const response = await fetch(`/ui/health/${encodeURIComponent(name)}`);
    if (response.ok) answers.set(name, await response.json());
    else answers.delete(name);
    show(element);
  } catch {
    // The page says what is known without.
  }
}

function askAll() {
  for (const element of document.querySelectorAll('[data-ask]')) {
    show(element);
    ask(element);
  }
}

askAll();
drawAll();
document.addEventListener('refreshed', () => { askAll(); drawAll(); });
