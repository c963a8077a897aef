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
const EDGE = { left: 70, right: 150, top: 40, bottom: 50 };
/** Told apart by people who see colours differently; each line also has its own dashes and its name beside it. */
const LINES = [
  { colour: '#0b6e99', dash: '' },
  { colour: '#c2410c', dash: '7 4' },
  { colour: '#6b7280', dash: '2 3' },
];

/** Deterministic: the same figures give the same bytes. */
export function drawPlot({ title, x, y, logarithmic = false, series, limit }: Plot): string {
  const points = series.flatMap((one) => one.points);
  const xs = points.map(([value]) => value);
  const most = niceTop(Math.max(...points.map(([, value]) => value), limit?.at ?? 0));
  const scale = logarithmic ? Math.log10 : (value: number) => value;
  const [from, to] = [scale(Math.min(...xs)), scale(Math.max(...xs))];
  const across = (value: number) => EDGE.left + ((scale(value) - from) / (to - from || 1)) * (WIDTH - EDGE.left - EDGE.right);
  const down = (value: number) => HEIGHT - EDGE.bottom - (value / most) * (HEIGHT - EDGE.top - EDGE.bottom);
  const text = (at: [number, number], words: string, more = '') =>
    `<text x="${round(at[0])}" y="${round(at[1])}" ${more}>${escaped(words)}</text>`;
  const right = WIDTH - EDGE.right;
  const rows = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const value = most * share;
    const at = round(down(value));
    return `<line class="grid" x1="${EDGE.left}" x2="${right}" y1="${at}" y2="${at}"/>${text([EDGE.left - 8, down(value) + 4], short(value), 'text-anchor="end"')}`;
  });
  const columns = [...new Set(xs)]
    .sort((a, b) => a - b)
    .map((value) => text([across(value), HEIGHT - EDGE.bottom + 18], short(value), 'text-anchor="middle"'));
  const lines = series.map(({ name, points: its }, i) => {
    const { colour, dash } = LINES[i % LINES.length] as (typeof LINES)[number];
    const path = its.map(([px, py], n) => `${n === 0 ? 'M' : 'L'}${round(across(px))} ${round(down(py))}`).join('');
    const dots = its.map(([px, py]) => `<circle cx="${round(across(px))}" cy="${round(down(py))}" r="3" fill="${colour}"/>`).join('');
    const last = its.at(-1) ?? [0, 0];
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>${dots}${text([right + 8, down(last[1]) + 4], name)}`;
  });
  const bound = limit
    ? `<line class="limit" x1="${EDGE.left}" x2="${right}" y1="${round(down(limit.at))}" y2="${round(down(limit.at))}"/>${text([EDGE.left + 4, down(limit.at) - 5], limit.says)}`
    : '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}" font-family="sans-serif" font-size="12">`,
    '<style>text{fill:#1f2937}.grid{stroke:#d1d5db}.limit{stroke:#b91c1c;stroke-dasharray:4 4}@media(prefers-color-scheme:dark){text{fill:#e5e7eb}.grid{stroke:#374151}}</style>',
    text([EDGE.left, 22], title, 'font-size="15" font-weight="bold"'),
    ...rows,
    ...columns,
    bound,
    ...lines,
    text([(EDGE.left + right) / 2, HEIGHT - 12], x, 'text-anchor="middle"'),
    text([14, EDGE.top - 4], y),
    '</svg>',
    '',
  ].join('\n');
}

/** 1, 2 or 5 times a power of ten, not below. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  return ([1, 2, 5, 10].find((step) => step * power >= value) as number) * power;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const short = (value: number): string => (value >= 1000 ? `${round(value / 1000)} k` : String(Math.round(value * 1000) / 1000));
const escaped = (words: string): string => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
