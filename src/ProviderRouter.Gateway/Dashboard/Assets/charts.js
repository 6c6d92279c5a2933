// Charts, drawn by uPlot. A figure says with data-series where its points are and with data-chart what they are.
const dark = matchMedia('(prefers-color-scheme: dark)');
const drawn = new Map();

const kinds = {
  requests: paint => ({
    columns: data => [data[0], data[1], data[2]],
    series: [{ label: 'requests', fill: paint('--accent'), width: 0, stroke: paint('--accent'), paths: bars(), points: { show: false } },
      { label: 'not answered whole', fill: paint('--bad'), width: 0, stroke: paint('--bad'), paths: bars(), points: { show: false } }],
    value: number => `${number}`,
  }),
  durations: paint => ({
    columns: data => [data[0], data[3], data[4]],
    series: [{ label: 'median', stroke: paint('--accent'), width: 2, spanGaps: true },
      { label: 'p95', stroke: paint('--warning'), width: 2, dash: [6, 4], spanGaps: true }],
    value: duration,
  }),
};

function bars() {
  return uPlot.paths.bars({ size: [0.8, 40] });
}

// The clock of 24 hours; the day where one begins.
function times(plot, ticks) {
  const two = number => String(number).padStart(2, '0');
  return ticks.map(tick => {
    const at = new Date(tick * 1000);
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
  drawn.get(figure)?.destroy();
  drawn.set(figure, new uPlot({
    width: box.clientWidth, height: box.clientHeight - 50,
    cursor: { drag: { x: false, y: false } },
    scales: { y: { range: (_, least, most) => [0, Math.max(most ?? 0, 1) * 1.08] } },
    axes: [{ ...axis, values: times }, { ...axis, size: 60, values: (_, ticks) => ticks.map(kind.value) }],
    series: [{ label: 'time', value: '{YYYY}-{MM}-{DD} {HH}:{mm}' }, ...kind.series.map(one => ({ ...one, value: (_, number) => number == null ? '–' : kind.value(number) }))],
  }, kind.columns(data), box));
}

const loaded = new Map();
async function load(url) {
  const response = await fetch(url);
  return response.ok ? response.json() : null;
}

export async function drawAll() {
  // A program that was built without npm has no charts: its figures stand in tables.
  if (!window.uPlot) {
    for (const figure of document.querySelectorAll('[data-series]')) figure.hidden = true;
    return;
  }
  loaded.clear();
  for (const figure of document.querySelectorAll('[data-series]')) {
    const url = figure.dataset.series;
    if (!loaded.has(url)) loaded.set(url, load(url));
    const data = await loaded.get(url).catch(() => null);
    if (data) draw(figure, data);
  }
}

let pending;
new ResizeObserver(() => {
  clearTimeout(pending);
  pending = setTimeout(async () => {
    for (const figure of drawn.keys()) {
      const data = await loaded.get(figure.dataset.series);
      if (data) draw(figure, data);
    }
  }, 100);
}).observe(document.documentElement);
dark.addEventListener('change', drawAll);
