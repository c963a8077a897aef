/** A passage as the pieces that can be quoted: sentences of prose, items of lists, rows of tables. Offsets are into the passage's text. */

export interface Piece {
  start: number;
  end: number;
  text: string;
  kind: 'sentence' | 'item' | 'row';
  /** Number of the paragraph or list it stands in. */
  block: number;
}

const ABBREVIATION =
  /(?:\b(?:art|artt|n|nr|pag|sig|dott|ing|arch|avv|geom|prof|tel|es|ecc|cfr|lett|co|d\.?l|dlgs|l|s|st|no|mr|mrs|dr|z\.b|usw|nr|str|bzw|etc|p\.es|c\.a|max|min|int|sez|all|reg|del)|\b\p{L}|\b\d{1,2})\.$/iu;

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let block = 0;
  let offset = 0;
  for (const line of text.split('\n')) {
    const start = offset;
    offset += line.length + 1;
    if (line.trim() === '') {
      block++;
      continue;
    }
    const item = /^(\s*- )(.*)$/.exec(line);
    if (item) pieces.push({ start: start + (item[1]?.length ?? 0), end: start + line.length, text: item[2] ?? '', kind: 'item', block });
    else if (isRow(line)) pieces.push({ start, end: start + line.length, text: line, kind: 'row', block });
    else pieces.push(...sentencesOf(line, start, block));
  }
  return pieces;
}

/** `Tipo: CIE; Euro: 22,20`: at least two named cells. */
export function isRow(line: string): boolean {
  return line.split('; ').filter((cell) => /^[^:.!?]{1,60}: \S/.test(cell)).length >= 2;
}

function sentencesOf(line: string, start: number, block: number): Piece[] {
  const pieces: Piece[] = [];
  // The number of a comma names its place; the words that are quoted begin after it.
  let from = /^\d{1,2}(?:[-\s]?(?:bis|ter|quater))?\.\s+/.exec(line)?.[0].length ?? 0;
  const push = (to: number) => {
    const raw = line.slice(from, to);
    const lead = raw.length - raw.trimStart().length;
    const text = raw.trim();
    if (text) pieces.push({ start: start + from + lead, end: start + from + lead + text.length, text, kind: 'sentence', block });
    from = to;
  };
  for (const match of line.matchAll(/[.!?]+["»”)]?\s+(?=["«“(]?[\p{Lu}\d])/gu)) {
    const to = match.index + match[0].trimEnd().length;
    if (!ABBREVIATION.test(line.slice(from, to))) push(to);
  }
  push(line.length);
  return pieces;
}
