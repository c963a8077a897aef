/** Cuts a long text where a reader would: between paragraphs, else lines, sentences, words. */

/** Best first. Each matches the space that is lost at the cut. */
const BREAKS = [/\n{2,}/g, /\n/g, /(?<=[.!?…][»”")]?)\s+/g, /\s+/g];
/** A part shorter than this share of the limit is a worse cut than a finer break. */
const SHORTEST = 0.4;

/** Parts of at most `limit` UTF-16 units, none empty; together they hold every word. `**` is not left open where it can be helped. */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const [end, next] = cutOf(rest, limit);
    parts.push(rest.slice(0, end));
    rest = rest.slice(next).trim();
  }
  return rest ? [...parts, rest] : parts;
}

function cutOf(text: string, limit: number): [number, number] {
  for (const isGood of [closed, () => true]) {
    for (const pattern of BREAKS) {
      const cuts = [...text.slice(0, limit + 1).matchAll(pattern)].filter(({ index }) => index <= limit && index >= limit * SHORTEST);
      const cut = cuts.reverse().find(({ index }) => isGood(text.slice(0, index)));
      if (cut) return [cut.index, cut.index + cut[0].length];
    }
  }
  // One endless word: never between the halves of a character.
  const end = /[\uD800-\uDBFF]/.test(text[limit - 1] ?? '') ? limit - 1 : limit;
  return [end, end];
}

const closed = (text: string): boolean => (text.match(/\*\*/g)?.length ?? 0) % 2 === 0;
