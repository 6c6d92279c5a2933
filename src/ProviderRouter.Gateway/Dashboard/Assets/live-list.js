// A list of rows by their ids, the newest first, of which only those that are seen are elements.
const most = 50_000;
const beyond = 8;

export class LiveList {
  #rows = [];
  #ids = new Map();
  #shown = new Map();
  #changed = new Set();
  #filler;
  #older;
  #body;
  #table;
  #height = 36;
  #scheduled = false;
  #isPaused = false;
  #end;
  #further;

  constructor(filler, older) {
    this.#filler = filler;
    this.#older = older;
    this.element = document.createElement('div');
    this.element.className = 'live-list';
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'region');
    this.element.setAttribute('aria-label', 'Requests, the newest first');
    this.#table = document.createElement('div');
    this.#table.setAttribute('role', 'table');
    this.#table.setAttribute('aria-label', 'Requests');
    this.#body = group('live-rows');
    const head = group('live-head');
    head.append(filler.heading());
    const foot = document.createElement('div');
    foot.className = 'live-end';
    this.#end = document.createElement('p');
    this.#end.className = 'hint';
    this.#end.setAttribute('role', 'status');
    this.#further = document.createElement('button');
    this.#further.type = 'button';
    this.#further.textContent = 'Look further back';
    this.#further.addEventListener('click', () => older(this.#rows[0]?.id ?? 0, true));
    foot.append(this.#end, this.#further);
    this.#table.append(head, this.#body);
    this.element.append(this.#table, foot);
    this.element.addEventListener('scroll', () => this.#schedule(), { passive: true });
    const narrow = matchMedia('(max-width: 62rem)');
    // Rows are as high as letters are large, which is for who reads to say.
    const measure = () => {
      const at = this.element.scrollTop / this.#height;
      this.#height = Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * (narrow.matches ? 4.27 : 2.4));
      this.element.style.setProperty('--row', `${this.#height}px`);
      this.element.scrollTop = at * this.#height;
      this.#schedule();
    };
    narrow.addEventListener('change', measure);
    measure();
    new ResizeObserver(measure).observe(this.element);
    setInterval(() => this.#tick(), 1000);
  }

  get newest() { return this.#rows.at(-1)?.id ?? 0; }

  clear() {
    this.#rows = [];
    this.#ids.clear();
    for (const element of this.#shown.values()) element.remove();
    this.#shown.clear();
    this.#filler.progress.clear();
  }

  pause(isPaused) { this.#isPaused = isPaused; }

  // Puts rows in, which come in ascending order, and takes others out. What somebody looks at stays where it is. True where the oldest had to go.
  put(rows, gone, areOlder = false) {
    const fresh = [];
    for (const row of rows) {
      const known = this.#ids.get(row.id);
      if (known) {
        Object.assign(known, row);
        if (this.#shown.has(row.id)) this.#changed.add(row.id);
      } else {
        this.#ids.set(row.id, row);
        fresh.push(row);
      }
    }
    let above = 0;
    if (fresh.length) {
      const last = this.newest;
      const isBehind = fresh[0].id > last;
      this.#rows = areOlder ? [...fresh, ...this.#rows] : isBehind ? this.#rows.concat(fresh) : [...this.#rows, ...fresh].sort((a, b) => a.id - b.id);
      above += areOlder ? 0 : fresh.length;
    }
    const leaving = gone.filter(id => this.#forget(id));
    if (leaving.length) {
      this.#rows = this.#rows.filter(row => this.#ids.has(row.id));
      above -= leaving.length;
    }
    const isFull = this.#rows.length > most && !areOlder;
    if (isFull) {
      for (const row of this.#rows.splice(0, this.#rows.length - most)) this.#forget(row.id);
    }
    if (this.element.scrollTop > this.#height / 2) {
      this.#size();
      this.element.scrollTop += above * this.#height;
    }
    this.#schedule();
    return isFull;
  }

  #forget(id) {
    this.#filler.progress.delete(this.#ids.get(id)?.requestId);
    return this.#ids.delete(id);
  }

  // What stands below the last row; with words where it was stopped to look for older ones.
  setMore(hasMore, stopped) {
    this.#table.setAttribute('aria-rowcount', hasMore ? -1 : this.#rows.length + 1);
    this.#further.hidden = !stopped;
    const words = stopped ? stopped : hasMore ? 'Older ones come as you scroll.' : this.#rows.length ? 'There are no older ones.' : 'No request of that kind yet. It will be here as soon as one comes.';
    if (this.#end.textContent !== words) this.#end.textContent = words;
  }

  #size() {
    this.#body.style.height = `${this.#rows.length * this.#height}px`;
  }

  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      this.#draw();
    });
  }

  #draw() {
    this.#size();
    const count = this.#rows.length;
    const top = Math.max(0, Math.floor(this.element.scrollTop / this.#height) - beyond);
    const bottom = Math.min(count, Math.ceil((this.element.scrollTop + this.element.clientHeight) / this.#height) + beyond);
    const wanted = new Map();
    for (let at = top; at < bottom; at++) wanted.set(this.#rows[count - 1 - at], at);
    for (const [id, element] of this.#shown) {
      const row = this.#ids.get(id);
      if (row && wanted.has(row)) continue;
      // What has the focus stays, wherever it is.
      if (row && element.contains(document.activeElement)) {
        wanted.set(row, count - 1 - this.#rows.indexOf(row));
        continue;
      }
      element.remove();
      this.#shown.delete(id);
    }
    let next = this.#body.firstChild;
    for (const [row, at] of [...wanted].sort((a, b) => a[1] - b[1])) {
      let element = this.#shown.get(row.id);
      if (!element) {
        element = this.#filler.create();
        this.#filler.fill(element, row);
        this.#shown.set(row.id, element);
      } else if (this.#changed.has(row.id)) {
        this.#filler.fill(element, row);
      }
      element.setAttribute('aria-rowindex', at + 2);
      element.style.transform = `translateY(${at * this.#height}px)`;
      if (element === next) next = next.nextSibling;
      else this.#body.insertBefore(element, next);
    }
    this.#changed.clear();
    if (count && bottom > count - 50) this.#older(this.#rows[0].id);
  }

  // How long those that are open have taken.
  #tick() {
    if (document.hidden || this.#isPaused) return;
    for (const [id, element] of this.#shown) {
      const row = this.#ids.get(id);
      if (row && !row.outcome) this.#filler.fill(element, row);
    }
  }
}

function group(className) {
  const element = document.createElement('div');
  element.className = className;
  element.setAttribute('role', 'rowgroup');
  return element;
}
