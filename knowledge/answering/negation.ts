/** Does a sentence deny what its quotation denies, and nothing else? */
import { stemsOf } from '../indexes/analyzer.ts';
import { markNegations, strongParts } from './polarity.ts';
import { isRow } from './sentences.ts';
import { topicStems } from './topic.ts';

/** Stands for a negation among words; no text holds it. */
const SIGN = '\u0001';

/** `quoted`: the sentences, items or rows of the quotation. */
export function sameSign(text: string, quoted: string[], lang: string): boolean {
  const parts = quoted.flatMap(partsOf).map((part) => ({ text: part, words: topicStems(part, lang), negations: countOf(part, lang) }));
  return partsOf(text).every((claim) => {
    const words = topicStems(claim, lang);
    const spokenOf = covering(words, parts);
    const negations = countOf(claim, lang);
    if (spokenOf.length > 0 && negations > 0 !== spokenOf.some((part) => part.negations > 0)) return false;
    const [only] = spokenOf;
    // Said with the same words, it is denied as often: "nobody has not" is no "nobody has".
    if (only && spokenOf.length === 1 && sameSet(words, only.words) && only.negations !== negations) return false;
    // What a negation reaches in the sentence must be reached by one in the document, where it is spoken of at all.
    const denied = topicStems(markNegations(claim, lang, SIGN).split(SIGN).slice(1).join(' '), lang);
    if (
      [...denied].some(
        (word) => parts.some((part) => part.words.has(word)) && !parts.some((part) => part.negations > 0 && part.words.has(word)),
      )
    )
      return false;
    return sameScopes(
      claim,
      (spokenOf.length > 0 ? spokenOf : parts).map((part) => part.text),
      lang,
    );
  });
}

/** A row speaks of one thing. */
function partsOf(text: string): string[] {
  return isRow(text) ? [text] : strongParts(text);
}

/** The fewest parts, taken greedily, that hold all of the words that any of them holds. */
function covering<P extends { words: ReadonlySet<string> }>(words: ReadonlySet<string>, parts: P[]): P[] {
  const chosen: P[] = [];
  const open = new Set(words);
  for (;;) {
    let best: P | null = null;
    let most = 0;
    for (const part of parts) {
      const found = [...open].filter((word) => part.words.has(word)).length;
      if (found > most) {
        best = part;
        most = found;
      }
    }
    if (!best) return chosen;
    chosen.push(best);
    for (const word of best.words) open.delete(word);
  }
}

/** A word denied in the one is denied in the other: the first word after a negation surely is, the second may be. */
function sameScopes(text: string, quoted: string[], lang: string): boolean {
  const said = scopesOf([text], lang);
  const held = scopesOf(quoted, lang);
  if (said.negations > 0 && held.negations === 0) return false;
  for (const stem of said.all) {
    if (!held.all.has(stem)) continue;
    if (said.surely.has(stem) && !held.maybe.has(stem)) return false;
    if (said.freely.has(stem) && !held.plainly.has(stem)) return false;
  }
  return true;
}

interface Scopes {
  negations: number;
  all: Set<string>;
  /** First after a negation; first or second; somewhere not first; somewhere neither. */
  surely: Set<string>;
  maybe: Set<string>;
  plainly: Set<string>;
  freely: Set<string>;
}

function scopesOf(texts: string[], lang: string): Scopes {
  const scopes: Scopes = { negations: 0, all: new Set(), surely: new Set(), maybe: new Set(), plainly: new Set(), freely: new Set() };
  for (const part of texts.flatMap((text) => text.split(/[.;:!?]\s|\n/))) {
    const [head, ...denied] = markNegations(part, lang, SIGN).split(SIGN);
    scopes.negations += denied.length;
    for (const stem of stemsOf(head ?? '', lang)) add(scopes, stem, 2);
    for (const run of denied) for (const [place, stem] of stemsOf(run, lang).entries()) add(scopes, stem, place);
  }
  return scopes;
}

function add(scopes: Scopes, stem: string, place: number): void {
  scopes.all.add(stem);
  if (place === 0) scopes.surely.add(stem);
  else scopes.plainly.add(stem);
  if (place <= 1) scopes.maybe.add(stem);
  else scopes.freely.add(stem);
}

function countOf(text: string, lang: string): number {
  return markNegations(text, lang, SIGN).split(SIGN).length - 1;
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((word) => b.has(word));
}
