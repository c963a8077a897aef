/** A run as a page that people can read: figures with intervals, the gate, and the curve of refusals as a picture. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { wilson } from './metrics.ts';

export type Gate = Record<string, { min?: number | undefined; max?: number | undefined }>;

export interface GateFailure {
  figure: string;
  value: number | null;
  wanted: string;
}

/** Nested results as `demo.refusal.auroc` → number. Lists are left out. */
export function flatten(value: unknown, prefix = ''): Record<string, number> {
  if (typeof value === 'number') return { [prefix]: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.assign({}, ...Object.entries(value).map(([key, inner]) => flatten(inner, prefix ? `${prefix}.${key}` : key)));
}

/** A figure that is missing fails as well: a suite that did not run proves nothing. */
export function gateFailures(figures: Record<string, number>, gate: Gate): GateFailure[] {
  return Object.entries(gate).flatMap(([figure, { min, max }]) => {
    const value = figures[figure] ?? null;
    const wanted = [min === undefined ? '' : `≥ ${min}`, max === undefined ? '' : `≤ ${max}`].filter(Boolean).join(' and ');
    const fails = value === null || (min !== undefined && value < min) || (max !== undefined && value > max);
    return fails ? [{ figure, value, wanted }] : [];
  });
}

interface Report {
  results: Record<string, Record<string, unknown>>;
  figures: Record<string, number>;
  gate: Gate;
  failures: GateFailure[];
}

export function writeReport(folder: string, { results, figures, gate, failures }: Report): void {
  const curve = (results['demo']?.['refusal'] as { curve?: CurvePoint[] } | undefined)?.curve ?? [];
  if (curve.length > 0) writeFileSync(path.join(folder, 'refusal.svg'), curvePlot(curve));
  const rows = Object.entries(figures)
    .filter(([name]) => !name.endsWith('Ms') && !name.startsWith('routing.confusions.'))
    .map(([name, value]) => `| ${name} | ${format(value)} | ${intervalOf(name, value, figures)} | ${boundOf(gate[name])} |`);
  const text = [
    '# Evaluation on the project’s own datasets',
    '',
    `Extractive composer, embedded index, no model. \`npm run -s eval -- all --gate --report docs/evaluation\` makes this page again. ${failures.length === 0 ? 'Every gate holds.' : `**${failures.length} gates fail.**`}`,
    '',
    ...failures.map(({ figure, value, wanted }) => `* ${figure}: ${value ?? 'not measured'}, wanted ${wanted}`),
    ...(failures.length > 0 ? [''] : []),
    ...(curve.length > 0 ? ['![Unanswerable questions refused against answerable ones refused](refusal.svg)', ''] : []),
    '| figure | value | 95 % interval | gate |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    ...confusionTable(results['routing']?.['confusions'] as Confusions | undefined),
    'Intervals are Wilson’s for shares of a known n. The questions were written for this project with the documents open (eval/datasets/README.md): expect less from real citizens.',
    '',
  ];
  writeFileSync(path.join(folder, 'report.md'), text.join('\n'));
}

type Confusions = Record<string, Record<string, number>>;

/** Wanted intents down, given ones across; only those that were mixed up. */
function confusionTable(confusions: Confusions | undefined): string[] {
  const given = [...new Set(Object.values(confusions ?? {}).flatMap((row) => Object.keys(row)))].sort();
  if (!confusions || given.length === 0) return [];
  return [
    '## Intents taken for others',
    '',
    `| wanted ↓ given → | ${given.join(' | ')} |`,
    `| --- | ${given.map(() => '---:').join(' | ')} |`,
    ...Object.entries(confusions).map(([wanted, row]) => `| ${wanted} | ${given.map((intent) => row[intent] ?? '').join(' | ')} |`),
    '',
  ];
}

/** Shares stand beside the `n` of their own object. */
function intervalOf(name: string, value: number, figures: Record<string, number>): string {
  const n = figures[name.replace(/[^.]+$/, 'n')];
  if (n === undefined || value < 0 || value > 1 || name.endsWith('.n') || /auroc|ndcg|mrr|f1|interval/i.test(name)) return '';
  const [low, high] = wilson(value, n);
  return `${format(low)} – ${format(high)}`;
}

function boundOf(bound: Gate[string] | undefined): string {
  if (!bound) return '';
  return [bound.min === undefined ? '' : `≥ ${bound.min}`, bound.max === undefined ? '' : `≤ ${bound.max}`].filter(Boolean).join(', ');
}

function format(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}

interface CurvePoint {
  falseRefusal: number;
  refused: number;
}

const SIZE = 320;
const MARGIN = 48;

/** Plain SVG: axes from 0 to 1, one line, the figures as a title for those who cannot see it. */
function curvePlot(curve: CurvePoint[]): string {
  const x = (value: number) => MARGIN + value * SIZE;
  const y = (value: number) => MARGIN / 2 + (1 - value) * SIZE;
  const points = curve.map(({ falseRefusal, refused }) => `${x(falseRefusal).toFixed(1)},${y(refused).toFixed(1)}`).join(' ');
  const ticks = [0, 0.25, 0.5, 0.75, 1]
    .map(
      (tick) =>
        `<text x="${x(tick)}" y="${y(0) + 16}" text-anchor="middle">${tick * 100}</text><text x="${x(0) - 6}" y="${y(tick) + 4}" text-anchor="end">${tick * 100}</text>`,
    )
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE + 2 * MARGIN}" height="${SIZE + 2 * MARGIN}" font-family="sans-serif" font-size="12" role="img">
<title>${curve.map(({ falseRefusal, refused }) => `${Math.round(falseRefusal * 100)} % → ${Math.round(refused * 100)} %`).join(', ')}</title>
<rect width="100%" height="100%" fill="#fff"/><rect x="${MARGIN}" y="${MARGIN / 2}" width="${SIZE}" height="${SIZE}" fill="none" stroke="#5b6f82"/>
<polyline points="${points}" fill="none" stroke="#0066cc" stroke-width="2"/>${ticks}
<text x="${x(0.5)}" y="${y(0) + 34}" text-anchor="middle">answerable questions refused, %</text>
<text transform="translate(12 ${y(0.5)}) rotate(-90)" text-anchor="middle">unanswerable questions refused, %</text>
</svg>
`;
}
