/** Reads evaluation files: corpora and questions as JSON lines, with a clear line for what cannot be read. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { BadCommand } from '../bot/control.ts';
import type { Passage, PastTurn } from '../knowledge/answering/question.ts';

const corpusLine = z.object({
  id: z.string().min(1),
  title: z.string().default(''),
  section: z.string().default(''),
  /** The service a card belongs to; stands above its section. */
  product: z.string().default(''),
  url: z.string().default(''),
  lang: z.string().default('it'),
  text: z.string(),
  doc: z.string().optional(),
});
const turn = z.object({ role: z.string(), text: z.string() });
const queryLine = z.object({
  id: z.string().min(1),
  lang: z.string().default('it'),
  text: z.string(),
  relevant: z.array(z.string()).default([]),
  history: z.array(turn).default([]),
  scenario: z.string().optional(),
  doc: z.string().optional(),
});

export interface EvalQuestion {
  id: string;
  lang: string;
  text: string;
  relevant: string[];
  history: PastTurn[];
  scenario?: string;
  /** Group of questions that belong together (a document). */
  doc?: string;
}

/** One value per line of a `.jsonl` file. Throws BadCommand naming file and line. */
export function readLines<T extends z.ZodType>(file: string, schema: T): z.infer<T>[] {
  if (!existsSync(file)) throw new BadCommand(`${file} does not exist`);
  const values: z.infer<T>[] = [];
  let number = 0;
  // Not node:readline, which also ends lines at U+2028, a legal character inside JSON strings.
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    number++;
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new BadCommand(`${file}:${number} is not JSON`);
    }
    const result = schema.safeParse(value);
    if (!result.success)
      throw new BadCommand(`${file}:${number} ${result.error.issues[0]?.path.join('.')}: ${result.error.issues[0]?.message}`);
    values.push(result.data);
  }
  return values;
}

/** A corpus as passages: lines with one `doc` are one document in file order. */
export async function readCorpus(file: string): Promise<Passage[]> {
  const positions = new Map<string, number>();
  return readLines(file, corpusLine).map((line) => {
    const documentId = line.doc ?? line.id;
    const position = positions.get(documentId) ?? 0;
    positions.set(documentId, position + 1);
    return {
      id: line.id,
      documentId,
      version: 1,
      title: line.title,
      headings: [line.product, ...line.section.split(' > ')].filter(Boolean),
      anchor: line.id,
      position,
      lang: line.lang,
      office: '',
      audience: 'citizen' as const,
      validFrom: null,
      validUntil: null,
      updatedOn: '',
      sourceUrl: line.url || null,
      start: 0,
      end: line.text.length,
      text: line.text,
    };
  });
}

export async function readQuestions(file: string): Promise<EvalQuestion[]> {
  return readLines(file, queryLine).map(({ history, scenario, doc, ...question }) => ({
    ...question,
    history: history.map(({ role, text }) => ({
      role: ['citizen', 'user'].includes(role) ? ('citizen' as const) : ('bot' as const),
      text,
    })),
    ...(scenario ? { scenario } : {}),
    ...(doc ? { doc } : {}),
  }));
}
