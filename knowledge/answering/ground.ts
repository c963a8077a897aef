/** Step 9, checkGrounds: nothing is shown that its passage does not hold. */
import type { Draft, DraftSentence, RankedPassage } from './question.ts';
import { supportOf } from './support.ts';

export interface GroundedDraft extends Draft {
  /** What was taken out, and why. */
  rejected: { text: string; reason: 'quote_not_found' | 'fact_not_found' | 'not_supported' }[];
}

/** Amounts, numbers, dates, times, phones, addresses of mail and web: each must stand in the quotation. */
const FACTS = /\d[\d.,:/]*\d|\d|[\w.+-]+@[\w.-]+\w|https?:\/\/\S+/g;

/** A quoted draft must be its quotations; the words of a model must be supported by the passage besides. */
export function checkGrounds(draft: Draft, passages: RankedPassage[]): GroundedDraft {
  const kept: DraftSentence[] = [];
  const rejected: GroundedDraft['rejected'] = [];
  for (const sentence of draft.sentences) {
    const passage = passages.find(({ passage }) => passage.id === sentence.passageId)?.passage;
    if (!passage || sentence.quote === '' || !passage.text.includes(sentence.quote))
      rejected.push({ text: sentence.text, reason: 'quote_not_found' });
    else if (draft.generated) {
      const support = supportOf(sentence.text, [passage]);
      if ('quote' in support) kept.push({ ...sentence, quote: support.quote });
      else rejected.push({ text: sentence.text, reason: support.reason === 'fact' ? 'fact_not_found' : 'not_supported' });
    } else if (sentence.text !== sentence.quote && !factsOf(sentence.text).every((fact) => factsOf(sentence.quote).includes(fact)))
      rejected.push({ text: sentence.text, reason: 'fact_not_found' });
    else kept.push(sentence);
  }
  return { ...draft, sentences: kept, rejected };
}

export function factsOf(text: string): string[] {
  return (text.match(FACTS) ?? []).map((fact) => fact.replace(/[.,:/]+$/, ''));
}
