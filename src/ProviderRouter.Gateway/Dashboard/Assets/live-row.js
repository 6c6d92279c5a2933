// What stands in a row. Texts are of strangers, and go in as text.
const columns = ['Time', 'Outcome', 'Provider', 'Model', 'Request', 'Prompt', 'Duration', 'First token', 'Tokens'];
const numbers = 6;
const hidden = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

export function fillerOf(clock, outcomes) {
  let ahead = 0;
  const progress = new Map();

  function cell(role, text, at) {
    const element = document.createElement('div');
    element.setAttribute('role', role);
    if (at >= numbers) element.className = 'n';
    element.textContent = text;
    return element;
  }

  function rowOf(cells) {
    const row = document.createElement('div');
    row.setAttribute('role', 'row');
    row.append(...cells);
    return row;
  }

  return {
    progress,
    setClock(now) { ahead = now - Date.now(); },
    // Of a time in RFC 3339, or in ms of Unix time.
    moment: time => moment(time, clock, ahead),
    heading() {
      const row = rowOf(columns.map((name, at) => cell('columnheader', name, at)));
      row.setAttribute('aria-rowindex', 1);
      return row;
    },
    create() {
      const row = rowOf(columns.map((_, at) => cell('cell', '', at)));
      row.children[0].append(document.createElement('a'));
      const badge = document.createElement('span');
      row.children[1].append(badge, '');
      row.children[3].append(document.createElement('bdi'), kind('replay'), kind('stream'));
      return row;
    },
    fill(element, row) {
      const [time, outcome, provider, model, request, prompt, took, first, tokens] = element.children;
      const so = progress.get(row.requestId);
      const link = time.firstChild;
      link.href = `/ui/exchanges/${encodeURIComponent(row.requestId)}`;
      set(link, moment(row.createdAt, clock, ahead));
      const [tone, words] = outcomes[row.outcome ?? 'open'] ?? ['plain', row.outcome];
      outcome.firstChild.className = `badge ${tone}`;
      set(outcome.firstChild, !row.outcome && (so?.firstTokenMs ?? so?.firstByteMs) != null ? 'streaming' : words);
      const asked = visible(row.model ?? row.responseModel ?? '–');
      // Many links of one time are told apart by what is read with them.
      const name = `${link.textContent}, ${asked}, ${outcome.firstChild.textContent}`;
      if (link.ariaLabel !== name) link.ariaLabel = name;
      set(outcome.lastChild, row.statusCode ? ` ${row.statusCode}` : '');
      set(provider, visible(row.provider ?? so?.provider ?? '–'));
      set(model.firstChild, asked);
      model.children[1].hidden = !row.replays;
      model.children[2].hidden = !row.stream;
      // Where there is little room, it stands before the model.
      model.dataset.provider = provider.textContent;
      const path = row.endpoint.startsWith('/v1/') ? row.endpoint.slice(4) : row.endpoint;
      const what = (row.method === 'POST' ? '' : `${row.method} `) + path;
      set(request, visible(row.error ? `${what}: ${row.error}` : what));
      request.title = visible(row.error ?? '');
      set(prompt, visible(row.prompt ?? ''));
      set(took, duration(row.outcome ? row.durationMs : Date.now() + ahead - Date.parse(row.createdAt)));
      set(first, duration(row.firstTokenMs ?? so?.firstTokenMs));
      set(tokens, row.outcome ? [[row.promptTokens, 'in'], [row.completionTokens, 'out']].filter(([number]) => number != null).map(([number, way]) => `${count(number)} ${way}`).join(', ')
        : sent(so));
    },
  };
}

function kind(word) {
  const element = document.createElement('span');
  element.className = `kind ${word}`;
  element.textContent = word;
  return element;
}

// How much of an answer was sent so far.
export function sent(progress) {
  return progress?.events ? several(progress.events, 'event') : progress?.bytes ? several(progress.bytes, 'byte') : '';
}

// Letters that nobody can see, or that turn those around them, are named, as on the other pages (VisibleText.cs).
function visible(text) {
  return text.replace(hidden, letter => ` U+${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')} `);
}

function set(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function count(number) {
  return number == null ? '–' : number < 10_000 ? `${number}` : number < 999_950 ? `${(number / 1000).toFixed(1)}k` : `${(number / 1e6).toFixed(2)}M`;
}

function several(number, what) {
  return `${count(number)} ${what}${number === 1 ? '' : 's'}`;
}

function duration(ms) {
  if (ms == null || ms < 0) return '–';
  if (ms < 999.5) return ms > 0 && ms < 0.5 ? '<1 ms' : `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const two = number => `${number}`.padStart(2, '0');
  return seconds < 3600 ? `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s` : `${Math.floor(seconds / 3600)}h ${two(Math.floor(seconds / 60) % 60)}m`;
}

// By the clock of the server's machine, as everywhere: how many minutes it is ahead of UTC, and since when.
function moment(time, clock, ahead) {
  const there = ms => new Date(ms + (clock.findLast(([since]) => since <= ms) ?? clock[0])[1] * 60_000).toISOString();
  const [then, now] = [there(new Date(time).getTime()), there(Date.now() + ahead)];
  return then.slice(0, 10) === now.slice(0, 10) ? then.slice(11, 19)
    : then.slice(0, 4) === now.slice(0, 4) ? `${then.slice(5, 10)} ${then.slice(11, 16)}` : then.slice(0, 10);
}
