/** What editors do with documents: drafts, the gate, publication, return to an older version. Permissions and audit are the caller's (`within`). */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Answering } from '../answering/answer.ts';
import type { Answer, Passage, Question } from '../answering/question.ts';
import type { KnowledgeIndex } from '../indexes/contract.ts';
import { overlay } from '../indexes/embedded/overlay.ts';
import type { Converter } from '../ingest/convert.ts';
import { checkMetadata, completeMetadata, type Metadata, slug } from '../ingest/metadata.ts';
import { placeGiven, splitDocument } from '../ingest/split.ts';
import { Unreadable } from '../readers/contract.ts';
import { type Conflict, createClaimReader, findConflicts } from './conflicts.ts';
import type { PreparedDocument, StoredVersion } from './document.ts';
import { phrasingsOf, prepareMarkdown } from './draft.ts';
import { type GateReport, runGate } from './gate.ts';
import { type InForce, putInForce, restoreVersion } from './put-in-force.ts';
import { passagesOf, readVersion } from './versions.ts';

/** A question that stood at the bound of being answered and falls by this much was not broken by the edit. */
const HAIR = 0.02;
/** What a form takes: a file whose title is a whole paragraph can still be corrected. */
const LONGEST_TITLE = 300;

export interface EditingParts {
  database: Database;
  index: KnowledgeIndex;
  converter: Converter;
  /** Answers from another index by the same rules. */
  answeringFrom(index: KnowledgeIndex, lenience?: number): Answering;
  live(question: Question): Promise<Answer>;
  indexAgain(documentId: string): Promise<void>;
  guessLanguage(text: string): string;
}

export interface Editing {
  /** A file as a document. Throws Unreadable with one line for the editor. */
  prepareFile(bytes: Uint8Array, name: string, given: Metadata, today: string): Promise<PreparedDocument>;
  /** Markdown as a document; front matter counts where nothing else is given. Throws Unreadable. */
  prepareText(markdown: string, given: Metadata & { id: string; title: string }, today: string): Promise<PreparedDocument>;
  /** Runs every check against the index as it would be. Some ms a question. null = no such draft. */
  check(documentId: string, version: number, options: CheckOptions): Promise<GateReport | null>;
  /** Answers as they would be with the draft in force. null = no such draft. */
  trial(documentId: string, version: number): Promise<((question: Question) => Promise<Answer>) | null>;
  publish(documentId: string, version: number, options: { from?: string | null; within?(tx: Writer): Promise<void> }): Promise<InForce>;
  restore(
    documentId: string,
    version: number,
    author: { id: string; name: string },
    within: (tx: Writer, restored: number) => Promise<void>,
  ): Promise<number | null>;
  conflicts(passages: Passage[], at: string): Promise<Conflict[]>;
  /** Passages in force or to come of a document, as the index holds them. */
  indexed(documentId: string): Passage[];
  /** Contradictions among everything in force that day, each pair once; kept until something is published. */
  allConflicts(at: string): Promise<Conflict[]>;
}

export interface CheckOptions {
  today: string;
  /** First day of the draft; absent = its own, or today. */
  from?: string | null;
  mask(text: string): string;
}

