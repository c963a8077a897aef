/** Offices with their hours: where a question goes that no document answers. */
import type { Database } from '../connectors/databases/contract.ts';
import { stemsOf } from './indexes/analyzer.ts';

export interface Office {
  name: string;
  address: string;
  hours: string;
  phone: string;
  email: string;
  /** Words that name its work. */
  topics: string[];
}

export async function saveOffices(database: Database, offices: Office[]): Promise<void> {
  await database.write(async (tx) => {
    for (const office of offices) {
      const row = { ...office, topics: JSON.stringify(office.topics) };
      const { name: _name, ...changes } = row;
      await tx
        .insertInto('office')
        .values(row)
        .onConflict((conflict) => conflict.column('name').doUpdateSet(changes))
        .execute();
    }
  });
}

export async function readOffices(database: Database): Promise<Office[]> {
  const rows = await database.read.selectFrom('office').selectAll().orderBy('name').execute();
  return rows.map((row) => ({ ...row, topics: JSON.parse(row.topics) as string[] }));
}

const topicsByOffice = new WeakMap<Office, string[][]>();

/** Its topics as stems, read once. */
function topicsOf(office: Office): string[][] {
  let known = topicsByOffice.get(office);
  if (!known) {
    known = office.topics.map((topic) => stemsOf(topic, 'it'));
    topicsByOffice.set(office, known);
  }
  return known;
}

/** The office whose topics the words name, most of them first; null = none of them. */
export function namedOffice(offices: Office[], text: string): Office | null {
  const asked = new Set(stemsOf(text, 'it'));
  let best: { office: Office; hits: number } | null = null;
  for (const office of offices) {
    const hits = topicsOf(office).filter((stems) => stems.every((stem) => asked.has(stem))).length;
    if (hits > (best?.hits ?? 0)) best = { office, hits };
  }
  return best?.office ?? null;
}

/** The office that the words name; else the one whose pages are nearest; else the front desk (the office with the topic `urp`), else null. */
export function competentOffice(offices: Office[], text: string, nearest: string[]): Office | null {
  const byWords = namedOffice(offices, text);
  if (byWords) return byWords;
  const byPages = nearest.map((name) => offices.find((office) => office.name === name)).find(Boolean);
  return byPages ?? offices.find((office) => office.topics.includes('urp')) ?? offices[0] ?? null;
}
