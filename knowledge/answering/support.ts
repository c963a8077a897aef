/** Is one sentence of a model held by a passage it cites? Content words, facts, who they belong to, negations, names: all must be found, or it is not shown. */
import { foldAccents } from '../languages/reading/stem.ts';
import { readingOf } from '../languages/reading/read.ts';
import { stemOf, stemsOf, wordsOf } from '../indexes/analyzer.ts';
import { type Fact, heldBy, holdsIt, readFacts } from './facts.ts';
import { sameSign } from './negation.ts';
import { ownedElsewhere } from './owner.ts';
import { strongParts, unmatchedTurn } from './polarity.ts';
import { withDigits } from './number-words.ts';
import type { Passage } from './question.ts';
import { type HeldSets, holdersOf, type ReadPassage, readPassage } from './reading.ts';
import type { Piece } from './sentences.ts';
import { topicWords } from './topic.ts';
import type { Holder } from './word-numbers.ts';

/** Share of content words that a window must hold (evaluation of groundedness checks: docs/decisions/0007-composers.md). */
export const COVER = 0.6;
/** Consecutive sentences that may support one together; items and rows are shorter. */
const WINDOW = 3;
const WINDOW_OF_ITEMS = 6;
const LONGEST = 600;
/** Words of one family share this many letters. */
const KIN = 5;
/** Ways to say that something is done; which of them is a matter of style. */
const STYLE =
  /^(?:chiam\p{L}*|telefon\p{L}*|scriv\p{L}*|rivolg\p{L}*|contatt\p{L}*|occorr\p{L}*|necessar\p{L}*|possibil\p{L}*|vien[ei]|vengono|v[ae]|vanno|effettu\p{L}*|avvien\p{L}*|consegn\p{L}*|invia\p{L}*|spedi\p{L}*|presenta\p{L}*|resta\p{L}*|riman\p{L}*|dura\p{L}*|inizi\p{L}*|call|write|contact|necessary|possible|takes?|rufen|schreiben|notwendig|möglich)$/iu;

export type Unsupported = 'no_passage' | 'markup' | 'words' | 'fact' | 'mixed_up' | 'negation' | 'turn' | 'name' | 'instruction';

export type Support = { passageId: string; quote: string } | { reason: Unsupported; detail: string };

/** What no answer holds: words to the model or about it. */
const INSTRUCTION =
  /(?:ignor|dimentic|disregard|forget|vergiss|oubli|olvid)\p{L}*\s.{0,60}?(?:istruzion|indicazion|regol|instruction|rules|prompt|anweisung|regeln|consigne|instruccion)|system ?prompt|prompt di sistema|(?:istruzion|instruction)\p{L}*\s(?:di sistema|del sistema|ricevut|interne|iniziali)|(?:mie|my|your|tue) (?:istruzioni|instructions)|\bjson\b|(?:modello|model) linguistic|language model|sprachmodell|come (?:assistente|intelligenza)|as an? (?:ai|assistant)/iu;
