/** What the bot's whole knowledge is made of: the tables of an archive, as they stand in the database. */
import { z } from 'zod';

const text = z.string();
const maybe = z.string().nullable();
const whole = z.number().int();

/** In the order they are written back. A column that is not here does not travel. */
export const ARCHIVED = {
  document: z.object({ id: text, title: text, source: text, created_at: text }),
  document_version: z.object({
    document_id: text,
    version: whole,
    status: z.enum(['draft', 'published', 'superseded', 'withdrawn']),
    title: text,
    lang: text,
    office: text,
    audience: z.enum(['citizen', 'staff']),
    source_url: maybe,
    text,
    valid_from: maybe,
    valid_until: maybe,
    updated_on: text,
    owner: maybe,
    review_by: maybe,
    hash: text,
    created_at: text,
    published_at: maybe,
  }),
  passage: z.object({
    id: text,
    document_id: text,
    version: whole,
    position: whole,
    anchor: text,
    headings: text,
    start_at: whole,
    end_at: whole,
  }),
  version_note: z.object({
    document_id: text,
    version: whole,
    markdown: maybe,
    phrasings: text,
    author: maybe,
    author_name: maybe,
    stage: text,
    reviewer: maybe,
    reviewer_name: maybe,
    base: whole.nullable(),
  }),
  section_mend: z.object({ document_id: text, version: whole, sections: text, mends: text }),
  document_test: z.object({
    id: text,
    document_id: text,
    kind: z.enum(['cites', 'silent']),
    question: text,
    lang: text,
    anchor: maybe,
    created_by: text,
    created_at: text,
  }),
  curated_answer: z.object({
    id: text,
    question: text,
    phrasings: text,
    lang: text,
    text,
    office: text,
    document_id: text,
    version: whole,
    passage_id: text,
    quote: text,
    hits: whole,
    created_by: text,
    created_at: text,
    updated_at: text,
  }),
  // Masked when they were stored; the answers and conversations they came from stay where they are.
  gap: z.object({ id: text, question: text, lang: text, reason: text, status: text, created_at: text, closed_at: maybe }),
  gap_work: z.object({
    gap_id: text,
    owner: maybe,
    due_on: maybe,
    closed_by: maybe,
    document_id: maybe,
    version: whole.nullable(),
    note: maybe,
  }),
  office: z.object({ name: text, address: text, hours: text, phone: text, email: text, topics: text }),
  editor_office: z.object({ office: text, second_person: whole }),
  source: z.object({
    id: text,
    url: text,
    kind: text,
    office: text,
    lang: maybe,
    every_hours: whole,
    publish: whole,
    created_by: text,
    created_at: text,
    next_at: text,
  }),
  page_translation: z.object({ document_id: text, of_document: text, of_version: whole }),
  lexicon_entry: z.object({ id: text, everyday: text, official: text, lang: text, created_by: text, created_at: text }),
  learned: z.object({ name: text, value: text, learned_at: text }),
};

export type ArchivedTable = keyof typeof ARCHIVED;
export const ARCHIVED_TABLES = Object.keys(ARCHIVED) as ArchivedTable[];

/** What was fitted on a collection belongs to it; that the demo was loaded does not. */
export const LEARNED_OF_COLLECTION = (name: string): boolean => name !== 'demo';

/** The same for people with a spreadsheet: file → table and columns. */
export const SHEETS: Record<string, { table: ArchivedTable; columns: string[] }> = {
  'pagine.csv': {
    table: 'document_version',
    columns: [
      'document_id',
      'version',
      'status',
      'title',
      'office',
      'lang',
      'valid_from',
      'valid_until',
      'updated_on',
      'owner',
      'review_by',
      'source_url',
    ],
  },
  'domande-di-prova.csv': { table: 'document_test', columns: ['document_id', 'kind', 'question', 'lang', 'anchor'] },
  'risposte-pronte.csv': {
    table: 'curated_answer',
    columns: ['question', 'phrasings', 'lang', 'text', 'office', 'document_id', 'quote', 'hits'],
  },
  'lacune.csv': { table: 'gap', columns: ['question', 'lang', 'reason', 'status', 'created_at', 'closed_at'] },
};
