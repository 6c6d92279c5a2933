import './refresh.js';
import { drawAll } from './charts.js';
import { ask, check, show } from './health.js';

function askAll() {
  for (const element of document.querySelectorAll('[data-ask]')) {
    const name = element.dataset.ask;
    if (!name) continue;
    show(element, name);
    ask(element, name);
  }
}

askAll();
drawAll();
document.addEventListener('refreshed', () => { askAll(); drawAll(); });
document.addEventListener('click', event => check(document.getElementById(event.target.closest('[data-dialog]')?.dataset.dialog)));
