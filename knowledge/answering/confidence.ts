/** Do the best passages answer? One figure from 0 to 1, out of what retrieval saw and what the best sentences hold. */
import { stemsOf, wordsOf } from '../indexes/analyzer.ts';
import { readingOf } from '../languages/reading/read.ts';
import { askedFactType, holdsFact, STRICT, yearsIn } from './fact-type.ts';
import { readPassage } from './reading.ts';
import type { Draft, RankedPassage, UnderstoodQuestion } from './question.ts';

/** Bodies whose business is not ours: a signal when the passage does not name them. */
const OTHER_BODY =
  /\b(?:inps|inail|questura|prefettura|motorizzazione|agenzia delle entrate|asl|ausl|azienda sanitaria|pronto soccorso|ospedale|tribunale|poste italiane|enel|regione|provincia|comune di \p{Lu}\p{L}+|consolato|ambasciata|camera di commercio|aci\b|trenitalia|università)\b/giu;
/** The citizen's own case needs the case itself, not a page. */
const PERSONAL =
  /\b(?:la mia (?:pratica|domanda|richiesta|multa|posizione)|il mio (?:caso|fascicolo|debito|pagamento|rimborso|bonifico|turno)|a che punto|mi (?:hanno|avete) (?:approvato|respinto|risposto)|quando mi arriva|perché non mi|my (?:application|case|request)|mein antrag)\b/i;

/** Found by fitting on development questions (docs/decisions/0003-refusal.md): intercept, then one weight per signal. */
export const MODEL = {
  bias: -2.6,
  coverage: 2.6,
  titleCoverage: 1.0,
  words: 1.1,
  proximity: 0.6,
  factMissing: -1.5,
  largestUncovered: -0.35,
  otherBody: -2.2,
  personal: -1.6,
  yearMissing: -2.2,
  sentence: 2.0,
};

export interface Confidence {
  /** 0–1: how likely the draft answers. */
  p: number;
  signals: Record<keyof Omit<typeof MODEL, 'bias'>, number>;
}

export function weighConfidence(question: UnderstoodQuestion, passages: RankedPassage[], draft: Draft): Confidence {
  const best = passages.find(({ passage }) => passage.id === draft.sentences[0]?.passageId) ?? passages[0];
  const text = question.question.text;
  const shown = draft.sentences.map((sentence) => sentence.quote).join(' ');
  const whole = best ? `${best.passage.title} ${best.passage.headings.join(' ')} ${best.passage.text}` : '';
  const type = askedFactType(text);
  const uncovered = uncoveredWords(question, best);
  const missingYears = yearsIn(text).filter((year) => !whole.includes(year) && !shown.includes(year));
  const bodies = (text.match(OTHER_BODY) ?? []).filter((body) => !whole.toLowerCase().includes(body.toLowerCase()));
  const signals: Confidence['signals'] = {
    coverage: best?.signals['coverage'] ?? 0,
    titleCoverage: best?.signals['titleCoverage'] ?? 0,
    words: Math.min(1, (best?.signals['words'] ?? 0) / 18),
    proximity: Math.min(1, (best?.signals['proximity'] ?? 0) / 8),
    factMissing: STRICT.has(type) && !holdsFact(type, shown) ? 1 : 0,
    largestUncovered: uncovered,
    otherBody: bodies.length > 0 ? 1 : 0,
    personal: PERSONAL.test(text) ? 1 : 0,
    yearMissing: missingYears.length > 0 ? 1 : 0,
    sentence: sentenceCoverage(question, best, shown),
  };
  let z = MODEL.bias;
  for (const [name, value] of Object.entries(signals)) z += MODEL[name as keyof typeof MODEL] * value;
  return { p: 1 / (1 + Math.exp(-z)), signals };
}

/** Number of content words of the question that neither the passage nor its headings hold. */
function uncoveredWords(question: UnderstoodQuestion, best: RankedPassage | undefined): number {
  if (!best) return 4;
  const { passage } = best;
  const held = readPassage(passage).all;
  const reading = readingOf(question.lang);
  const words = wordsOf(question.question.text).filter((word) => !reading.stopWords.has(word) && word.length > 2);
  const missing = words.filter(
    (word) => !stemsOf(word, question.lang).some((stem) => held.has(stem)) && !stemsOf(word, passage.lang).some((stem) => held.has(stem)),
  );
  return Math.min(4, missing.length);
}

/** Share of the question's stems in what would be shown, headings counted too. */
function sentenceCoverage(question: UnderstoodQuestion, best: RankedPassage | undefined, shown: string): number {
  if (!best) return 0;
  const held = new Set(stemsOf(`${best.passage.title} ${best.passage.headings.join(' ')} ${shown}`, best.passage.lang));
  const asked = stemsOf(question.standalone, question.lang);
  return asked.length === 0 ? 0 : asked.filter((stem) => held.has(stem)).length / asked.length;
}
