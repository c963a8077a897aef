/** Answers that editors wrote for a question: they come before retrieval, each cites a passage in force, and expire with it. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Answer, Passage, Question } from '../answering/question.ts';
import { supportOf } from '../answering/support.ts';
import { stemOf, wordsOf } from '../indexes/analyzer.ts';
import type { KnowledgeIndex } from '../indexes/contract.ts';
import { readingOf } from '../languages/reading/read.ts';

export interface CuratedAnswer {
  id: string;
  question: string;
  phrasings: string[];
  lang: string;
  text: string;
  office: string;
  documentId: string;
  version: number;
  passageId: string;
  quote: string;
  hits: number;
}

export interface Curated {
  /** null = nothing curated for this question today. */
  answer(question: Question, origin: string): Omit<Answer, 'ms'> | null;
  /** One by its id, as it would be given on that day; null = there is none, or no passage in force holds it any more. */
  cite(id: string, at: string, origin: string): Omit<Answer, 'ms'> | null;
  list(): (CuratedAnswer & { expired: boolean })[];
  /** Reads the table again. */
  load(): Promise<void>;
}

export function createCurated(parts: { database: Database; index: KnowledgeIndex; onSurprise(error: unknown): void }): Curated {
  const { database, index } = parts;
  let all: CuratedAnswer[] = [];
  let languages: string[] = [];
  let byKey = new Map<string, CuratedAnswer>();

  /** The cited passage as it is in force; an unchanged quotation is also found in a newer version of the page. */
  function passageOf(curated: CuratedAnswer, at: string | null): Passage | null {
    const inForce = ({ validFrom, validUntil }: Passage) =>
      at === null || ((validFrom === null || validFrom <= at) && (validUntil === null || validUntil >= at));
    const known = index.collection.get(curated.passageId)?.passage;
    if (known && inForce(known) && known.text.includes(curated.quote)) return known;
    for (const { passage } of index.collection.entries)
      if (passage.documentId === curated.documentId && inForce(passage) && passage.text.includes(curated.quote)) return passage;
    return null;
  }

  return {
    answer(question, origin) {
      const [curated] = languages.flatMap((lang) => byKey.get(keyOf(question.text, lang)) ?? []);
      const passage = curated && passageOf(curated, question.at);
      if (!curated || !passage || (passage.audience === 'staff' && question.audience !== 'staff')) return null;
      database
        .write((tx) =>
          tx
            .updateTable('curated_answer')
            .set((builder) => ({ hits: builder('hits', '+', 1) }))
            .where('id', '=', curated.id)
            .execute(),
        )
        .catch(parts.onSurprise);
      curated.hits++;
      return written(curated, passage, origin);
    },
    cite(id, at, origin) {
      const curated = all.find((one) => one.id === id);
      const passage = curated && passageOf(curated, at);
      return passage && passage.audience !== 'staff' ? written(curated, passage, origin) : null;
    },
    list: () => all.map((curated) => ({ ...curated, expired: passageOf(curated, null) === null })),
    async load() {
      const rows = await database.read.selectFrom('curated_answer').selectAll().orderBy('created_at').execute();
      all = rows.map((row) => ({
        id: row.id,
        question: row.question,
        phrasings: JSON.parse(row.phrasings) as string[],
        lang: row.lang,
        text: row.text,
        office: row.office,
        documentId: row.document_id,
        version: row.version,
        passageId: row.passage_id,
        quote: row.quote,
        hits: row.hits,
      }));
      languages = [...new Set(all.map(({ lang }) => lang))];
      byKey = new Map(
        all.flatMap((curated) => [curated.question, ...curated.phrasings].map((text) => [keyOf(text, curated.lang), curated])),
      );
    },
  };
}

/** The editor's words, held by the quotation. */
function written(curated: CuratedAnswer, passage: Passage, origin: string): Omit<Answer, 'ms'> {
  return {
    outcome: 'answered',
    reason: '',
    text: `${curated.text} [1]`,
    lang: curated.lang,
    choices: [],
    citations: [
      {
        position: 1,
        documentId: passage.documentId,
        passageId: passage.id,
        version: passage.version,
        title: passage.title,
        anchor: passage.anchor,
        heading: passage.headings.at(-1) ?? passage.title,
        url: `${origin}/sources/${encodeURIComponent(passage.documentId)}/${passage.version}#${passage.anchor}`,
        quote: curated.quote,
        validFrom: passage.validFrom,
        validUntil: passage.validUntil,
        updatedOn: passage.updatedOn,
      },
    ],
  };
}

/** Sentences of the text that the passage does not hold; [] = every one is supported. */
export function unsupported(text: string, passage: Passage): string[] {
  return text.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => sentence.trim() !== '' && !('quote' in supportOf(sentence, [passage])));
}

export interface CuratedRow extends Omit<CuratedAnswer, 'hits'> {
  by: string;
}

/** Writes or replaces in the caller's transaction. */
export async function saveCurated(tx: Writer, curated: CuratedRow, now = new Date()): Promise<void> {
  const changes = {
    question: curated.question,
    phrasings: JSON.stringify(curated.phrasings),
    lang: curated.lang,
    text: curated.text,
    office: curated.office,
    document_id: curated.documentId,
    version: curated.version,
    passage_id: curated.passageId,
    quote: curated.quote,
    updated_at: now.toISOString(),
  };
  await tx
    .insertInto('curated_answer')
    .values({ id: curated.id, ...changes, hits: 0, created_by: curated.by, created_at: now.toISOString() })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
    .execute();
}

/** Content words whatever their order and endings: the same question, not a similar one. Question words stay, since they turn its meaning. */
function keyOf(text: string, lang: string): string {
  const reading = readingOf(lang);
  const words = wordsOf(text).filter((word) => !reading.stopWords.has(word) || reading.lightWords.has(word));
  return `${lang} ${[...new Set(words.map((word) => stemOf(word, reading) ?? word))].sort().join(' ')}`;
}
