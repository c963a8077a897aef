/** What stands between a draft and its publication. Everything is asked of the index as it would be with the draft in it. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { Answer, Passage, Question } from '../answering/question.ts';
import { answersCiting } from './citing.ts';
import type { Conflict } from './conflicts.ts';
import type { StoredVersion } from './document.ts';
import { placeNow } from './mend-store.ts';
import { placeholderIn } from './placeholder.ts';
import { gulpease, proseOf, READABLE } from './plain-words.ts';
import { judge, listTests, lost } from './tests.ts';

export interface FailedCheck {
  check: 'test' | 'answered' | 'grounding' | 'conflict' | 'readability';
  /** The question that would come out wrong. */
  question?: string;
  /** One line for the editor. */
  detail: string;
}

export interface GateReport {
  failed: FailedCheck[];
  /** How many questions were asked: the page's own, and past ones. */
  tests: number;
  answered: number;
  /** Past questions that were left out because time was up. */
  left: number;
  ms: number;
}

export interface GateParts {
  database: Database;
  /** As the public is answered now. */
  live(question: Question): Promise<Answer>;
  /** As it would be answered with the draft in the old version's place. */
  trial(question: Question): Promise<Answer>;
  conflicts(passages: Passage[]): Promise<Conflict[]>;
}

export interface GateOptions {
  draft: StoredVersion;
  passages: Passage[];
  /** What the draft takes the place of; null for a new page. */
  current: StoredVersion | null;
  /** First day of the draft, or today. */
  on: string;
  today: string;
  now?: Date;
  /** Masks personal data in what is shown of past questions. */
  mask(text: string): string;
}

const MOST_QUESTIONS = 200;
/** Past questions stop here, so that a publication is decided in half a minute whatever was asked. */
const TIME_MS = 20_000;

export async function runGate(parts: GateParts, options: GateOptions): Promise<GateReport> {
  const { draft, passages, current, on, today } = options;
  const started = performance.now();
  const failed: FailedCheck[] = [];
  const text = new Map(passages.map((passage) => [passage.id, passage.text]));
  const question = (words: string, lang: string): Question => ({ text: words, lang, history: [], at: on, audience: draft.audience });
  const checkQuotes = (asked: string, answer: Answer) => {
    for (const { documentId, passageId, quote } of answer.citations)
      if (documentId === draft.id && !text.get(passageId)?.includes(quote))
        failed.push({ check: 'grounding', question: asked, detail: 'la citazione non si trova parola per parola nella bozza' });
  };

  if (passages.length === 0 || passages.some(({ start, end }) => start < 0 || end > draft.text.length || end <= start))
    failed.push({ check: 'grounding', detail: 'la bozza non contiene testo da cui rispondere' });

  const example = placeholderIn(draft.text);
  if (example) failed.push({ check: 'grounding', detail: `c’è ancora il testo di esempio «${example}»: scrivi il tuo, o toglilo` });

  // A test of a place that was joined to another looks where that text is now.
  const tests = (await listTests(parts.database, draft.id)).map((test) =>
    test.anchor ? { ...test, anchor: placeNow(draft, test.anchor) } : test,
  );
  for (const test of tests) {
    const answer = await parts.trial(question(test.question, test.lang));
    const before = test.kind === 'cites' && current ? await parts.live({ ...question(test.question, test.lang), at: today }) : null;
    const wrong = judge(test, answer) ?? (before && lost(test.question, before, answer));
    if (wrong) failed.push({ check: 'test', question: test.question, detail: wrong });
    checkQuotes(test.question, answer);
    await breathe();
  }

  let answered = 0;
  let left = 0;
  if (current) {
    const asked = await pastQuestions(parts.database, draft.id, options.now ?? new Date());
    for (const past of asked) {
      if (performance.now() - started > TIME_MS) {
        left = asked.length - answered;
        break;
      }
      answered++;
      await breathe();
      const trial = await parts.trial(question(past.question, past.lang));
      checkQuotes(options.mask(past.question), trial);
      // What the page no longer answers today is no fault of this draft.
      const live = await parts.live({ ...question(past.question, past.lang), at: today });
      if (judge({ kind: 'cites', documentId: draft.id, anchor: null }, live)) continue;
      const wrong = judge({ kind: 'cites', documentId: draft.id, anchor: null }, trial) ?? lost(past.question, live, trial);
      if (!wrong) continue;
      failed.push({ check: 'answered', question: options.mask(past.question), detail: wrong });
    }
  }

  for (const { mine, other } of await parts.conflicts(passages))
    failed.push({
      check: 'conflict',
      detail: `«${mine.text}» non va d’accordo con «${other.text}» (pagina «${other.title}»)`,
    });

  const index = gulpease(proseOf(draft));
  const before = current ? gulpease(proseOf(current)) : 100;
  if (draft.lang === 'it' && index < READABLE && index < before - 2)
    failed.push({ check: 'readability', detail: `l’indice Gulpease è ${index}: sotto ${READABLE} il testo è difficile per molte persone` });
  return { failed, tests: tests.length, answered, left, ms: Math.round(performance.now() - started) };
}

/** Distinct questions of the last 90 days whose answer cited the page and that nobody complained about, newest first. */
async function pastQuestions(database: Database, documentId: string, now: Date): Promise<{ question: string; lang: string }[]> {
  const found = new Map<string, { question: string; lang: string }>();
  for await (const { question, lang, complaint } of answersCiting(database, documentId, now)) {
    const key = question
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    if (!complaint && !found.has(key)) found.set(key, { question, lang });
    if (found.size >= MOST_QUESTIONS) break;
  }
  return [...found.values()];
}

/** Citizens are answered between two questions of the gate. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
