/** A corpus of any size in the demo's own words: sentences of its pages put together anew, with place names, numbers and dates that differ, so that the vocabulary grows as it does in real collections. Seeded: the same size gives the same text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import openDatabase from '../../connectors/databases/embedded.ts';
import type { PreparedDocument, Section } from '../../knowledge/documents/document.ts';
import { storeVersion } from '../../knowledge/documents/publish.ts';

const DOCUMENTS = resolve(import.meta.dirname, '../../knowledge/demo/documents');
const PASSAGES = 12;
/** Concurrent writes share a commit. */
const TOGETHER = 100;
const SYLLABLES =
  'ba be bi bo ca co cu da de di do fa fi fo ga go la le li lo lu ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi zo'.split(
    ' ',
  );

export interface Page {
  title: string;
  headings: string[];
  sentences: string[];
}

/** Documents of twelve passages, `passages` in all. */
export function* makeCorpus(passages: number, seed = 1): Generator<PreparedDocument> {
  const pages = readPages();
  const random = mulberry(seed);
  const pick = <T>(items: T[]): T => pickFrom(items, random);
  for (let made = 0, n = 0; made < passages; n++) {
    const page = pages[n % pages.length] as Page;
    const other = pick(pages);
    const names = [placeName(random), placeName(random), placeName(random)];
    const title = `${page.title}, ${names[0]}`;
    let text = title;
    const sections: Section[] = [];
    for (; sections.length < PASSAGES && made < passages; made++) {
      const heading = pick(page.headings);
      const sentences = Array.from({ length: 3 + Math.floor(random() * 4) }, () =>
        vary(pick(random() < 0.8 ? page.sentences : other.sentences), random, pick(names)),
      );
      const start = text.length + 2;
      text = `${text}\n\n${sentences.join(' ')}`;
      sections.push({ anchor: `p-${sections.length}`, headings: [heading], start, end: text.length });
    }
    yield { meta: metaOf(`pagina-${n}`, title), source: `pagina-${n}`, text, sections };
  }
}

/** Publishes the documents in an embedded database of its own, in a folder that no server holds. */
export async function storeAll(dataDir: string, documents: Iterable<PreparedDocument>): Promise<void> {
  const database = await openDatabase({ dataDir });
  const writing: Promise<unknown>[] = [];
  for (const document of documents) {
    writing.push(storeVersion(database, document));
    if (writing.length === TOGETHER) await Promise.all(writing.splice(0));
  }
  await Promise.all(writing);
  await database.close();
}

/** Metadata of an invented page. */
export function metaOf(id: string, title: string): PreparedDocument['meta'] {
  const dates = { validFrom: null, validUntil: null, updatedOn: '2026-01-01' };
  return { id, title, lang: 'it', office: 'Tributi', audience: 'citizen', sourceUrl: null, owner: null, reviewBy: null, ...dates };
}

export function pickFrom<T>(items: T[], random: () => number): T {
  return items[Math.floor(random() * items.length)] as T;
}

/** Some numbers change, and one sentence in three names a place. */
export function vary(sentence: string, random: () => number, name: string): string {
  const numbered = sentence.replace(/\d+/g, (digits) =>
    random() < 0.5 ? digits : String(Math.floor(random() * 10 ** Math.min(digits.length, 6))),
  );
  return random() < 0.3 ? numbered.replace(/[.;:]?$/, ` a ${name}.`) : numbered;
}

/** Three or four syllables. */
export function placeName(random: () => number): string {
  const syllables = Array.from({ length: 3 + Math.floor(random() * 2) }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('');
  return syllables[0]?.toUpperCase() + syllables.slice(1);
}

/** The demo's pages in Markdown. */
export function readPages(): Page[] {
  return readdirSync(DOCUMENTS)
    .filter((file) => file.endsWith('.md'))
    .map((file) => {
      const lines = readFileSync(join(DOCUMENTS, file), 'utf8').split('\n');
      const headings = lines.filter((line) => line.startsWith('##')).map((line) => line.replace(/^#+\s*/, ''));
      const body = lines.filter((line) => line && !/^(#|\||---)/.test(line)).join(' ');
      return {
        title: lines.find((line) => line.startsWith('# '))?.slice(2) ?? file,
        headings: headings.length > 0 ? headings : [''],
        sentences: body.split(/(?<=[.;:?!])\s+/).filter((sentence) => sentence.length > 30),
      };
    });
}

/** A generator of numbers from 0 to 1 that its seed decides. */
export function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
