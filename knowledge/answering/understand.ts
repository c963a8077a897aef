/** Step 6, understandQuestion: language, kind, and the question made to stand alone. No model: rules that can be read. */
import { wordsOf } from '../indexes/analyzer.ts';
import { readingOf } from '../languages/reading/read.ts';
import { recogniseIntent } from './intents.ts';
import { identifyLanguage } from './language.ts';
import type { Question, UnderstoodQuestion } from './question.ts';

/** Fewer content words than this cannot name a topic and what is asked of it. */
const FEW_WORDS = 3;
const LEANS_BACK =
  /^\s*(?:e|ed|ma|e se|invece|anche|oppure|però|and|but|what about|und|aber|et|mais|y|pero)\b|\b(?:quello|quella|questo|questa|lo stesso|la stessa|ne ho|that one|it\b|davon|celui|eso|esto)\b/i;

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

function leansBack(text: string, lang: string): boolean {
  const reading = readingOf(lang);
  const content = wordsOf(text).filter((word) => !reading.stopWords.has(word));
  return content.length < FEW_WORDS || (LEANS_BACK.test(text) && content.length < FEW_WORDS * 2);
}
