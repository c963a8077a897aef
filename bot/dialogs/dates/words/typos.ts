/** Likeness of words, for what fingers do on a telephone: one letter missing, added, changed, or two exchanged. */

/** Edits between two words, exchanges of neighbours counting one; stops past `limit`. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? limit + 1;
}

/** Everyday words that are one letter from a word of dates. */
const INNOCENT = new Set(
  'quanto quanta quanti quando quarta dovrei giusto salato sentire aprire tardi presto certo resto sesto conto unici porta carta prime primi vento venite venire venuto domanda domande marca marco martino marte lunga lungo latte sotto sempre senza tutti pratica cambio lavori numero tempo thanks think early money would could should march where there their these those right night light weeks mondo gennaro notte natali sabbia settore setti undici mario maria marzi marzia domenico maggi aprilia marzotto gennari ottavi martini martina'.split(
    ' ',
  ),
);

/** The only nearest of `words` for a word of five letters or more that starts alike; `null` when none or more than one meaning is near. */
export function likeliest(word: string, words: Map<string, string>): string | null {
  if (word.length < 5 || INNOCENT.has(word)) return null;
  const limit = word.length >= 9 ? 2 : 1;
  let best = limit + 1;
  let found: string | null = null;
  for (const [candidate, meaning] of words) {
    if (candidate[0] !== word[0] || candidate.length < 5) continue;
    const edits = distance(word, candidate, limit);
    if (edits < best) {
      best = edits;
      found = candidate;
    } else if (edits === best && found && words.get(found) !== meaning) return null;
  }
  return found;
}
