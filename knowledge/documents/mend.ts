/** How editors mend the cutting of a text: two passages become one, one becomes two, a passage stands under another heading. Found again by the words around the place. */
import type { PreparedDocument, Section } from './document.ts';

export type Mend =
  /** The boundary between these words goes, or one comes. `nth` place where they stand like this, from 0. */
  | { kind: 'join' | 'split'; before: string; after: string; nth: number }
  /** The passage that begins with these words stands under these headings. */
  | { kind: 'heading'; begins: string; nth: number; headings: string[] };

export type KeptMend = Mend & { holds: boolean };

/** Signs on each side by which a place is known again. */
const AROUND = 80;
const LONGEST_WORDS = 600;

type Cut = Pick<PreparedDocument, 'text' | 'sections'>;

/** Sections with every mend that finds its place, in order. Pure; cost: mends × text. */
export function applyMends({ text, sections }: Cut, mends: Mend[]): { sections: Section[]; mends: KeptMend[] } {
  let now = sections;
  const kept = mends.map((mend): KeptMend => {
    const next = applyMend(text, now, mend);
    if (next) now = next;
    return { ...mend, holds: next !== null };
  });
  return { sections: now, mends: kept };
}

/** null = its place is gone: the text has changed there. */
function applyMend(text: string, sections: Section[], mend: Mend): Section[] | null {
  if (mend.kind === 'heading') {
    const at = beginnings(text, sections, mend.begins)[mend.nth];
    return at === undefined ? null : sections.map((section, i) => (i === at ? { ...section, headings: mend.headings } : section));
  }
  const boundary = boundaries(text, sections, mend)[mend.nth];
  const inside = places(text, sections, mend)[mend.nth];
  if (mend.kind === 'join') {
    if (boundary === undefined) return spans(text, sections, mend) ? sections : null;
    const [first, second] = [sections[boundary], sections[boundary + 1]];
    if (!first || !second) return null;
    return [...sections.slice(0, boundary), { ...own(first), end: second.end }, ...sections.slice(boundary + 2)];
  }
  if (inside === undefined) return boundary === undefined ? null : sections;
  const section = sections[inside.section];
  if (!section) return null;
  const anchor = freeAnchor(sections, section.anchor);
  const halves = [
    { ...own(section), end: inside.end },
    { ...own(section), anchor, start: inside.start },
  ];
  return [...sections.slice(0, inside.section), ...halves, ...sections.slice(inside.section + 1)];
}

/** A passage that says something else than the one that was given has an id of its own. */
function own({ anchor, headings, start, end }: Section): Section {
  return { anchor, headings, start, end };
}

function freeAnchor(sections: Section[], anchor: string): string {
  const taken = new Set(sections.map((section) => section.anchor));
  for (let part = 2; ; part++) if (!taken.has(`${anchor}-parte-${part}`)) return `${anchor}-parte-${part}`;
}

function said(text: string, section: Section): string {
  return text.slice(section.start, section.end);
}

function beginnings(text: string, sections: Section[], begins: string): number[] {
  return sections.flatMap((section, i) => (said(text, section).startsWith(begins) ? [i] : []));
}

/** Passages after which, between these words, the next one begins. */
function boundaries(text: string, sections: Section[], { before, after }: { before: string; after: string }): number[] {
  return sections.flatMap((section, i) => {
    const next = sections[i + 1];
    return next && said(text, section).endsWith(before) && said(text, next).startsWith(after) ? [i] : [];
  });
}

/** Places between these words inside a passage: where its first half ends and its second begins. */
function places(text: string, sections: Section[], { before, after }: { before: string; after: string }) {
  return sections.flatMap((section, i) => {
    const found: { section: number; end: number; start: number }[] = [];
    for (let at = text.indexOf(after, section.start + 1); at !== -1 && at < section.end; at = text.indexOf(after, at + 1)) {
      const first = text.slice(section.start, at).trimEnd();
      if (first.endsWith(before)) found.push({ section: i, end: section.start + first.length, start: at });
    }
    return found;
  });
}

/** The reader no longer cuts there: what was joined is one passage by itself. */
function spans(text: string, sections: Section[], { before, after }: { before: string; after: string }): boolean {
  return sections.some((section) => {
    const body = said(text, section);
    const at = body.indexOf(before);
    return at !== -1 && body.indexOf(after, at + before.length) !== -1;
  });
}

const lastOf = (text: string) => text.slice(-AROUND);
const firstOf = (text: string) => text.slice(0, AROUND);

export type Refused = { refused: string };

/** The passage at `i` and the one after it as one. */
export function joinAfter({ text, sections }: Cut, i: number): Mend | Refused {
  const [first, second] = [sections[i], sections[i + 1]];
  if (!first || !second) return { refused: 'dopo questo passaggio non ce n’è un altro' };
  if (text.slice(first.start, second.end).split(/\s+/).length > LONGEST_WORDS)
    return { refused: `il passaggio unito avrebbe più di ${LONGEST_WORDS} parole: le risposte citerebbero una pagina intera` };
  const words = { before: lastOf(said(text, first)), after: firstOf(said(text, second)) };
  return { kind: 'join', ...words, nth: boundaries(text, sections, words).indexOf(i) };
}

/** The passage at `i` as two, the second from the sign `at` of it on. */
export function splitAt({ text, sections }: Cut, i: number, at: number): Mend | Refused {
  const section = sections[i];
  const body = section ? said(text, section) : '';
  const [first, second] = [body.slice(0, at).trimEnd(), body.slice(at).trimStart()];
  if (!section || first.trim() === '' || second === '') return { refused: 'da una parte non resterebbe niente' };
  const words = { before: lastOf(first), after: firstOf(second) };
  const start = section.end - second.length;
  return { kind: 'split', ...words, nth: places(text, sections, words).findIndex((place) => place.start === start) };
}

/** The passage at `i` under other headings, from the outermost; with `following`, those after it under the same ones too. */
export function underHeadings({ text, sections }: Cut, i: number, headings: string[], following: boolean): Mend[] {
  const old = JSON.stringify(sections[i]?.headings);
  const mends: Mend[] = [];
  for (let at = i; at < sections.length && (at === i || (following && JSON.stringify(sections[at]?.headings) === old)); at++) {
    const begins = firstOf(said(text, sections[at] as Section));
    mends.push({ kind: 'heading', begins, nth: beginnings(text, sections, begins).indexOf(at), headings });
  }
  return mends;
}

/** One more: what undoes a mend takes it away, and the last heading of a passage is the one that counts. */
export function withMend(mends: Mend[], next: Mend): Mend[] {
  const undone = mends.findLastIndex((mend) =>
    mend.kind === 'heading'
      ? next.kind === 'heading' && mend.begins === next.begins && mend.nth === next.nth
      : next.kind !== 'heading' && mend.kind !== next.kind && mend.before === next.before && mend.after === next.after,
  );
  if (undone === -1) return [...mends, next];
  const rest = mends.filter((_, i) => i !== undone);
  return next.kind === 'heading' ? [...rest, next] : rest;
}

const quoted = (words: string) => `«${words.replace(/\s+/g, ' ').slice(0, 50)}»`;

/** In words, for the editor. */
export function inWords(mend: Mend): string {
  if (mend.kind === 'join') return `${quoted(mend.after)} sta nello stesso passaggio di ciò che precede`;
  if (mend.kind !== 'heading') return `a ${quoted(mend.after)} comincia un passaggio nuovo`;
  return `${quoted(mend.begins)} sta sotto ${mend.headings.length > 0 ? quoted(mend.headings.join(' › ')) : 'nessun titolo'}`;
}
