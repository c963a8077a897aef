/** Step 6, understandQuestion: language, kind, and the question made to stand alone. No model: rules that can be read. */
import { wordsOf } from '../indexes/analyzer.ts';
import { readingOf } from '../languages/reading/read.ts';
import { recogniseIntent } from './intents.ts';
import { identifyLanguage } from './language.ts';
import { topicWords } from './topic.ts';
import type { Question, UnderstoodQuestion } from './question.ts';

const JOINS = /^\s*(?:e|ed|ma|invece|anche|oppure|però|and|but|what about|und|aber|et|mais|y|pero)\b/i;
const POINTS = /\b(?:quello|quella|questo|questa|lo stesso|la stessa|that one|it|davon|dafür|celui|eso|esto)\b/i;
/** A join or a pointing word in a longer sentence joins its own parts. */
const SHORT_WORDS = 8;

export interface Understanding {
  /** Languages in use; the first is the body's own and the prior of a first message. */
  languages: string[];
}

export function understandQuestion(question: Question, { languages }: Understanding): UnderstoodQuestion {
  const prior = question.lang ?? languages[0] ?? 'it';
  const lang = identifyLanguage(question.text, prior);
  const intent = recogniseIntent(question.text);
  if (intent.kind !== 'question') return { question, lang, standalone: question.text, ...intent };
  const before = question.history.filter((turn) => turn.role === 'citizen').at(-1);
  if (!before || !leansBack(question.text, lang)) {
    // A question that stands alone starts a topic: what was said before would only pull it back.
    return { question: { ...question, history: [], lastCited: [] }, lang, standalone: question.text, kind: 'question' };
  }
  return { question, lang, standalone: `${before.text} ${question.text}`, kind: 'question' };
}

/** No topic of its own, a short sentence that joins or points, or a bare piece ("per i minori?"): understood only with what came before. */
function leansBack(text: string, lang: string): boolean {
  const topics = topicWords(text, lang);
  if (topics.length === 0) return true;
  const words = wordsOf(text);
  if (words.length <= SHORT_WORDS && (JOINS.test(text) || POINTS.test(text))) return true;
  const reading = readingOf(lang);
  const asks = words.some((word) => reading.lightWords.has(word) || (!reading.stopWords.has(word) && !topics.includes(word)));
  return topics.length === 1 && !asks && words.length <= 3;
}
