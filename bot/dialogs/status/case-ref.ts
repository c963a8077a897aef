/** A case's number with its year, as people write it: "1234/2026", "n. 1234 del 2026", "2026/0001234". */

export interface Written {
  number: number;
  /** Null: not said. */
  year: number | null;
}

const SEPARATOR = String.raw`(?:\s*[/-]\s*|\s*,?\s*(?:del(?:l['’]anno)?|anno|of|from|von|vom|aus|de|du|del año)\s+|\s+)`;
const WITH_YEAR = new RegExp(String.raw`(?<![\d/.-])(\d{1,7})${SEPARATOR}((?:19|20)\d{2})(?![\d/.-]*\d)`, 'i');
const SHORT_YEAR = /(?<![\d/.-])(\d{1,7})\s*\/\s*(\d{2})(?![\d/.-]*\d)/;
const REVERSED = /(?<!\d)((?:19|20)\d{2})\s*[/-]\s*(\d{3,8})(?!\d)/;
const LED =
  /\b(?:pratica|domanda|istanza|richiesta|fascicolo|protocollo|prot|numero|num|nr|n|case|application|number|antrag|nummer|dossier|num[ée]ro|expediente|solicitud)[.°º:\s]*(\d{1,7})\b(?![/.-]\d)/i;

/** `open`: the number was just asked for; `before`: as known so far. Null: none. */
export function caseRefIn(text: string, open: boolean, before?: Written): Written | null {
  const said = text.replace(/\b(\d{1,3})\.(?=\d{3}\b)/g, '$1');
  const reversed = REVERSED.exec(said);
  if (reversed) return { number: Number(reversed[2]), year: Number(reversed[1]) };
  const full = WITH_YEAR.exec(said);
  if (full) return { number: Number(full[1]), year: Number(full[2]) };
  const short = SHORT_YEAR.exec(said);
  if (short) return { number: Number(short[1]), year: 2000 + Number(short[2]) };
  const year = /^\D*((?:19|20)\d{2})\D*$/.exec(said)?.[1];
  if (open && before && before.year === null && year) return { number: before.number, year: Number(year) };
  const led = LED.exec(said)?.[1] ?? (open ? /^\D*(\d{1,7})\D*$/.exec(said)?.[1] : undefined);
  return led ? { number: Number(led), year: null } : null;
}

/** The text without it: "1234/2026" is no telephone number and no date. */
export const withoutRef = (text: string): string => text.replace(REVERSED, ' ').replace(WITH_YEAR, ' ').replace(SHORT_YEAR, ' ');
