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
    series: [{ label: 'median', stroke: paint('--accent'), width: 2, points: alone(paint('--accent')) },
      { label: 'p95', stroke: paint('--warning'), width: 2, dash: [6, 4], points: alone(paint('--warning')) }],
    least: 10,
    value: duration,
  }),
};

// Letters are as large in charts as elsewhere on the page.
function rem() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

function bars() {
  return uPlot.paths.bars({ size: [0.8, 40] });
}

// A line ends where nothing came; what has nothing on both sides is no line, but a dot.
function alone(fill) {
  return {
    show: false, size: 7, width: 0, fill,
    filter: ({ data }, series) => [...data[0].keys()].filter(at => data[series][at] != null && data[series][at - 1] == null && data[series][at + 1] == null),
  };
}

const day = 86400;
const lengths = { minute: 60, hour: 3600, day };
const steps = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, day, 2 * day, 4 * day, 7 * day, 14 * day, 28 * day, 91 * day, 182 * day, 364 * day];

// By the clock of the server's machine, as everywhere, which tells with each point how far it is ahead of UTC.
function wallOf(figure, data, at) {
  const wall = data[0][at] + data[5][at] * 60;
  return figure.dataset.step === 'hour' ? wall - wall % 3600 : wall;
}

function isLong(data) {
  return data[0].at(-1) - data[0][0] > 360 * day;
}

// The points that stand on a round hour or day of that clock, as many as there is room for.
function ticksOf(figure) {
  return (plot, _, min, max) => {
    const { data } = drawn.get(figure);
    const least = (max - min) * (isLong(data) ? 5.6 : 3.7) * rem() / Math.max(plot.bbox.width / devicePixelRatio, 1);
    const step = steps.find(one => one >= least) ?? steps.at(-1);
    const isRound = wall => step < day ? wall % step === 0 : Math.floor(wall / day) % (step / day) === 0 && (figure.dataset.step === 'day' || wall % day === 0);
    const round = data[0].filter((seconds, at) => seconds >= min && seconds <= max && isRound(wallOf(figure, data, at)));
    return round.length > 0 ? round : data[0].slice(-1);
  };
}

// The clock of 24 hours; the day where one begins, and its year where there are several.
function namesOf(figure) {
  return (_, ticks) => {
    const { data } = drawn.get(figure);
    return ticks.map(tick => {
      const text = textOf(figure, data, data[0].indexOf(tick));
      return isLong(data) ? text : text.length < 11 || text.slice(11, 16) === '00:00' ? text.slice(5, 10) : text.slice(11, 16);
    });
  };
}

// An hour that comes twice, as clocks are put back, is told with its distance from UTC.
function textOf(figure, data, at) {
  const wall = wallOf(figure, data, at);
  const text = new Date(wall * 1000).toISOString();
  if (figure.dataset.step === 'day') return text.slice(0, 10);
  const isTwice = data[0].some((_, other) => other !== at && wallOf(figure, data, other) === wall);
  return `${text.slice(0, 10)} ${text.slice(11, 16)}${isTwice ? ` ${distance(data[5][at])}` : ''}`;
}

function distance(minutes) {
  const two = number => String(number).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

function duration(ms) {
  return ms == null ? '–' : ms < 1000 ? `${Math.round(ms)} ms` : ms < 60000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(ms / 60000)} min`;
}

function draw(figure, data) {
  const box = figure.querySelector('.chart');
  const style = getComputedStyle(document.documentElement);
  const paint = name => {
    // A pair of colours is resolved by the element that wears it.
    box.style.setProperty('forced-color-adjust', 'none');
    box.style.color = `var(${name})`;
    const color = getComputedStyle(box).color;
    box.style.removeProperty('color');
    box.style.removeProperty('forced-color-adjust');
    return color;
  };
  const kind = kinds[figure.dataset.chart](paint);
  const axis = { stroke: paint('--soft'), grid: { stroke: paint('--line'), width: 1 }, ticks: { stroke: paint('--line'), width: 1 }, font: `${0.8 * rem()}px ${style.fontFamily}` };
  drawn.get(figure)?.plot.destroy();
  // Its first and its last bar have room for all of their width.
  const half = lengths[figure.dataset.step] / 2;
  const one = { data, columns: kind.columns, room: roomOf(figure) };
  drawn.set(figure, one);
  one.plot = new uPlot({
    width: box.clientWidth, height: box.clientHeight,
    cursor: { drag: { x: false, y: false } },
    scales: { x: { range: ({ data: [times] }) => times.length > 0 ? [times[0] - half, times.at(-1) + half] : [null, null] }, y: { range: (_, least, most) => [0, Math.max(most ?? 0, kind.least) * 1.08] } },
    axes: [{ ...axis, size: 3.4 * rem(), splits: ticksOf(figure), values: namesOf(figure) }, { ...axis, size: 4 * rem(), incrs: kind.incrs, values: (_, ticks) => ticks.map(kind.value) }],
    // Without a pointer on it, the legend has names and no values.
    series: [{ label: 'time', value: (_, seconds, series, at) => at == null ? '' : textOf(figure, one.data, at) },
      ...kind.series.map(line => ({ ...line, value: (plot, number) => number != null ? kind.value(number) : plot.cursor.idx == null ? '' : '–' }))],
  }, kind.columns(data), box);
  one.plot.setSize({ width: box.clientWidth, height: box.clientHeight - box.querySelector('.u-legend').offsetHeight });
  // The box says where the figures are; the legend of a pointer says nothing to those who have none.
  one.plot.root.setAttribute('aria-hidden', 'true');
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

// What a chart is drawn for: how large its box is, and how large letters are.
function roomOf(figure) {
  const box = figure.querySelector('.chart');
  return `${box.clientWidth} ${box.clientHeight} ${rem()}`;
}

function drawAnew(isDue) {
  for (const [figure, one] of drawn) if (isDue(figure, one)) draw(figure, one.data);
}

// A page also grows by what is below its charts, and a pointer may rest on one.
let pending;
new ResizeObserver(() => {
  clearTimeout(pending);
  pending = setTimeout(() => drawAnew((figure, one) => one.room !== roomOf(figure)), 100);
}).observe(document.documentElement);
dark.addEventListener('change', () => drawAnew(() => true));
