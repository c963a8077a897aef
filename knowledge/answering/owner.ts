/** Amounts, dates and times belong to whoever the document gives them to: "the duplicate costs" what the duplicate's row says. */
import { type Fact, heldBy, holdsIt, readFacts } from './facts.ts';
import { isRow, type Piece } from './sentences.ts';
import { topicStems } from './topic.ts';

interface Owner {
  piece: number;
  facts: readonly Fact[];
  held: ReadonlySet<string>;
  days: ReadonlySet<string>;
  words: ReadonlySet<string>;
  /** Cells of a row: what each is named, and its facts. */
  cells: { label: ReadonlySet<string>; facts: readonly Fact[] }[];
}

/** Words of one family share this many letters. */
const KIN = 4;
/** They say how to count, not what. */
const MEASURE =
  /(?<!\p{L})(?:lavorativ\p{L}*|solari|naturali|consecutiv\p{L}*|circa|almeno|massim\p{L}*|working|calendar|werktag\p{L}*)(?!\p{L})/giu;

/** The fact of a sentence that the passage gives to something else, or null. Facts said in one breath must stand in one piece. `heading`: what stands above the passage. */
export function ownedElsewhere(text: string, pieces: Piece[], heading: string, lang: string): string | null {
  const claims = factClauses(text, lang);
  if (claims.length === 0) return null;
  const headingFacts = readFacts(heading, lang);
  const whole = pieces.map((piece) => heldBy([...readFacts(piece.text, lang), ...headingFacts]));
  const owners = pieces.flatMap((piece, at): Owner[] =>
    (piece.kind === 'row' ? [wholeRow(piece.text, lang)] : factClauses(piece.text, lang)).map((clause) => ({
      piece: at,
      facts: clause.facts,
      held: heldBy(clause.facts),
      days: new Set(clause.days),
      words: wordsOf(clause.text, lang),
      cells: piece.kind === 'row' ? piece.text.split('; ').map((cell) => cellOf(cell, lang)) : [],
    })),
  );
  const all = pieces.map((piece) => wordsOf(piece.text, lang));
  const above = wordsOf(heading, lang);
  for (const claim of claims) {
    if (!whole.some((held) => claim.facts.every((fact) => holdsIt(held, fact)))) return claim.text;
    const words = wordsOf(claim.text, lang);
    for (const fact of claim.facts) {
      const right = owners.filter(({ held }) => holdsIt(held, fact));
      if (right.length === 0) continue;
      const named = new Set([...words, ...placesOf(claim.facts)]);
      if (!isRow(text) && right.every((owner) => inAnotherCell(fact, named, owner))) return fact.said;
      if (
        hasRival(fact, fact.kind === 'time' ? new Set(claim.days) : words, right, owners) ||
        !right.some((owner) => reaches(owner, words, pieces, all, above))
      )
        return fact.said;
    }
  }
  return null;
}

/** Another owner of a fact of the same kind explains as many words of the claim, and some that the right one does not. */
function hasRival(fact: Fact, words: ReadonlySet<string>, right: Owner[], owners: Owner[]): boolean {
  // Hours are those of a day; in what order a sentence lists the rest says nothing.
  const sharedBy = (owner: Owner): string[] => [...words].filter((word) => (fact.kind === 'time' ? owner.days : owner.words).has(word));
  const best = right.map(sharedBy).reduce((most, shared) => (shared.length > most.length ? shared : most));
  return owners.some((owner) => {
    if (right.includes(owner) || !owner.facts.some(({ kind }) => kind === fact.kind)) return false;
    const shared = sharedBy(owner);
    return shared.length >= best.length && shared.some((word) => !best.includes(word));
  });
}

