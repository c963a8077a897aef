/** Step 6, understandQuestion: language, kind, and the question made to stand alone. No model: rules that can be read. */
import { recogniseIntent } from './intents.ts';
import { identifyLanguage } from './language.ts';
import type { Question, UnderstoodQuestion } from './question.ts';
import { joined, type Leaning, type ReadTurn, readTurn, threadOf } from './understanding/follow-up.ts';

export interface Understanding {
  /** Languages in use; the first is the body's own and the prior of a first message. */
  languages: string[];
  /** Whether a word stands in the title of a document: then it names a subject. */
  isTitled?(word: string, lang: string): boolean;
  /** Says something else after every change of the titles; absent = questions are read anew each time. */
  revision?(): number;
}

/** The question by itself, and as a follow-up where it may be one. */
export interface Understood {
  alone: UnderstoodQuestion;
  /** Null = nothing was said before, or it needs none of it. */
  following: UnderstoodQuestion | null;
  leaning: Leaning;
}

/** `together`: asked in one breath with the question before, so that a subject left unsaid is that one's. */
export function understandQuestion(question: Question, understanding: Understanding, together = false): Understood {
  const { languages, isTitled = () => false } = understanding;
  const prior = question.lang ?? languages[0] ?? 'it';
  const lang = identifyLanguage(question.text, prior);
  const intent = recogniseIntent(question.text);
  // A question that stands alone starts a topic: what was said before would only pull it back.
  const fresh: Question = { ...question, history: [], lastCited: [] };
  if (intent.kind !== 'question')
    return { alone: { question, lang, standalone: question.text, ...intent }, following: null, leaning: 'no' };
  const alone: UnderstoodQuestion = { question: fresh, lang, standalone: question.text, kind: 'question' };
  const titled = (word: string) => isTitled(word, lang);
  const said = question.history.filter((turn) => turn.role === 'citizen').map(({ text }) => text);
  const read = readerOf(understanding, lang, titled);
  const thread = said.length > 0 ? threadOf(said, lang, titled, read) : null;
  const leant = thread ? read(question.text).leaning : 'no';
  const leaning = !together || !thread ? leant : leant === 'no' ? 'maybe' : 'yes';
  if (!thread || leaning === 'no') return { alone, following: null, leaning: 'no' };
  const standalone = joined(question.text, thread, lang);
  // Near the passages that were cited; the words said before are in the question now.
  const following: UnderstoodQuestion = { question: { ...question, text: standalone, history: [] }, lang, standalone, kind: 'question' };
  return { alone, following, leaning };
}

const TURNS_KEPT = 2_000;
const LONGEST_KEPT = 1_000;
/** A question is read when it is asked, and again with each that follows it. */
const turns = new WeakMap<Understanding, { revision: number; byLang: Map<string, Map<string, ReadTurn>> }>();

function readerOf(understanding: Understanding, lang: string, titled: (word: string) => boolean): (text: string) => ReadTurn {
  const revision = understanding.revision?.();
  if (revision === undefined) return (text) => readTurn(text, lang, titled);
  let kept = turns.get(understanding);
  if (kept?.revision !== revision) {
    kept = { revision, byLang: new Map() };
    turns.set(understanding, kept);
  }
  const read = kept.byLang.get(lang) ?? new Map<string, ReadTurn>();
  kept.byLang.set(lang, read);
  return (text) => {
    const known = read.get(text);
    if (known) return known;
    const made = readTurn(text, lang, titled);
    if (read.size >= TURNS_KEPT) read.clear();
    if (text.length <= LONGEST_KEPT) read.set(text, made);
    return made;
  };
}