export function createEditing(parts: EditingParts): Editing {
  const { database, index } = parts;

  async function draftOf(documentId: string, version: number): Promise<{ draft: StoredVersion; passages: Passage[] } | null> {
    const draft = await readVersion(database, documentId, version, true);
    return draft && { draft, passages: passagesOf(draft, await phrasingsOf(database, documentId, version)) };
  }

  async function currentOf(documentId: string, on: string): Promise<StoredVersion | null> {
    const row = await database.read
      .selectFrom('document_version')
      .select('version')
      .where('document_id', '=', documentId)
      .where('status', '=', 'published')
      .where((builder) => builder.or([builder('valid_from', 'is', null), builder('valid_from', '<=', on)]))
      .orderBy('version', 'desc')
      .executeTakeFirst();
    return row ? readVersion(database, documentId, row.version) : null;
  }

  const conflicts = (passages: Passage[], at: string) => findConflicts({ index }, passages, at);

  let kept: { key: string; found: Promise<Conflict[]> } | null = null;

  async function everyConflict(at: string): Promise<Conflict[]> {
    const documents = Map.groupBy([...index.collection.entries], ({ passage }) => passage.documentId);
    const pairs = new Map<string, Conflict>();
    const read = createClaimReader(index.collection.lexicon);
    for (const entries of documents.values())
      for (const conflict of await findConflicts(
        { index, read },
        entries.map(({ passage }) => passage).filter(({ validFrom, validUntil }) => (validFrom ?? '') <= at && (validUntil ?? '9') >= at),
        at,
      )) {
        const key = [conflict.mine, conflict.other]
          .map(({ documentId, text }) => `${documentId} ${text}`)
          .sort()
          .join('\n');
        if (!pairs.has(key)) pairs.set(key, conflict);
      }
    return [...pairs.values()];
  }

  return {
    async prepareFile(bytes, name, given, today) {
      const [read, ...others] = await parts.converter.convert(bytes, name);
      if (!read) throw new Unreadable('non contiene testo da cui rispondere');
      if (others.length > 0) throw new Unreadable('contiene più documenti: caricali uno per uno');
      const { text, sections } = read.given ? placeGiven(read.given) : splitDocument(read.blocks);
      if (sections.length === 0) throw new Unreadable('non contiene testo da cui rispondere');
      const title = (read.title ?? name.replace(/\.\w+$/, '')).slice(0, LONGEST_TITLE);
      const lang = read.lang && /^[a-z]{2}$/.test(read.lang) ? read.lang : parts.guessLanguage(text.slice(0, 2_000));
      const meta = completeMetadata({ given, own: checkMetadata(read.meta), title, id: slug(title), lang, today });
      return { meta, source: `editor:${meta.id}`, text, sections };
    },
    async prepareText(markdown, given, today) {
      const lang = given.lang ?? parts.guessLanguage(markdown.slice(0, 2_000));
      const meta = completeMetadata({ given, own: {}, title: given.title, id: given.id, lang, today });
      const prepared = await prepareMarkdown(markdown, meta, `editor:${meta.id}`);
      if (prepared.sections.length === 0) throw new Unreadable('non contiene testo da cui rispondere');
      return prepared;
    },
    async check(documentId, version, { today, from, mask }) {
      const found = await draftOf(documentId, version);
      if (!found) return null;
      const first = from === undefined ? found.draft.validFrom : from;
      const on = first && first > today ? first : today;
      const draft = { ...found.draft, validFrom: first };
      const passages = found.passages.map((passage) => ({ ...passage, validFrom: first }));
      const current = await currentOf(documentId, on);
      const answering = parts.answeringFrom(overlay(index, documentId, passages), HAIR);
      return runGate(
        {
          database,
          live: parts.live,
          trial: (question) => answering.answer(question),
          async conflicts() {
            // What was there before the edit is told by the list of checks; it does not stop this one.
            const before = current ? new Set((await conflicts(passagesOf(current), on)).map(pairOf)) : new Set();
            return (await conflicts(passages, on)).filter((conflict) => !before.has(pairOf(conflict)));
          },
        },
        { draft, passages, current, on, today, mask },
      );
    },
    async trial(documentId, version) {
      const found = await draftOf(documentId, version);
      if (!found) return null;
      const answering = parts.answeringFrom(overlay(index, documentId, found.passages));
      return (question) => answering.answer(question);
    },
    async publish(documentId, version, options) {
      const published = await putInForce(database, documentId, version, options);
      await parts.indexAgain(documentId);
      return published;
    },
    async restore(documentId, version, author, within) {
      const restored = await restoreVersion(database, documentId, version, author, within);
      if (restored !== null) await parts.indexAgain(documentId);
      return restored;
    },
    conflicts,
    indexed: (documentId) => [...index.collection.entries].flatMap(({ passage }) => (passage.documentId === documentId ? [passage] : [])),
    async allConflicts(at) {
      const key = `${index.collection.revision()} ${at}`;
      if (kept?.key !== key) kept = { key, found: everyConflict(at) };
      return kept.found;
    },
  };
}

function pairOf({ mine, other }: Conflict): string {
  return JSON.stringify([mine.text, other.documentId, other.text]);
}
