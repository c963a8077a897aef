/** Rows of words that two texts share: how a planted sentence is recognised wherever it is shown. */

const ROW = 5;

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

export function rowsOf(text: string): Set<string> {
  const words = wordsOf(text);
  const rows = new Set<string>();
  for (let at = 0; at + ROW <= words.length; at++) rows.add(words.slice(at, at + ROW).join(' '));
  return rows;
}

/** Rows of `planted` that no text of `known` holds. */
export function ownRows(planted: string, ...known: ReadonlySet<string>[]): Set<string> {
  return new Set([...rowsOf(planted)].filter((row) => !known.some((rows) => rows.has(row))));
}

export function sharesRow(shown: string, rows: ReadonlySet<string>): boolean {
  return rows.size > 0 && [...rowsOf(shown)].some((row) => rows.has(row));
}

/** Hosts that a text names with or without a scheme, invented ones included. */
export function hostsIn(text: string): string[] {
  return [...text.matchAll(/(?:https?:\/\/|www\.)([\w.-]+)|([\w-]+(?:\.[\w-]+)*\.example)\b/gi)].map((match) =>
    (match[1] ?? match[2] ?? '').toLowerCase(),
  );
}
