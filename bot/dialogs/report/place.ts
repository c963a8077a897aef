/** A place in a sentence: coordinates, or the clause that begins with a street word. */
import { PLACE_WORD } from './wants.ts';

const COORDINATES = /(-?\d{1,2}[.,]\d{3,8})\s*[,; ]\s*(-?\d{1,3}[.,]\d{3,8})/;
const AT = "(?:all['’]altezza|davanti|vicino|di fronte|angolo|in front of|near|opposite|vor|bei|neben|devant|près|delante|cerca)";
/** "Davanti al 12 di", "vicino alla scuola di": what stands before the street. */
const BEFORE = `(?:${AT}(?:\\s+(?!${PLACE_WORD}\\b)[\\p{L}\\d'’]+){0,5}\\s+)?`;
const HOUSE = '(?:n\\.?|num\\w*|civico|al|alla)?\\s*\\d';
/** Up to the end of the clause: a full stop, a word that begins another, or a comma that neither a house number nor "near …" follows. */
const CLAUSE = new RegExp(
  `(?<![\\p{L}])${BEFORE}(?:(?:la|il|lo|le|i|l['’]|the|der|die|das|el)\\s+)?${PLACE_WORD}(?![\\p{L}])(?:(?![.;!?](?:\\s|$)|,(?!\\s*(?:${HOUSE}|${AT}))|\\s(?:c['’]è|ci sono|che|ma|perché|da (?:una|due|tre|giorni|settimane|mesi)|è|sono|is|are|ist|est|está|hay|since|seit|depuis|desde)\\s).){1,80}`,
  'iu',
);
const TAIL = /,?\s+(?:è|e|c['’]è)$/i;

export function placeIn(text: string): { address?: string; lat?: number; long?: number } | null {
  const point = COORDINATES.exec(text);
  if (point) {
    const [lat, long] = [point[1], point[2]].map((one) => Number((one ?? '').replace(',', '.')));
    if (lat !== undefined && long !== undefined && Math.abs(lat) <= 90 && Math.abs(long) <= 180) return { lat, long };
  }
  const clause = CLAUSE.exec(text)?.[0].replace(TAIL, '').trim();
  // A street word alone ("nella strada") names no place.
  return clause && new RegExp(`${PLACE_WORD}\\s+\\S`, 'iu').test(clause) && /\s/.test(clause) ? { address: clause } : null;
}
