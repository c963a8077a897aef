/** Longer texts are rarely read twice. */
const LONGEST = 1_000;

/**
 * The same answer for the same text while it is among the last ones: one message is read by many rules. `compute` depends on nothing but the text, and
 * nobody changes what it gives. Holds at most `most` answers.
 */
export function remembering<T>(compute: (text: string) => T, most: number): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    if (text.length > LONGEST) return compute(text);
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = compute(text);
    if (kept.size >= most) kept.clear();
    kept.set(text, made);
    return made;
  };
}
