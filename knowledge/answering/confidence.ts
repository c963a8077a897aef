/** Do the best passages answer? One figure from 0 to 1, out of what retrieval saw and what the best sentences hold. */
import { stemsOf } from '../indexes/analyzer.ts';
import { askedFactType, holdsFact, isAnnounced, LEAVES_TRACE, STRICT, yearsIn } from './fact-type.ts';
import { readPassage } from './reading.ts';
import { heldOf, holderOf, shareOf } from './topic.ts';
import type { Draft, RankedPassage, UnderstoodQuestion } from './question.ts';

/** Bodies whose business is not ours: a signal when the passage does not name them. */
const OTHER_BODY =
  /\b(?:inps|inail|questura|prefettura|motorizzazione|agenzia delle entrate|asl|ausl|azienda sanitaria|pronto soccorso|ospedale|tribunale|poste italiane|enel|regione|provincia|comune di \p{Lu}\p{L}+|consolato|ambasciata|camera di commercio|aci\b|trenitalia|università)\b/giu;
/** The citizen's own case needs the case itself, not a page. */
const PERSONAL =
  /\b(?:la mia (?:pratica|domanda|richiesta|multa|posizione)|il mio (?:caso|fascicolo|debito|pagamento|rimborso|bonifico|turno)|a che punto|mi (?:hanno|avete) (?:approvato|respinto|risposto)|quando mi arriva|perché non mi|my (?:application|case|request)|mein antrag)\b/i;

/** Set by hand on questions about the demo that are not those of eval/datasets (docs/decisions/0003-refusal.md): intercept, then one weight per signal. */
export const MODEL = {
  bias: -4.2,
  topicShown: 3,
  topicInTitle: 1.2,
  topicInPassage: 0.6,
  coverage: 0.6,
  words: 1.0,
  proximity: 0.5,
  announced: 0.6,
  factHeld: 0.7,
  factMissing: -1.4,
  noTopic: -0.6,
  otherBody: -2.2,
  personal: -1.8,
  yearMissing: -2.4,
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
  const read = best ? readPassage(best.passage) : null;
  const whole = best ? `${best.passage.title} ${best.passage.headings.join(' ')} ${best.passage.text}` : '';
  const type = askedFactType(text);
  const topic = question.topic ?? { words: [] };
  const missingYears = yearsIn(text).filter((year) => !whole.includes(year));
  const bodies = (text.match(OTHER_BODY) ?? []).filter((body) => !whole.toLowerCase().includes(body.toLowerCase()));
  const holds = holdsFact(type, shown);
  const signals: Confidence['signals'] = {
    topicShown: read ? shareOf(topic, heldOf(topic, holderOf(stemsOf(shown, best?.passage.lang ?? 'it'))), heldOf(topic, read.heading)) : 0,
    topicInTitle: read ? shareOf(topic, heldOf(topic, read.heading)) : 0,
    topicInPassage: read ? shareOf(topic, heldOf(topic, read.all)) : 0,
    coverage: best?.signals['coverage'] ?? 0,
    words: Math.min(1, (best?.signals['words'] ?? 0) / 18),
    proximity: Math.min(1, (best?.signals['proximity'] ?? 0) / 8),
    announced: best && isAnnounced(type, best.passage.headings.slice(-1)) ? 1 : 0,
    factHeld: LEAVES_TRACE.has(type) && holds ? 1 : 0,
    factMissing: STRICT.has(type) && !holds ? 1 : 0,
    noTopic: topic.words.length === 0 ? 1 : 0,
    otherBody: bodies.length > 0 ? 1 : 0,
    personal: PERSONAL.test(text) ? 1 : 0,
    yearMissing: missingYears.length > 0 ? 1 : 0,
  };
  let z = MODEL.bias;
  for (const [name, value] of Object.entries(signals)) z += MODEL[name as keyof typeof MODEL] * value;
  return { p: 1 / (1 + Math.exp(-z)), signals };
}
