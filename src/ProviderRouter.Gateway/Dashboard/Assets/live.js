// Requests as they come in, stream and end: what /ui/live/events tells, in a list that holds thousands of rows.
import { LiveList } from './live-list.js';
import { fillerOf } from './live-row.js';

const box = document.getElementById('live');
const state = document.getElementById('live-state');
const pause = document.getElementById('live-pause');
const problem = document.getElementById('live-problem');
const query = box.dataset.query;
const mostPending = 10_000;

const filler = fillerOf(JSON.parse(box.dataset.clock), JSON.parse(box.dataset.outcomes));
let list;
let source;
let pending = null;
let cameIn = 0;
let lastSeen = 0;
let hasMore = false;
let isLoading = false;

function say(words) {
  if (state.textContent === words) return;
  state.textContent = words;
  state.className = `badge ${words === 'Live' ? 'good' : words === 'Not live' ? 'bad' : words === 'Paused' ? 'warning' : 'busy'}`;
}

function showPause() {
  pause.textContent = pending ? `Resume${cameIn ? ` (${cameIn.toLocaleString('en')} new)` : ''}` : 'Pause';
}

function show(kind, message) {
  if (!list) {
    list = new LiveList(filler, loadOlder);
    box.replaceChildren(list.element);
  }
  filler.setClock(message.now);
  if (kind === 'reset') {
    hasMore = message.more === true;
    list.clear();
  }
  for (const stream of message.streams ?? []) filler.progress.set(stream.requestId, stream);
  for (const row of message.rows) if (row.outcome) filler.progress.delete(row.requestId);
  hasMore = list.put(message.rows, message.gone ?? []) || hasMore;
  list.setMore(hasMore);
}

function take(kind, event) {
  const message = JSON.parse(event.data);
  if (!pending) {
    show(kind, message);
    return;
  }
  if (kind === 'reset') pending = [];
  cameIn = kind === 'reset' ? message.rows.length : cameIn + message.rows.filter(row => !row.outcome || row.id > lastSeen).length;
  lastSeen = Math.max(lastSeen, ...message.rows.map(row => row.id));
  pending.push([kind, message]);
  if (cameIn > mostPending) {
    // The log has them; on resuming, the newest are asked for.
    source.close();
    pending = [];
  }
  showPause();
}

function open() {
  source?.close();
  source = new EventSource(`/ui/live/events${query}`);
  source.onopen = () => {
    problem.hidden = true;
    say(pending ? 'Paused' : 'Live');
  };
  source.onerror = () => {
    if (!pending) say('Reconnecting');
    if (source.readyState === EventSource.CLOSED) explain();
  };
  source.addEventListener('rows', event => take('rows', event));
  source.addEventListener('reset', event => take('reset', event));
}

// The server refused: why is not told to an EventSource.
async function explain() {
  const left = new AbortController();
  try {
    const response = await fetch(`/ui/live/events${query}`, { signal: left.signal });
    if (!response.ok) {
      const isText = response.headers.get('content-type')?.startsWith('text/plain');
      problem.textContent = response.status === 401 ? 'You are no longer signed in. Reload this page to sign in.'
        : isText ? (await response.text()).slice(0, 500) : `The server answered with status ${response.status}.`;
      problem.hidden = false;
      say('Not live');
    }
  } catch {
    // It does not run; it is tried again.
  }
  left.abort();
  setTimeout(open, 5000);
}

async function loadOlder(oldest) {
  if (isLoading || !hasMore || pending) return;
  isLoading = true;
  try {
    const response = await fetch(`/ui/live/rows${query}${query ? '&' : '?'}before=${oldest}`);
    if (response.ok) {
      const page = await response.json();
      hasMore = page.more;
      list.put(page.rows.reverse(), [], true);
      list.setMore(hasMore);
    }
  } catch {
    // Scrolling asks again.
  }
  isLoading = false;
}

pause.addEventListener('click', () => {
  if (!pending) {
    [pending, cameIn, lastSeen] = [[], 0, list?.newest ?? 0];
    list?.pause(true);
    say('Paused');
  } else {
    const messages = pending;
    pending = null;
    list?.pause(false);
    if (source.readyState === EventSource.CLOSED) open();
    else for (const [kind, message] of messages) show(kind, message);
    say(source.readyState === EventSource.OPEN ? 'Live' : 'Reconnecting');
  }
  showPause();
});

state.hidden = pause.hidden = false;
say('Connecting');
open();
addEventListener('pagehide', () => source.close());
addEventListener('pageshow', event => { if (event.persisted) open(); });
