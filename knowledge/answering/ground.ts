/** Step 9, checkGrounds: nothing is shown that its passage does not hold. */
import type { Draft, DraftSentence, RankedPassage } from './question.ts';

export interface GroundedDraft extends Draft {
  /** What was taken out, and why. */
  rejected: { text: string; reason: 'quote_not_found' | 'fact_not_found' }[];
}

/** Amounts, numbers, dates, times, phones, addresses of mail and web: each must stand in the quotation. */
const FACTS = /\d[\d.,:/]*\d|\d|[\w.+-]+@[\w.-]+\w|https?:\/\/\S+/g;

export function checkGrounds(draft: Draft, passages: RankedPassage[]): GroundedDraft {
  const texts = new Map(passages.map(({ passage }) => [passage.id, passage.text]));
  const kept: DraftSentence[] = [];
  const rejected: GroundedDraft['rejected'] = [];
  for (const sentence of draft.sentences) {
    const found = sentence.quote !== '' && texts.get(sentence.passageId)?.includes(sentence.quote);
    if (!found) rejected.push({ text: sentence.text, reason: 'quote_not_found' });
    else if (!factsOf(sentence.text).every((fact) => factsOf(sentence.quote).includes(fact)))
      rejected.push({ text: sentence.text, reason: 'fact_not_found' });
    else kept.push(sentence);
  }
  return { ...draft, sentences: kept, rejected };
}

export function factsOf(text: string): string[] {
  return (text.match(FACTS) ?? []).map((fact) => fact.replace(/[.,:/]+$/, ''));
}
