/** The redactor on lines with personal data and on harmless ones. */
import { z } from 'zod';
import { personalSpans, redact } from '../../../bot/privacy/redact.ts';
import { readLines } from '../../corpus.ts';
import { round } from '../../metrics.ts';
import type { SuiteArguments } from '../contract.ts';

const span = z.object({ type: z.string(), text: z.string(), start: z.number().int().optional() });
const line = z.object({ id: z.string(), message: z.string().optional(), text: z.string().optional(), spans: z.array(span).optional() });

interface Tally {
  found: number;
  n: number;
}

/** Lines without `spans` are another part's. A span is found when every sign of it is masked; a harmless line is a false alarm when anything is. */
export function runPii(file: string, out: SuiteArguments['out']): Record<string, unknown> {
  const tallies: Record<string, Tally> = {};
  const counts = { lines: 0, harmless: 0, falseAlarms: 0, outside: 0, signs: 0 };
  for (const { id, message, text: other, spans } of readLines(file, line)) {
    const text = message ?? other;
    if (!spans || text === undefined) continue;
    counts.lines++;
    const masked = maskedSigns(text);
    const missed: string[] = [];
    for (const { type, text: value, start = text.indexOf(value) } of spans) {
      tallies[type] ??= { found: 0, n: 0 };
      const tally = tallies[type];
      tally.n++;
      if (start >= 0 && masked.subarray(start, start + value.length).every(Boolean)) tally.found++;
      else missed.push(type);
    }
    if (spans.length === 0) {
      counts.harmless++;
      if (redact(text) !== text) counts.falseAlarms++;
    } else {
      for (const { text: value, start = text.indexOf(value) } of spans) masked.fill(0, start, start + value.length);
      counts.outside += masked.reduce((sum, one) => sum + one, 0);
      counts.signs += text.length;
    }
    out({ id, kind: 'pii', redacted: redact(text), missed });
  }
  const byType = Object.entries(tallies).map(([type, { found, n }]) => [type, { recall: round(found / n, 4), n }] as const);
  return {
    n: counts.lines,
    byType: Object.fromEntries(byType.sort(([a], [b]) => (a < b ? -1 : 1))),
    falseAlarms: counts.falseAlarms,
    harmless: counts.harmless,
    /** Share of the signs of lines with personal data that were masked and are none. */
    maskedOutside: round(counts.outside / Math.max(1, counts.signs), 4),
  };
}

function maskedSigns(text: string): Uint8Array {
  const signs = new Uint8Array(text.length);
  for (const { start, end } of personalSpans(text)) signs.fill(1, start, end);
  return signs;
}
