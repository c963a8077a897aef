/** The demo's development questions as samples: what a calibration is fitted on. */
import path from 'node:path';
import { z } from 'zod';
import { readLines } from '../../corpus.ts';
import { askedOfDemo, type DemoTown } from '../../demo-town.ts';
import { sampleOf } from '../refusal.ts';
import type { FoldedSample } from '../refusal/folds.ts';

const folder = path.resolve(import.meta.dirname, '../../datasets');
const line = z.object({
  text: z.string(),
  lang: z.string(),
  history: z.array(z.unknown()).default([]),
  relevant: z.array(z.object({ document: z.string(), quote: z.string() })).default([]),
});

/**
 * One sample for each question that stands alone; without relevant passages it is one that nothing answers. Follow-ups are left out: how they are read depends
 * on the calibration in force, and a fit should not depend on the one before.
 */
export async function askDevelopment({ knowledge, holders }: DemoTown, files: string[]): Promise<FoldedSample[]> {
  const samples: FoldedSample[] = [];
  for (const { text, lang, history, relevant } of files.flatMap((file) => readLines(path.join(folder, file), line))) {
    if (history.length > 0) continue;
    const { confidence, passages } = await knowledge.steps(askedOfDemo(text, lang));
    const about = relevant.flatMap(({ document, quote }) => holders(document, quote));
    if (relevant.length > 0 && about.length === 0) throw new Error(`"${text}": no passage holds its quotation`);
    samples.push(sampleOf(confidence, passages, about));
  }
  return samples;
}
