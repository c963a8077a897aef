/**
 * Blocks → the stored plain text and its passages. Never across a heading or an article; a comma of an article is a passage of its own when the
 * article is long; lists stay with the line that introduces them. Every passage is a slice of the text.
 */
import type { Section } from '../documents/document.ts';
import type { Block, GivenPassage } from '../readers/contract.ts';
import { slug } from './metadata.ts';
import { ARTICLE } from './text.ts';

const LONGEST_WORDS = 220;
const LONG_ARTICLE_WORDS = 120;
const COMMA = /^(\d{1,2})(?:[-\s]?(bis|ter|quater))?\.\s/;
/** A full stop after these ends no sentence. */
const ABBREVIATED =
  /(?:^|[\s(«'’])(?:artt?|nn?|nr|co|lett|pagg?|sig|dott|ing|avv|cfr|d\.?\s?lgs|d\.?p\.?r|l|reg|del|all|es|tel|no|bzw|\p{L})\.$/iu;
/** Fewer words than this under a heading say nothing that could be quoted. */
const SHORTEST_WORDS = 3;

interface Unit {
  start: number;
  end: number;
  words: number;
  kind: Block['kind'];
  /** Number of the comma that begins here. */
  comma: string | null;
}

interface Scope {
  headings: string[];
  anchor: string;
  article: boolean;
  units: Unit[];
}

/** Cost grows with the text. The first level-1 heading is the title: part of the text, but of no heading path. */
export function splitDocument(blocks: Block[]): { text: string; sections: Section[] } {
  let text = '';
  const scopes: Scope[] = [{ headings: [], anchor: 'inizio', article: false, units: [] }];
  const path: { level: number; text: string }[] = [];
  let previous: Block | null = null;
  for (const block of numberCommas(blocks)) {
    const tight = previous !== null && previous.kind === block.kind && (block.kind === 'item' || block.kind === 'row');
    if (text !== '') text += tight ? '\n' : '\n\n';
    const start = text.length + (block.kind === 'item' ? '  '.repeat(block.depth).length : 0);
    text += lineOf(block);
    previous = block;
    if (block.kind === 'heading') {
      while ((path.at(-1)?.level ?? 0) >= block.level) path.pop();
      if (!(block.level === 1 && path.length === 0 && scopes.length === 1)) path.push({ level: block.level, text: block.text });
      scopes.push({ headings: path.map((heading) => heading.text), anchor: anchorOf(block), article: ARTICLE.test(block.text), units: [] });
      continue;
    }
    const scope = scopes.at(-1) as Scope;
    const comma = scope.article && block.kind === 'paragraph' ? COMMA.exec(block.text) : null;
    scope.units.push({
      start,
      end: text.length,
      words: countWords(block.text),
      kind: block.kind,
      comma: comma ? `${comma[1]}${comma[2] ?? ''}` : null,
    });
  }
  const unique = uniqueAnchors();
  const sections = scopes.flatMap((scope) => sectionsOf(scope, text, unique));
  return {
    text,
    sections:
      sections.length > 0 ? sections : text.trim() === '' ? [] : [{ anchor: unique('inizio'), headings: [], start: 0, end: text.length }],
  };
}

/** `.jsonl` passages, one after the other; each keeps its id and is never split or merged. */
export function placeGiven(given: GivenPassage[]): { text: string; sections: Section[] } {
  let text = '';
  const unique = uniqueAnchors();
  const sections = given.map((passage) => {
    if (text !== '') text += '\n\n';
    const start = text.length;
    text += passage.text;
    return {
      id: passage.id,
      anchor: unique(slug(passage.id)),
      headings: passage.section ? passage.section.split(' > ') : [],
      start,
      end: text.length,
    };
  });
  return { text, sections };
}

/** Word processors number the commas of an article by themselves, as a list: "2." is written back, because people cite it. */
function numberCommas(blocks: Block[]): Block[] {
  let commas = 0;
  let inArticle = false;
  let written = false;
  return blocks.map((block) => {
    if (block.kind === 'heading') {
      inArticle = ARTICLE.test(block.text);
      written = false;
      commas = 0;
    } else if (block.kind === 'paragraph') written ||= COMMA.test(block.text) && commas === 0;
    if (block.kind !== 'item' || !inArticle || written) return block;
    if (block.depth > 0) return commas > 0 ? { ...block, depth: block.depth - 1 } : block;
    return block.ordered ? { kind: 'paragraph', text: `${++commas}. ${block.text}` } : block;
  });
}

function lineOf(block: Block): string {
  if (block.kind === 'item') return `${'  '.repeat(block.depth)}- ${block.text}`;
  return block.text;
}

function anchorOf(block: Block & { kind: 'heading' }): string {
  const article = ARTICLE.exec(block.text);
  if (article) return `art-${article[1]}${article[2] ? `-${article[2].toLowerCase()}` : ''}`;
  return block.id ? slug(block.id) : slug(block.text);
}

function sectionsOf(scope: Scope, text: string, unique: (anchor: string) => string): Section[] {
  if (scope.units.reduce((sum, unit) => sum + unit.words, 0) < SHORTEST_WORDS) return [];
  const groups = scope.article ? byComma(scope) : [{ anchor: scope.anchor, units: scope.units }];
  return groups.flatMap(({ anchor, units }) =>
    pack(units, text).map(({ start, end }) => ({ anchor: unique(anchor), headings: scope.headings, start, end })),
  );
}

function byComma(scope: Scope): { anchor: string; units: Unit[] }[] {
  const words = scope.units.reduce((sum, unit) => sum + unit.words, 0);
  if (words <= LONG_ARTICLE_WORDS || !scope.units.some((unit) => unit.comma)) return [{ anchor: scope.anchor, units: scope.units }];
  const groups: { anchor: string; units: Unit[] }[] = [];
  for (const unit of scope.units) {
    if (unit.comma || groups.length === 0)
      groups.push({ anchor: unit.comma ? `${scope.anchor}-comma-${unit.comma}` : scope.anchor, units: [unit] });
    else groups.at(-1)?.units.push(unit);
  }
  return groups;
}

/** Fills passages up to the limit; a list or table begins with the line that introduces it, and a single long paragraph is cut between sentences. */
function pack(units: Unit[], text: string): { start: number; end: number }[] {
  const pieces = units.flatMap((unit) => (unit.words > LONGEST_WORDS ? bySentence(unit, text) : [unit]));
  const passages: { start: number; end: number; words: number }[] = [];
  pieces.forEach((unit, i) => {
    const last = passages.at(-1);
    const listAhead = unit.kind === 'paragraph' && pieces[i + 1]?.kind !== 'paragraph' ? listWords(pieces, i + 1) : 0;
    const fits = last && last.words + unit.words + Math.min(listAhead, LONGEST_WORDS) <= LONGEST_WORDS;
    if (last && fits) {
      last.end = unit.end;
      last.words += unit.words;
    } else passages.push({ start: unit.start, end: unit.end, words: unit.words });
  });
  return passages;
}

function listWords(pieces: Unit[], from: number): number {
  let words = 0;
  for (let i = from; i < pieces.length && pieces[i]?.kind !== 'paragraph'; i++) words += pieces[i]?.words ?? 0;
  return words;
}

function bySentence(unit: Unit, text: string): Unit[] {
  const parts: Unit[] = [];
  const body = text.slice(unit.start, unit.end);
  let from = 0;
  for (const match of body.matchAll(/[.!?;]\s+(?=[\p{Lu}\d«"])|$/gu)) {
    const to = match.index + (match[0] ? 1 : 0);
    const words = countWords(body.slice(from, to));
    if (match[0] && (words < LONGEST_WORDS / 2 || ABBREVIATED.test(body.slice(from, to)))) continue;
    if (to > from) parts.push({ ...unit, start: unit.start + from, end: unit.start + to, words });
    from = to + (match[0].length - (match[0] ? 1 : 0));
  }
  return parts;
}

function uniqueAnchors(): (anchor: string) => string {
  const seen = new Set<string>();
  return (anchor) => {
    let unique = anchor;
    for (let times = 2; seen.has(unique); times++) unique = `${anchor}-${times}`;
    seen.add(unique);
    return unique;
  };
}

function countWords(text: string): number {
  return text.split(/\s+/).length;
}