/** Within a row, the claim names another cell with a fact of the same kind. */
function inAnotherCell(fact: Fact, named: ReadonlySet<string>, { cells }: Owner): boolean {
  const shared = (cell: Owner['cells'][number]): number => [...named].filter((word) => cell.label.has(word)).length;
  const own = cells.filter((cell) => holdsIt(heldBy(cell.facts), fact));
  const best = Math.max(-1, ...own.map(shared));
  return (
    own.length > 0 && cells.some((cell) => !own.includes(cell) && cell.facts.some(({ kind }) => kind === fact.kind) && shared(cell) > best)
  );
}

function cellOf(cell: string, lang: string): Owner['cells'][number] {
  const label = cell.split(': ')[0] ?? '';
  return {
    label: new Set([...wordsOf(label, lang), ...placesOf(readFacts(label, lang))]),
    facts: readFacts(cell.slice(label.length), lang),
  };
}

function placesOf(facts: readonly Fact[]): string[] {
  return facts.flatMap(({ gives }) => gives.filter((key) => key.startsWith('place:')));
}

/** Words of the claim stand with the fact, above it, or in the sentences before it ("it costs …"); those found only elsewhere are of something else. */
function reaches(
  owner: Owner,
  words: ReadonlySet<string>,
  pieces: Piece[],
  all: ReadonlySet<string>[],
  above: ReadonlySet<string>,
): boolean {
  return [...words].every((word) => {
    if (above.has(word) || all[owner.piece]?.has(word)) return true;
    // "Ci si iscrive" for "le iscrizioni".
    const kin = word.slice(0, KIN);
    if ([...above, ...(all[owner.piece] ?? [])].some((other) => other.startsWith(kin))) return true;
    const places = all.flatMap((held, at) => (held.has(word) ? [at] : []));
    return places.length === 0 || places.some((at) => at < owner.piece && pieces[at]?.kind === 'sentence');
  });
}

function wordsOf(text: string, lang: string): ReadonlySet<string> {
  return topicStems(text.replace(MEASURE, ' '), lang);
}

interface Clause {
  text: string;
  facts: readonly Fact[];
  /** Days of the week that it names, or, where it names none, those of the clause before. */
  days: string[];
}

function wholeRow(text: string, lang: string): Clause {
  const facts = factsOf(text, lang);
  return { text, facts: facts.filter(({ kind }) => kind !== 'weekday'), days: daysOf(facts) };
}

/** A row as it stands is one clause; in prose, words without a fact go with the clause that follows, or the last one. */
function factClauses(text: string, lang: string): Clause[] {
  if (isRow(text)) return [wholeRow(text, lang)].filter(({ facts }) => facts.length > 0);
  const clauses: Clause[] = [];
  let waiting = '';
  let days: string[] = [];
  for (const part of text.split(JOINTS)) {
    const facts = factsOf(part, lang);
    const named = daysOf(facts);
    if (named.length > 0) days = /^(?:e|ed|o|and|or|und|oder|et|ou|y)\s/i.test(part) && clauses.length === 0 ? [...days, ...named] : named;
    waiting = `${waiting} ${part}`.trim();
    const own = facts.filter(({ kind }) => kind !== 'weekday');
    if (own.length === 0) continue;
    clauses.push({ text: waiting, facts: own, days });
    waiting = '';
  }
  const last = clauses.at(-1);
  if (last && waiting) last.text = `${last.text} ${waiting}`;
  return clauses;
}

/** Between clauses; "4 e 18 dicembre" is one. */
const JOINTS =
  /(?<=[,;:])\s|\s(?=(?:e|ed|o|mentre|ma|invece|and|while|but|or|und|oder|aber|et|ou|mais|y|pero)\s)(?!(?<=\d[°º.]?\s)\p{L}+\s(?:il\s|l['’])?\d)/iu;

function factsOf(text: string, lang: string): readonly Fact[] {
  return readFacts(text, lang).filter(({ kind }) => kind !== 'address');
}

function daysOf(facts: readonly Fact[]): string[] {
  return facts.filter(({ kind }) => kind === 'weekday').flatMap(({ gives }) => gives);
}
