// Requests as they come in, stream and end: what /ui/live/events tells, in a list that holds thousands of rows.
import { LiveList } from './live-list.js';
import { fillerOf, sent } from './live-row.js';

const box = document.getElementById('live');
const state = document.getElementById('live-state');
const pause = document.getElementById('live-pause');
const fresh = document.getElementById('live-new');
const problem = document.getElementById('live-problem');
const query = box.dataset.query;
const mostPending = 10_000;
const mostProgress = 2_000;
// The server says something every 15 s; who hears nothing for longer than this has lost the connection, whatever the browser believes.
const silence = 40_000;
const away = 10_000;
const log = ['log', 'log-problem', 'log-waiting', 'log-open'].map(name => document.getElementById(`live-${name}`));

const filler = fillerOf(JSON.parse(box.dataset.clock), JSON.parse(box.dataset.outcomes));
let list;
let source;
let pending = null;
let cameIn = 0;
let lastSeen = 0;
let hasMore = false;
let isLoading = false;
let stopped = null;
let place = '';
let began = 0;
let heard = 0;
let closed = '';
let leaving = 0;

function say(words) {
  if (state.textContent === words) return;
  state.textContent = words;
  state.className = `badge ${words === 'Live' ? 'good' : words === 'Not live' ? 'bad' : words === 'Paused' ? 'warning' : 'busy'}`;
}

function showPause() {
  // Its name stays as it is while one waits, as a screen reader says each change of it.
  const name = pending ? 'Resume' : 'Pause';
  if (pause.textContent !== name) pause.textContent = name;
  fresh.textContent = pending && cameIn ? `${cameIn.toLocaleString('en')} new` : '';
}

function show(kind, message) {
  if (!list) {
    list = new LiveList(filler, loadOlder);
    box.replaceChildren(list.element);
  }
  filler.setClock(message.now);
  if (kind === 'reset') {
    hasMore = message.more === true;
    stopped = message.stopped ?? null;
    list.clear();
  }
  follow(message);
  for (const row of message.rows) if (row.outcome) filler.progress.delete(row.requestId);
  if (list.put(message.rows, message.gone ?? [])) [hasMore, stopped] = [true, null];
  showMore();
}

function follow(message) {
  if (filler.progress.size > mostProgress) filler.progress.clear();
  for (const stream of message.streams ?? []) filler.progress.set(stream.requestId, stream);
}

function showMore() {
  list.setMore(hasMore, stopped && `It was looked for ${stopped.seconds} s${stopped.time ? `, back to ${filler.moment(stopped.time)}` : ''}; what is older was not looked through. Filters, such as a time since when, make it quicker.`);
}

// Why rows may be missing. What is in hand is no row yet: nothing of it need be on record.
function showLog(event) {
  hear(event);
  const [all, why, waiting, open] = log;
  const now = JSON.parse(event.data);
  if (why.textContent !== (now.problem ?? '')) why.textContent = now.problem ?? '';
  const count = now.inHand ?? 0;
  waiting.textContent = [now.waiting, count ? `${count} ${count === 1 ? 'request is' : 'requests are'} in hand${count > (now.open?.length ?? 0) ? ', the newest are these' : ''}:` : '']
    .filter(words => words).join(' ');
  open.replaceChildren(...(now.open ?? []).map(one => {
    const item = document.createElement('li');
    // The id begins with the time.
    const came = parseInt(one.requestId.replaceAll('-', '').slice(0, 12), 16);
    item.textContent = [filler.moment(came), one.provider, sent(one) || 'no answer yet'].filter(words => words).join(' · ');
    return item;
  }));
  all.hidden = !now.problem;
}

// A sign of life.
function hear(event) {
  heard = Date.now();
  if (event.lastEventId) place = event.lastEventId;
  problem.hidden = true;
}

function take(kind, event) {
  hear(event);
  const message = JSON.parse(event.data);
  if (!pending) {
    show(kind, message);
    return;
  }
  if (kind === 'reset') pending = [];
  cameIn = kind === 'reset' ? message.rows.length : cameIn + message.rows.filter(row => !row.outcome || row.id > lastSeen).length;
  lastSeen = Math.max(lastSeen, ...message.rows.map(row => row.id));
  // How far streams are is only true now; rows are kept.
  follow(message);
  if (kind === 'reset' || message.rows.length || message.gone?.length) pending.push([kind, message]);
  if (cameIn > mostPending) {
    // The log has them; on resuming, the newest are asked for.
    close('full');
    [pending, place] = [[], ''];
  }
  showPause();
}

function close(why) {
  closed = why;
  source.close();
}

function open() {
  source?.close();
  [closed, began, heard] = ['', Date.now(), 0];
  source = new EventSource(`/ui/live/events${query}${place ? `${query ? '&' : '?'}place=${encodeURIComponent(place)}` : ''}`);
  source.onopen = () => {
    say(pending ? 'Paused' : 'Live');
  };
  source.onerror = () => {
    if (!pending) say('Reconnecting');
    if (source.readyState === EventSource.CLOSED && !closed) explain();
  };
  source.addEventListener('rows', event => take('rows', event));
  source.addEventListener('reset', event => take('reset', event));
  source.addEventListener('log', showLog);
  source.addEventListener('here', hear);
}

// A connection may be dead without a word: after a sleep, behind a server in between that keeps what it is sent.
function watch() {
  if (closed || document.hidden || source.readyState === EventSource.CLOSED) return;
  const since = Date.now() - Math.max(began, heard);
  if (heard && Math.abs(since) > silence) {
    say('Reconnecting');
    open();
  } else if (!heard && since > 15_000) {
    problem.textContent = source.readyState === EventSource.OPEN
      ? 'The router was reached, but nothing of what it sends arrives. Either it looks through much, or a server between this browser and the router holds answers back until they are complete: such buffering has to be off for /ui/live/events.'
      : 'There is no connection. The router may be off, or out of reach; or this browser has six windows of Live open already: most browsers keep no more than six connections to one address.';
    problem.hidden = false;
  }
}

// Who does not look needs no connection, of which a browser has few; who looks again goes on where they were.
function seen() {
  clearTimeout(leaving);
  if (document.hidden) leaving = setTimeout(() => { if (!closed) close('away'); }, away);
  else if (closed === 'away') open();
  else watch();
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
  setTimeout(() => { if (!closed) open(); }, 5000);
}

async function loadOlder(oldest, isWanted = false) {
  if (isLoading || !hasMore || pending || (stopped && !isWanted)) return;
  isLoading = true;
  const before = stopped?.before ?? oldest;
  if (stopped) list.setMore(hasMore, 'Looking further back …');
  try {
    const response = await fetch(`/ui/live/rows${query}${query ? '&' : '?'}before=${before}`);
    if (response.ok) {
      const page = await response.json();
      [hasMore, stopped] = [page.more, page.stopped ?? null];
      list.put(page.rows.reverse(), [], true);
    }
  } catch {
    // Scrolling asks again.
  }
  isLoading = false;
  showMore();
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
    if (closed === 'full') open();
    else for (const [kind, message] of messages) show(kind, message);
    say(source.readyState === EventSource.OPEN ? 'Live' : 'Reconnecting');
  }
  showPause();
});

state.hidden = pause.hidden = false;
say('Connecting');
open();
seen();
setInterval(watch, 5000);
document.addEventListener('visibilitychange', seen);
addEventListener('pagehide', () => source.close());
addEventListener('pageshow', event => { if (event.persisted) open(); });
