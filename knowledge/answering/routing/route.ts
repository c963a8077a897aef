/** What is wanted: certain rules first, then the scorer, whose choice a few rules about the form of the sentence correct. No model, no key. */
import { courtesyIn } from './certain/courtesy.ts';
import { dangerIn } from './certain/emergency.ts';
import { fold } from './certain/fold.ts';
import { asksForPerson } from './certain/human.ts';
import { isElsewhere } from './certain/offtopic.ts';
import { isGeneral } from './certain/question.ts';
import { INTENTS, type Intent, type Route } from './intent.ts';
import { readExamples, type Scorer, trainScorer } from './scorer.ts';

/** Longer messages tell all they want at the start. */
const READ = 1_000;
/** How surely the scorer must be for other acts than an answer, when the sentence asks how things work in general. */
const GENERAL = 0.97;

let learnt: Scorer | null = null;

/** `detail` for emergencies and courtesies. Every language at once: `lang` is not needed. About 0.06 ms; the first call learns the examples. */
export function routeUtterance(text: string, _lang?: string): Route {
  return certainRoute(text) ?? weighedRoute(text, (learnt ??= trainScorer(readExamples())));
}

/** What no rule is certain of. */
export function weighedRoute(text: string, scorer: Scorer): Route {
  const read = text.slice(0, READ);
  const shares = scorer.score(read);
  let best = 0;
  for (let at = 1; at < shares.length; at++) if (shares[at]! > shares[best]!) best = at;
  const intent = INTENTS[best]!;
  const confidence = shares[best]!;
  if (ACTS.has(intent) && confidence < GENERAL && isGeneral(fold(read))) return { intent: 'answer', confidence: 1 - confidence / 2 };
  if (intent === 'emergency') return { intent, confidence, detail: '112' };
  return intent === 'smalltalk' ? { intent, confidence, detail: 'greeting' } : { intent, confidence };
}

const ACTS = new Set<Intent>(['book', 'reschedule', 'cancel', 'status', 'queue', 'pay', 'report', 'smalltalk', 'offtopic', 'human']);

/** Only what is said in so many words; null = to be weighed. */
export function certainRoute(whole: string): Route | null {
  const text = whole.slice(0, READ);
  const said = fold(text);
  const danger = dangerIn(said, text);
  if (danger) return { intent: 'emergency', confidence: 1, detail: danger };
  const courtesy = courtesyIn(said);
  if (courtesy) return { intent: 'smalltalk', confidence: 1, detail: courtesy };
  if (asksForPerson(said, text)) return { intent: 'human', confidence: 1 };
  return isElsewhere(said) ? { intent: 'offtopic', confidence: 1 } : null;
}
