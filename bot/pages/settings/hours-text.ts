/** Shifts and closures as people write them: «08:30-12:30, 15:00-17:30» and back. */

export type Shifts = [string, string][];
export const DAYS = ['Domenica', 'Lunedì', 'Martedì', 'Mercoledì', 'Giovedì', 'Venerdì', 'Sabato'];
/** Monday first, as weeks are read here. */
export const WEEK = [1, 2, 3, 4, 5, 6, 0];

export const shiftsInWords = (shifts: Shifts | undefined): string => (shifts ?? []).map(([from, to]) => `${from}-${to}`).join(', ');

/** Throws with words for people. An empty text is a day without shifts. */
export function readShifts(text: string): Shifts {
  return text
    .split(/[,;]| e /)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [, h1, m1 = '00', h2, m2 = '00'] = /^(\d{1,2})(?:[:.](\d\d))?\s*[-–]\s*(\d{1,2})(?:[:.](\d\d))?$/.exec(part) ?? [];
      if (!h1 || !h2) throw new Error(`«${part}» non è un orario come 08:30-12:30.`);
      return [`${h1.padStart(2, '0')}:${m1}`, `${h2.padStart(2, '0')}:${m2}`];
    });
}
