/** A line plot as SVG, drawn here: no library, readable in a browser and on a repository's page, in light and dark. */

export interface Series {
  name: string;
  /** x and y, ascending x. */
  points: [number, number][];
}

export interface Plot {
  title: string;
  x: string;
  y: string;
  /** Powers of ten on the x axis. */
  logarithmic?: boolean;
  series: Series[];
  /** A bound drawn across, with its words. */
  limit?: { at: number; says: string };
}

const WIDTH = 640;
const HEIGHT = 360;
const EDGE = { left: 70, right: 150, top: 64, bottom: 50 };
/** Told apart by people who see colours differently; each line also has its own dashes and its name beside it. The second colour is for dark pages. */
const LINES = [
  { light: '#0b6e99', dark: '#5cb8e0', dash: '' },
  { light: '#c2410c', dark: '#fb9260', dash: '7 4' },
  { light: '#6b7280', dark: '#b6bcc6', dash: '2 3' },
];
/** Names beside the lines' ends stand at least this far apart. */
const LINE_HEIGHT = 16;
const MOST_ROWS = 5;
// The plot brings its own ground: shown on a page it follows the reader's system, which the page around it may not.
const STYLE = [
  'text{fill:#1f2937}.ground{fill:#fff}.grid{stroke:#e5e7eb}.axis{stroke:#6b7280}.limit{stroke:#b91c1c;stroke-dasharray:4 4}',
  ...LINES.map(({ light }, i) => `.line${i}{stroke:${light}}.dot${i}{fill:${light}}`),
  '@media(prefers-color-scheme:dark){text{fill:#e5e7eb}.ground{fill:#0d1117}.grid{stroke:#2b323b}.axis{stroke:#9ca3af}.limit{stroke:#f87171}',
  ...LINES.map(({ dark }, i) => `.line${i}{stroke:${dark}}.dot${i}{fill:${dark}}`),
  '}',
].join('');

/** Deterministic: the same figures give the same bytes. */
export function drawPlot({ title, x, y, logarithmic = false, series, limit }: Plot): string {
  const points = series.flatMap((one) => one.points);
  const xs = [...new Set(points.map(([value]) => value))].sort((a, b) => a - b);
  const rows = rowsFor(Math.max(...points.map(([, value]) => value), limit?.at ?? 0));
  const most = rows.at(-1) as number;
  const scale = logarithmic ? Math.log10 : (value: number) => value;
  const [from, to] = [scale(xs[0] as number), scale(xs.at(-1) as number)];
  const across = (value: number) => EDGE.left + ((scale(value) - from) / (to - from || 1)) * (WIDTH - EDGE.left - EDGE.right);
  const down = (value: number) => HEIGHT - EDGE.bottom - (value / most) * (HEIGHT - EDGE.top - EDGE.bottom);
  const text = (at: [number, number], words: string, more = '') =>
    `<text x="${round(at[0])}" y="${round(at[1])}"${more && ` ${more}`}>${escaped(words)}</text>`;
  const rule = (kind: string, [x1, y1]: [number, number], [x2, y2]: [number, number]) =>
    `<line class="${kind}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
  const right = WIDTH - EDGE.right;
  const bottom = HEIGHT - EDGE.bottom;
  const grid = rows.map(
    (value) =>
      rule(value === 0 ? 'axis' : 'grid', [EDGE.left, down(value)], [right, down(value)]) +
      text([EDGE.left - 8, down(value) + 4], short(value), 'text-anchor="end"'),
  );
  const columns = xs.map(
    (value) =>
      rule('axis', [across(value), bottom], [across(value), bottom + 5]) +
      text([across(value), bottom + 19], short(value), 'text-anchor="middle"'),
  );
  const places = spread(series.map((one) => down(one.points.at(-1)?.[1] ?? 0)));
  const lines = series.map(({ name, points: its }, i) => {
    const look = i % LINES.length;
    const path = its.map(([px, py], n) => `${n === 0 ? 'M' : 'L'}${round(across(px))} ${round(down(py))}`).join('');
    const dots = its.map(([px, py]) => `<circle class="dot${look}" cx="${round(across(px))}" cy="${round(down(py))}" r="3.5"/>`).join('');
    const dash = LINES[look]?.dash ? ` stroke-dasharray="${LINES[look].dash}"` : '';
    const stroke = `class="line${look}" fill="none" stroke-width="2"${dash}`;
    const at = places[i] as number;
    const key = `<path d="M${right + 10} ${round(at)}h22" ${stroke}/>${text([right + 36, at + 4], name)}`;
    return `<path d="${path}" ${stroke}/>${dots}${key}`;
  });
  const bound = limit
    ? rule('limit', [EDGE.left, down(limit.at)], [right, down(limit.at)]) + text([EDGE.left + 4, down(limit.at) - 5], limit.says)
    : '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}" font-family="sans-serif" font-size="12">`,
    `<style>${STYLE}</style>`,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>`,
    text([16, 24], title, 'font-size="15" font-weight="bold"'),
    text([16, 46], `↑ ${y}`),
    ...grid,
    ...columns,
    bound,
    ...lines,
    text([(EDGE.left + right) / 2, HEIGHT - 12], logarithmic ? `${x} (logarithmic)` : x, 'text-anchor="middle"'),
    '</svg>',
    '',
  ].join('\n');
}

/** From 0 to not below `value`, in steps of 1, 2 or 5 times a power of ten. */
function rowsFor(value: number): number[] {
  const power = 10 ** Math.floor(Math.log10((value || 1) / MOST_ROWS));
  const step = ([1, 2, 5, 10].find((times) => times * power * MOST_ROWS >= value * (1 - 1e-9)) as number) * power;
  return Array.from({ length: Math.max(1, Math.ceil(value / step - 1e-9)) + 1 }, (_, n) => n * step);
}

/** Moved apart, in the order they stand in, and as little as that takes; none below the last grid line. */
function spread(places: number[]): number[] {
  const order = places.map((at, i) => ({ at, i })).sort((a, b) => b.at - a.at);
  const moved = [...places];
  let lowest = HEIGHT - EDGE.bottom;
  for (const { at, i } of order) {
    moved[i] = Math.min(at, lowest);
    lowest = (moved[i] as number) - LINE_HEIGHT;
  }
  return moved;
}

const round = (value: number): number => Math.round(value * 10) / 10;
/** Thousands apart, as the documents write them. */
const short = (value: number): string => (Math.round(value * 1000) / 1000).toLocaleString('en');
const escaped = (words: string): string => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
