// Charts, drawn by uPlot. A figure says with data-series where its points are and with data-chart what they are.
const dark = matchMedia('(prefers-color-scheme: dark)');
const drawn = new Map();

const kinds = {
  requests: paint => ({
    columns: data => [data[0], data[1], data[2]],
    series: [{ label: 'requests', fill: paint('--accent'), width: 0, stroke: paint('--accent'), paths: bars(), points: { show: false } },
      { label: 'errors', fill: paint('--bad'), width: 0, stroke: paint('--bad'), paths: bars(), points: { show: false } }],
    least: 4,
    incrs: [1, ...[1, 10, 100, 1e3, 1e4, 1e5, 1e6].flatMap(unit => [2, 2.5, 5, 10].map(n => n * unit).filter(Number.isInteger))],
    value: number => `${number}`,
  }),
  durations: paint => ({
    columns: data => [data[0], data[3], data[4]],
    series: [{ label: 'median', stroke: paint('--accent'), width: 2, spanGaps: true },
      { label: 'p95', stroke: paint('--warning'), width: 2, dash: [6, 4], spanGaps: true }],
    least: 10,
    value: duration,
  }),
};

function bars() {
  return uPlot.paths.bars({ size: [0.8, 40] });
}

// By the clock of the server's machine, as everywhere; by this one's where the browser does not know its zone.
function clockOf(zone) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return seconds => uPlot.tzDate(new Date(seconds * 1000), zone);
  } catch {
    return seconds => new Date(seconds * 1000);
  }
}

// The clock of 24 hours; the day where one begins.
function timesBy(clock) {
  const two = number => String(number).padStart(2, '0');
  return (_, ticks) => ticks.map(tick => {
    const at = clock(tick);
    return at.getHours() + at.getMinutes() === 0 ? `${two(at.getMonth() + 1)}-${two(at.getDate())}` : `${two(at.getHours())}:${two(at.getMinutes())}`;
  });
}

function duration(ms) {
  return ms == null ? '–' : ms < 1000 ? `${Math.round(ms)} ms` : ms < 60000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(ms / 60000)} min`;
}

function draw(figure, data) {
  const box = figure.querySelector('.chart');
  const style = getComputedStyle(document.documentElement);
  const paint = name => {
    // A pair of colours is resolved by the element that wears it.
    box.style.color = `var(${name})`;
    const color = getComputedStyle(box).color;
    box.style.removeProperty('color');
    return color;
  };
  const kind = kinds[figure.dataset.chart](paint);
  const axis = { stroke: paint('--soft'), grid: { stroke: paint('--line'), width: 1 }, ticks: { stroke: paint('--line'), width: 1 }, font: `12px ${style.fontFamily}` };
  const tzDate = clockOf(figure.dataset.zone);
  drawn.get(figure)?.plot.destroy();
  const plot = new uPlot({
    width: box.clientWidth, height: box.clientHeight,
    tzDate,
    cursor: { drag: { x: false, y: false } },
    scales: { y: { range: (_, least, most) => [0, Math.max(most ?? 0, kind.least) * 1.08] } },
    axes: [{ ...axis, values: timesBy(tzDate) }, { ...axis, size: 60, incrs: kind.incrs, values: (_, ticks) => ticks.map(kind.value) }],
    // Without a pointer on it, the legend has names and no values.
    series: [{ label: 'time', value: (plot, at) => at == null ? '' : uPlot.fmtDate('{YYYY}-{MM}-{DD} {HH}:{mm}')(tzDate(at)) },
      ...kind.series.map(one => ({ ...one, value: (plot, number) => number != null ? kind.value(number) : plot.cursor.idx == null ? '' : '–' }))],
  }, kind.columns(data), box);
  plot.setSize({ width: box.clientWidth, height: box.clientHeight - box.querySelector('.u-legend').offsetHeight });
  drawn.set(figure, { plot, data, columns: kind.columns });
}

async function load(url) {
  try {
    const response = await fetch(url);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

export async function drawAll() {
  // A program that was built without npm has no charts: its figures stand in tables.
  if (!window.uPlot) {
    for (const figure of document.querySelectorAll('[data-series]')) figure.hidden = true;
    return;
  }
  const loaded = new Map();
  for (const figure of document.querySelectorAll('[data-series]')) {
    const url = figure.dataset.series;
    if (!loaded.has(url)) loaded.set(url, load(url));
    const data = await loaded.get(url);
    const old = drawn.get(figure);
    if (data && old) {
      // A pointer that rests on it goes on to show what is there.
      old.data = data;
      old.plot.setData(old.columns(data));
    } else if (data) {
      draw(figure, data);
    }
  }
}

function drawAnew() {
  for (const [figure, { data }] of drawn) draw(figure, data);
}

let pending;
new ResizeObserver(() => {
  clearTimeout(pending);
  pending = setTimeout(drawAnew, 100);
}).observe(document.documentElement);
dark.addEventListener('change', drawAnew);
