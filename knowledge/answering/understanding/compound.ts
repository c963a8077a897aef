/** Two or three questions in one message: taken apart, answered one by one, put together again with one numbering. */
import { askedFactType } from '../fact-type.ts';
import type { Answer } from '../question.ts';
import type { Say } from '../../languages/speak.ts';
import { rememberingText } from '../../languages/reading/text.ts';

const MOST = 3;
/** Where a second question begins: after a question mark, or at a joining word before a word that asks. */
const ASKS =
  "(?:quanto|quanta|quanti|quante|quando|dove|come|cosa|che (?:cosa|documenti|orari|giorn[oi])|quali|chi|a chi|entro quando|how|what|when|where|which|who|was|wann|wo|wie|welche|wer|combien|quand|où|comment|quels?|quelles?|qui|cuánt[oa]s?|cuándo|dónde|cómo|qué|cuáles|quién|(?:fino a|da|in|a|per|con) (?:quando|quanto|quanti|quante|che|quale)|si (?:può|deve)|(?:lo |la |li |le )?(?:posso|devo)|bisogna|serv(?:e|ono)|c[’']è|ci sono|can i|do i|must i|is there|are there|kann ich|muss ich|gibt es|puis-je|faut-il|puedo|hay)";
const ASKS_AT_ONCE = new RegExp(`^(?:(?:e|ed|and|und|et|y)\\s+)?${ASKS}(?!\\p{L})`, 'iu');
const BORDERS = new RegExp(`\\?+\\s+(?=[\\p{L}\\p{N}])|[,;]?\\s+(?:e|ed|and|und|et|y)\\s+(?=${ASKS}(?!\\p{L}))`, 'iu');

/** What BORDERS needs: a question mark with a blank behind it, or a joining word between two. */
const MAY_PART = /\?\s|\s(?:[eE][dDtT]?|[aA][nN][dD]|[uU][nN][dD]|[yY])\s/;

/** The questions of a message, or only the message itself when it is one question. Each asks for something of its own. */
export const questionsIn = rememberingText((text): string[] => {
  // Most messages hold neither: a short look spares cutting them.
  if (!MAY_PART.test(text)) return [text];
  const parts = text.split(BORDERS);
  if (parts.length < 2) return [text];
  const pieces = parts.map((piece) => piece.replace(/[?\s]+$/, '').trim()).filter((piece) => piece !== '');
  if (pieces.length < 2 || pieces.length > MOST) return [text];
  const whole = pieces.every((piece) => (askedFactType(piece) !== 'other' || ASKS_AT_ONCE.test(piece)) && /\s/.test(piece));
  return whole ? pieces.map((piece) => `${capital(piece.replace(LEAD, ''))}?`) : [text];
});

const LEAD = /^(?:e|ed|and|und|et|y)\s+/i;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Null when no part was answered: then the message is better answered as a whole. `parts` in order with their answers. */
export function together(parts: { question: string; answer: Answer }[], say: Say): Omit<Answer, 'ms'> | null {
  const first = parts.find(({ answer }) => answer.outcome === 'answered');
  if (!first) return null;
  const citations: Answer['citations'] = [];
  const texts: string[] = [];
  const told = new Set<string>();
  for (const { question, answer } of parts) {
    if (answer.outcome !== 'answered') {
      texts.push(say('partUnanswered', { part: question }));
      continue;
    }
    // The same words for both: one passage answers both questions.
    if (told.has(answer.text)) continue;
    told.add(answer.text);
    const from = citations.length;
    citations.push(...answer.citations.map((citation) => ({ ...citation, position: citation.position + from })));
    texts.push(`**${question}**\n\n${answer.text.replace(/\[(\d+)\]/g, (_, mark: string) => `[${Number(mark) + from}]`)}`);
  }
  const generated = parts.some(({ answer }) => answer.generated);
  return {
    outcome: 'answered',
    reason: '',
    text: texts.length === 1 ? first.answer.text : texts.join('\n\n'),
    lang: first.answer.lang,
    citations,
    choices: [],
    ...(generated ? { generated: true } : {}),
  };
}
