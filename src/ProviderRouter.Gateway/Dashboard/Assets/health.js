// How a provider does is asked of the provider itself, once the page is there. What it said last stands until it answers again.
const answers = new Map();

export function show(element, name) {
  const answer = answers.get(name);
  if (!answer) return;
  const badge = element.querySelector('.badge');
  badge.className = `badge ${answer.tone}`;
  badge.textContent = answer.words;
  const line = element.querySelector('.note');
  line.textContent = answer.note ?? '';
  line.hidden = !answer.note;
}

export async function ask(element, name) {
  try {
    const response = await fetch(`/ui/health/${encodeURIComponent(name)}`);
    if (response.ok) answers.set(name, await response.json());
    else answers.delete(name);
    show(element, name);
  } catch {
    // The page says what is known without.
  }
}

// Whoever is about to switch is told how that one does.
export function check(place) {
  for (const element of place?.querySelectorAll('[data-check]') ?? []) if (element.dataset.check) ask(element, element.dataset.check);
}
