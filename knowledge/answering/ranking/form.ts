/** The form of a question against the form of a passage: what asks for yes or no is answered by yes or no, and "what is …" by a sentence that says so. */
import { sieved } from '../../languages/reading/sieve.ts';
import { rememberingText } from '../../languages/reading/text.ts';

/** Each is found when first asked for: few passages open in a way that the form of the question matters for. */
export interface QuestionForm {
  /** It can be answered by yes or no; null = its words do not tell. */
  readonly closed: boolean | null;
  /** It asks what something is or means. */
  readonly defines: boolean;
}

/** Words that ask for more than yes or no, wherever they stand. */
const ASKS = sieved(
  /(?<![\p{L}\p{N}])(?:cosa|cos['’]\s?è|quale|quali|qual|quant[oiae]|perch[eéè]|come mai|che (?:succede|faccio|si fa|fare|devo|differenza|cos|vuol|significa|roba|tipo)|(?:in|a|da|di|con|per) che|what|which|why|how|who|whom|whose|where|was|welche[rsnm]?|warum|wieso|weshalb|wie|wer|wem|wen|wo|wohin|woher|wann|wofür|womit|wodurch|wozu|worauf|woran|worum|worin|quoi|quels?|quelles?|pourquoi|comment|combien|qu['’]est-ce|qué|cuál(?:es)?|cuánt[oa]s?|cómo|dónde|quién(?:es)?)(?![\p{L}\p{N}])/iu,
);
/** Words that ask where a clause begins, and join one elsewhere. */
const ASKS_FIRST =
  /(?:^|[,.;:?!(–-]\s*|\s(?:e|ed|ma|and|but|und|aber|et|mais|y|pero)\s+)(?:(?:fino a|entro|a|da|di|con|per|in|su|from|until|by|bis|seit|ab|jusqu['’]à|depuis|hasta|desde)\s+)?(?:che|chi|come|quando|dove|dov['’]è|com['’]è|when|qui|où|quand|cuándo)(?![\p{L}\p{N}])/iu;
/** Verbs that ask for leave, duty or truth. */
const ASKS_WHETHER = sieved(
  /(?<![\p{L}\p{N}])(?:posso|puo|può|possiamo|possono|potrò|potrei|devo|dobbiamo|dovrò|bisogna|è possibile|si può|si deve|serve|vale|c['’]è|ci sono|can i|may i|do i|must i|am i|is it|is there|are there|does|kann ich|darf ich|muss ich|gibt es|puis-je|dois-je|est-ce que|peut-on|faut-il|puedo|debo|se puede|hay)(?![\p{L}\p{N}])/iu,
);
const DEFINES = sieved(
  /(?:cos['’]?\s?è|che (?:cosa|roba) (?:è|sono|significa)|cosa (?:è|sono|significa|vuol dire|si intende)|che (?:vuol dire|significa)|what (?:is|are|does .* mean)|was (?:ist|sind|bedeutet|heißt)|qu['’]est-ce que?|que (?:signifie|veut dire)|qué (?:es|son|significa))/iu,
);

/** Kept: a question is ranked and weighed by it. */
export const formOf = rememberingText((text): QuestionForm => new FormOf(text));

class FormOf implements QuestionForm {
  readonly #text: string;
  #closed: boolean | null | undefined;
  #defines: boolean | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get closed(): boolean | null {
    if (this.#closed === undefined) this.#closed = isClosed(this.#text);
    return this.#closed;
  }

  get defines(): boolean {
    this.#defines ??= DEFINES.test(this.#text);
    return this.#defines;
  }
}

function isClosed(text: string): boolean | null {
  if (ASKS.test(text) || ASKS_FIRST.test(text)) return false;
  return /\?\s*$/.test(text) || ASKS_WHETHER.test(text) ? true : null;
}

const OPENING = 160;
const VERDICT = /^\P{L}*(?:s[iì]|no|yes|ja|nein|oui|non|sí|certo|certamente|assolutamente)(?=[\s,.;:!])/iu;
/** A name and what it is, within the first words. */
const DEFINITION =
  /^\P{L}*(?:\p{L}[\p{L}\p{N}'’.-]*\P{L}+){0,7}?(?:è|sono|significa|is|are|means|ist|sind|bedeutet|est|sont|signifie|es|son)\s/iu;

/** How far an opening fits: 1 as expected, −1 as an answer to another kind of question, 0 when it does not tell. O(1). */
export function fitOf(form: QuestionForm, passage: string): number {
  let opening = openings.get(passage);
  if (opening === undefined) {
    opening = openingOf(passage);
    if (openings.size >= PASSAGES_KEPT) openings.clear();
    openings.set(passage, opening);
  }
  return fitOfOpening(form, opening);
}

/** The same, for an opening that was read. */
export function fitOfOpening(form: QuestionForm, opening: number): number {
  if ((opening & VERDICT_BIT) !== 0) return form.closed === null ? 0 : form.closed ? WHEN_CLOSED : -1;
  return (opening & DEFINITION_BIT) !== 0 && form.defines ? WHEN_DEFINED : 0;
}

const READ_BIT = 1;
const VERDICT_BIT = 2;
const DEFINITION_BIT = 4;

/** What the first words of a passage are, as bits; never 0, so that 0 can stand for one not yet read. */
export function openingOf(passage: string): number {
  const opening = passage.slice(0, OPENING);
  return READ_BIT | (VERDICT.test(opening) ? VERDICT_BIT : 0) | (DEFINITION.test(opening) ? DEFINITION_BIT : 0);
}

const PASSAGES_KEPT = 1_000;
const openings = new Map<string, number>();

/** A rule may answer yes or no without the word. */
const WHEN_CLOSED = 0.5;
const WHEN_DEFINED = 1;
