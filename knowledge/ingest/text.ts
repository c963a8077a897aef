/** What all readers do to text: white space, invisible characters, typographic leftovers. */

/** Zero-width, direction-override and Tag-block characters: they show nothing and have carried hidden instructions. */
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF\u00AD]|[\u{E0000}-\u{E007F}]/gu;

/** One line of text: invisible characters out, white space folded, no-break spaces kept as plain ones. */
export function cleanLine(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
}

/** The invisible characters of a text, when they are many enough to be a message (Tag block) and not just a soft hyphen. */
export function invisibleMessage(text: string): string | null {
  const tags = [...text].filter((sign) => (sign.codePointAt(0) ?? 0) >= 0xe0000);
  return tags.length === 0 ? null : tags.map((sign) => String.fromCharCode((sign.codePointAt(0) ?? 0) - 0xe0000)).join('');
}

/** A table row that reads on its own: `Tipo: CIE; Euro: 22,20`. Cells without a heading stand bare; empty ones are left out. */
export function rowText(keys: string[], cells: string[]): string {
  return cells
    .map((cell, i) => (cell === '' || cell === '—' ? '' : keys[i] && keys[i] !== cell ? `${keys[i]}: ${cell}` : cell))
    .filter(Boolean)
    .join('; ');
}

export const ARTICLE = /^(?:Art(?:icolo|\.)?)\s*(\d+)\s*(?:[-.]?\s*(bis|ter|quater|quinquies|sexies))?\b/i;
