/** Offices with their hours: where a question goes that no document answers. */
import type { Database } from '../connectors/databases/contract.ts';
import { contentStems } from './answering/content-stems.ts';
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

/** The topics of some offices as stems, by the first of them: few of the words of a question begin one. */
type Topics = Map<string, { office: Office; stems: string[] }[]>;
const topicsRead = new WeakMap<readonly Office[], Topics>();

/** Read once for each list of offices. */
function topicsOf(offices: readonly Office[]): Topics {
  let known = topicsRead.get(offices);
  if (known) return known;
  known = new Map();
  for (const office of offices) {
    for (const topic of office.topics) {
      const stems = stemsOf(topic, 'it');
      const first = stems[0] ?? '';
      const others = known.get(first);
      if (others) others.push({ office, stems });
      else known.set(first, [{ office, stems }]);
    }
  }
  topicsRead.set(offices, known);
  return known;
}

/** The office whose topics the words name, most of them first; null = none of them. O(words of the text). */
export function namedOffice(offices: readonly Office[], text: string): Office | null {
  const topics = topicsOf(offices);
  const asked = contentStems(text, 'it');
  const hits = new Map<Office, number>();
  const note = (first: string) => {
    for (const { office, stems } of topics.get(first) ?? NONE)
      if (stems.every((stem) => asked.has(stem))) hits.set(office, (hits.get(office) ?? 0) + 1);
  };
  asked.forEach(note);
  // A topic of stop words alone is named by any text.
  note('');
  if (hits.size === 0) return null;
  const most = Math.max(...hits.values());
  return offices.find((office) => hits.get(office) === most) ?? null;
}

const NONE: never[] = [];

/** The office that the words name; else the one whose pages are nearest; else the front desk (the office with the topic `urp`), else null. */
export function competentOffice(offices: Office[], text: string, nearest: string[]): Office | null {
  const byWords = namedOffice(offices, text);
  if (byWords) return byWords;
  const byPages = nearest.map((name) => offices.find((office) => office.name === name)).find(Boolean);
  return byPages ?? offices.find((office) => office.topics.includes('urp')) ?? offices[0] ?? null;
}
