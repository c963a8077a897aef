const BEYOND_LATIN1 = /[\u0100-\uffff]/;

/** The same text in memory of its own. A part of a longer text keeps all of it alive, at two bytes a letter when one letter anywhere in it needs two. O(letters). */
export function ownText(text: string): string {
  const encoding = BEYOND_LATIN1.test(text) ? 'utf16le' : 'latin1';
  return Buffer.from(text, encoding).toString(encoding);
}