const MARKUP = /[<>{}|]|\]\s*\(|!\[|\[\[|(?:javascript|data|vbscript|file|mailto|tel):(?=\S)|&(?:#\d+|[a-z]+);/i;
const ADDRESS = /[\p{L}\d.+_-]+@[\p{L}\d.-]+|(?:https?:\/\/|www\.)\S+/gu;
/** Days and months are facts. */
const DATED =
  /^(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|december)$/iu;
/** Digits of other scripts, fractions, circled numbers: facts that no reading of ours sees. */
const ODD_DIGIT = /(?![0-9])\p{N}/gu;

/** The best passage among the cited ones, with the exact slice that supports the text; or why there is none. Cost grows with the words of the passages. */
export function supportOf(text: string, cited: Passage[]): Support {
  if (text.length > LONGEST) return { reason: 'words', detail: 'too long' };
  if (/\?\s*$/.test(text)) return { reason: 'words', detail: 'a question' };
  if (MARKUP.test(text)) return { reason: 'markup', detail: MARKUP.exec(text)?.[0] ?? '' };
  if (INSTRUCTION.test(text)) return { reason: 'instruction', detail: INSTRUCTION.exec(text)?.[0] ?? '' };
  let failed: Support = { reason: 'no_passage', detail: '' };
  for (const passage of cited) {
    const support = supportIn(text, passage);
    if ('quote' in support) return support;
    if ('reason' in failed && failed.reason === 'no_passage') failed = support;
  }
  return failed;
}

type ReadWords = Pick<ReadPassage, 'pieces'> & HeldSets;

interface Window {
  from: number;
  to: number;
  /** Of the words that matter; of all of them. */
  cover: number;
  all: number;
  missing: readonly Fact[];
}

function supportIn(text: string, passage: Passage): Support {
  const odd = (text.match(ODD_DIGIT) ?? []).find((digit) => !passage.text.includes(digit));
  if (odd) return { reason: 'fact', detail: odd };
  const known = readPassage(passage);
  const read: ReadWords = { pieces: known.pieces, ...holdersOf(known) };
  const claimed = readFacts(text, passage.lang);
  const stems = contentOf(text, passage.lang);
  if (stems.length === 0 && claimed.length === 0) return { reason: 'words', detail: 'no content' };
  const heading = `${passage.title}. ${passage.headings.join('. ')}`;
  const allStems = [...new Set(stemsOf(text, passage.lang))];
  const window = bestWindow(stems, allStems, claimed, read, readFacts(heading, passage.lang), passage.lang);
  if (!window) return { reason: 'words', detail: 'nothing of it' };
  const missing = window.missing[0];
  if (missing) return { reason: 'fact', detail: missing.said };
  const pieces = read.pieces.slice(window.from, window.to);
  const held: Holder = new Set([...read.heading, ...read.words.slice(window.from, window.to).flatMap((words) => [...words])]);
  if (window.cover < COVER) return { reason: 'words', detail: window.cover.toFixed(2) };
  const quote = passage.text.slice((pieces[0] as Piece).start, (pieces.at(-1) as Piece).end);
  if (INSTRUCTION.test(quote)) return { reason: 'instruction', detail: 'in the passage' };
  const weak = clausesOf(text).find((clause) => {
    const own = contentOf(clause, passage.lang);
    return own.length >= 2 && coverOf(own, held) < COVER;
  });
  if (weak) return { reason: 'words', detail: weak };
  const loose = strongParts(text).find((part) => !standsTogether(part, read, window, passage.lang));
  if (loose) return { reason: 'words', detail: loose };
  const stranger = strangerIn(text, read, passage.lang);
  if (stranger) return { reason: 'words', detail: stranger };
  const turn = unmatchedTurn(text, `${heading}\n${quote}`);
  if (turn) return { reason: 'turn', detail: turn };
  const name = passage.lang === 'de' ? undefined : namesOf(text).find((name) => !isHeld(name, passage, read));
  if (name) return { reason: 'name', detail: name };
  if (
    !sameSign(
      text,
      pieces.map((piece) => piece.text),
      passage.lang,
    )
  )
    return { reason: 'negation', detail: '' };
  const swapped = ownedElsewhere(text, read.pieces, heading, passage.lang);
  if (swapped) return { reason: 'mixed_up', detail: swapped };
  return { passageId: passage.id, quote };
}

/** All facts before more words before fewer sentences. Null when no piece shares a word or a fact. */
function bestWindow(
  stems: string[],
  allStems: string[],
  claimed: readonly Fact[],
  read: ReadWords,
  headingFacts: readonly Fact[],
  lang: string,
): Window | null {
  const facts = read.pieces.map((piece) => readFacts(piece.text, lang));
  let best: Window | null = null;
  for (let from = 0; from < read.pieces.length; from++) {
    const longest = read.pieces[from]?.kind === 'sentence' && read.pieces[from + 1]?.kind === 'sentence' ? WINDOW : WINDOW_OF_ITEMS;
    for (let to = from + 1; to <= Math.min(read.pieces.length, from + longest); to++) {
      if (to - from > WINDOW && read.pieces[to - 1]?.kind === 'sentence') break;
      const own: Holder = new Set(read.words.slice(from, to).flatMap((words) => [...words]));
      const given = heldBy([...facts.slice(from, to).flat(), ...headingFacts]);
      const touches = allStems.some((stem) => own.has(stem)) || claimed.some((fact) => holdsIt(heldBy(facts.slice(from, to).flat()), fact));
      if (!touches) continue;
      const window = {
        from,
        to,
        cover: coverOf(stems, own, read.heading),
        all: coverOf(allStems, own),
        missing: claimed.filter((fact) => !holdsIt(given, fact)),
      };
      if (!best || better(window, best)) best = window;
    }
  }
  return best;
}

function better(a: Window, b: Window): boolean {
  if (a.missing.length !== b.missing.length) return a.missing.length < b.missing.length;
  if (Math.abs(a.cover - b.cover) > 1e-9) return a.cover > b.cover;
  if (Math.abs(a.all - b.all) > 1e-9) return a.all > b.all;
  return a.to - a.from < b.to - b.from;
}

/** A stem counts whole, a cousin of it ("risponde", "risposta") half. */
function coverOf(stems: string[], ...holders: Holder[]): number {
  let found = 0;
  for (const stem of stems) {
    if (holders.some((held) => held.has(stem))) found += 1;
    else if (stem.length >= KIN && holders.some((held) => [...held].some((other) => other.startsWith(stem.slice(0, KIN))))) found += 0.5;
  }
  return stems.length === 0 ? 1 : found / stems.length;
}

/** Stems of what a sentence says, without facts (they are checked by themselves) and without words that only help along ("devi", "costa"). */
function contentOf(text: string, lang: string): string[] {
  const bare = withDigits(text, lang).replace(ADDRESS, ' ');
  const wordy = (stem: string | null): string[] => (stem === null || /\d/.test(stem) ? [] : [stem]);
  return [
    ...new Set(
      topicWords(bare, lang).flatMap((word) => (STYLE.test(word) || DATED.test(word) ? [] : wordy(stemOf(word, readingOf(lang))))),
    ),
  ];
}

/** What is said in one breath stands in one sentence, or in one list: words gathered from here and there can say anything. */
function standsTogether(part: string, read: ReadWords, { from, to }: Window, lang: string): boolean {
  const content = contentOf(part, lang);
  if (content.length < 2) return true;
  const items = read.words.filter((_, i) => i >= from && i < to && read.pieces[i]?.kind === 'item');
  return [items, ...read.words.slice(from, to).map((words) => [words])].some((held) => coverOf(content, read.heading, ...held) >= COVER);
}

/** A new thing that comes in by a preposition ("per raccomandata"); verbs are any paraphrase's own. */
function strangerIn(text: string, read: ReadWords, lang: string): string | undefined {
  if (lang !== 'it') return undefined;
  return [...text.matchAll(/(?<!\p{L})(?:per|con|in|via|tramite|mediante|presso)\s+(?:(?:un|una|uno|il|la|lo|i|gli|le)\s+)?(\p{L}{4,})/giu)]
    .map((match) => match[1] as string)
    .filter((word) => !/(?:are|ere|ire|arsi|ersi|irsi|arl[oaie]|erl[oaie]|irl[oaie]|ndo|ente)$/i.test(word))
    .find((word) => contentOf(word, lang).some((stem) => coverOf([stem], read.all) === 0));
}

function clausesOf(text: string): string[] {
  return text.split(/[,;:()–—]\s+|[.!?]\s+|\s[-–—]\s/u);
}

/** Words with a capital inside a sentence: people, streets, bodies. */
function namesOf(text: string): string[] {
  return [...text.matchAll(/(?<=[\p{L}\p{N},;’'")€%]\s|[’'](?=\p{Lu}))["«“(]?(\p{Lu}[\p{L}]+)/gu)].map((match) => match[1] as string);
}

/** How offices are named in any page of theirs. */
const COMMON_NAMES = /^(?:comune|municipio|amministrazione|ufficio|sportello|city|council|municipality)$/i;

function isHeld(name: string, passage: Passage, read: ReadWords): boolean {
  const word = name.toLowerCase();
  const stem = stemOf(word, readingOf(passage.lang));
  if (stem === null || COMMON_NAMES.test(word) || read.all.has(stem)) return true;
  const folded = foldAccents(word);
  return wordsOf(`${passage.title} ${passage.headings.join(' ')} ${passage.text}`).some((held) => foldAccents(held) === folded);
}
