import './scrolled.js';
import './underway.js';

// Where there is little room, what was said comes before who said it, when and how long it took.
const narrow = matchMedia('(max-width: 600px)');
const about = document.querySelector('details.about');
function fold() {
  about.open = !narrow.matches;
}
fold();
narrow.addEventListener('change', fold);

// Long bodies are fetched when they are opened.
for (const body of document.querySelectorAll('[data-lines]')) {
  body.closest('details').addEventListener('toggle', async () => {
    if (!body.hidden) return;
    body.hidden = false;
    body.textContent = 'Loading …';
    try {
      const response = await fetch(body.dataset.lines);
      body.textContent = response.ok ? await response.text() : 'It is no longer on record.';
    } catch {
      body.textContent = 'The router does not answer.';
    }
  });
}
