/** What is wanted: certain rules first, then the scorer, whose choice a few rules about the form of the sentence correct. No model, no key. */
import { rememberingText } from '../../languages/reading/text.ts';
import { courtesyIn } from './certain/courtesy.ts';
import { dangerIn } from './certain/emergency.ts';
import { fold } from './certain/fold.ts';
import { asksForPerson } from './certain/human.ts';
import { isElsewhere } from './certain/offtopic.ts';
import { isGeneral } from './certain/question.ts';
import { wishesForPerson } from './certain/veiled.ts';
import { INTENTS, type Intent, type Route } from './intent.ts';
import { conceptsOf } from './signals.ts';
import { readExamples, type Scorer, trainInPieces } from './scorer.ts';

/** Longer messages tell all they want at the start. */
const READ = 1_000;
/** How surely the scorer must be for other acts than an answer, when the sentence asks how things work in general. */
const GENERAL = 0.97;
/** Less than this is no alarm: the numbers of the emergency services stand for nothing else. */
const ALARM = 0.5;
/** A whole sentence that nothing of a town hall stands in and that no intent fits better than this is of another world. */
const GUESS = 0.25;
const SENTENCE = 4;
const TOWN = new Set<string>(
  'municipal appointment queue pay debt filed thing danger person machine rating place courtesy cancel outcome'.split(' '),
);
/** A wish between the lines is likely, not certain. */
const VEILED = 0.9;

let learnt: Scorer | null = null;

/** `detail` for emergencies and courtesies. Every language at once. About 0.06 ms, once for a message; the first call learns the examples. */
export const routeUtterance = rememberingText((text): Route => certainRoute(text) ?? weighedRoute(text, learnRoutes()));

let learning: Generator<undefined, Scorer> | null = null;

/** One piece further; the scorer once nothing is left to learn. */
function learnOn(): Scorer | null {
  if (learnt) return learnt;
  learning ??= trainInPieces(readExamples());
  const { done, value } = learning.next();
  if (!done) return null;
  learning = null;
  learnt = value;
  return learnt;
}

/** Some 0.8 s the first time, less what was learnt in pieces before. */
export function learnRoutes(): Scorer {
  for (;;) {
    const scorer = learnOn();
    if (scorer) return scorer;
  }
}

/** Before anybody waits for it, a piece in each round of the event loop. */
export async function readyRoutes(stopped = () => false): Promise<void> {
  while (!stopped() && !learnOn()) await new Promise((resolve) => setImmediate(resolve));
}

/** What no rule is certain of. */
export function weighedRoute(text: string, scorer: Scorer): Route {
  const read = text.slice(0, READ);
  const said = fold(read);
  if (wishesForPerson(said)) return { intent: 'human', confidence: VEILED };
  const shares = scorer.score(read);
  const [first, second] = likeliest(shares);
  const best = first.intent === 'emergency' && first.confidence < ALARM ? second : first;
  if (ACTS.has(best.intent) && best.confidence < GENERAL && isGeneral(said))
    return { intent: 'answer', confidence: 1 - best.confidence / 2 };
  if (
    best.confidence < GUESS &&
    first.intent !== 'emergency' &&
    best.intent !== 'human' &&
    said.split(' ').length >= SENTENCE &&
    !touchesTown(said)
  )
    return { intent: 'offtopic', confidence: best.confidence };
  if (best.intent === 'emergency') return { ...best, detail: '112' };
  if (best.intent === 'smalltalk') return { ...best, detail: 'greeting' };
  return best.intent === 'feedback' ? { ...best, detail: toneOf(read) } : best;
}

/** The two likeliest intents; equal ones in the order of INTENTS. */
function likeliest(shares: Float64Array): [Route, Route] {
  let [first, second] = [0, -1];
  for (let at = 1; at < shares.length; at++) {
    if (shares[at]! > shares[first]!) [first, second] = [at, first];
    else if (second < 0 || shares[at]! > shares[second]!) second = at;
  }
  return [
    { intent: INTENTS[first]!, confidence: shares[first]! },
    { intent: INTENTS[second]!, confidence: shares[second]! },
  ];
}

/** For dialogs: whether this is what the message wants, and surely enough. */
export function wants(text: string, intent: Intent, least = 0.6): boolean {
  const route = routeUtterance(text);
  return route.intent === intent && route.confidence >= least;
}

function touchesTown(said: string): boolean {
  return said.split(' ').some((word) => conceptsOf(word).some((concept) => TOWN.has(concept)));
}

function toneOf(text: string): 'praise' | 'complaint' | 'remark' {
  const said = fold(text);
  const concepts = said.split(' ').flatMap(conceptsOf);
  const count = (wanted: string) => concepts.filter((concept) => concept === wanted).length;
  const turned = /\b(?:non|not|nicht|kein\w*|pas|no|poco)\b/.test(said) ? 1 : 0;
  const balance = count('praise') * (1 - turned) - count('blame') - (turned && count('praise') > 0 ? 1 : 0);
  return balance > 0 ? 'praise' : balance < 0 ? 'complaint' : 'remark';
}

const ACTS = new Set<Intent>(['book', 'reschedule', 'cancel', 'status', 'queue', 'pay', 'report']);

/** Only what is said in so many words; null = to be weighed. */
export const certainRoute = rememberingText(certainly);

function certainly(whole: string): Route | null {
  const text = whole.slice(0, READ);
  const said = fold(text);
  const danger = dangerIn(said, text);
  if (danger) return { intent: 'emergency', confidence: 1, detail: danger };
  const courtesy = courtesyIn(said);
  if (courtesy) return { intent: 'smalltalk', confidence: 1, detail: courtesy };
  if (asksForPerson(said, text)) return { intent: 'human', confidence: 1 };
  return isElsewhere(said) ? { intent: 'offtopic', confidence: 1 } : null;
}
