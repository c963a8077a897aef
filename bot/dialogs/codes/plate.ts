/** Italian number plates: cars since 1994, motorcycles since 1999, mopeds since 2006, and the provincial ones before. */
import { bare, type CodeResult, wrong } from './result.ts';

export type Vehicle = 'car' | 'motorcycle' | 'moped' | 'old';

/** Never on plates since 1994, being like digits or other letters. */
const LETTER = '[A-HJ-NPR-TV-Z]';
const SHAPES: [Vehicle, RegExp][] = [
  ['car', new RegExp(`^${LETTER}{2}\\d{3}${LETTER}{2}$`)],
  ['motorcycle', new RegExp(`^${LETTER}{2}\\d{5}$`)],
  ['moped', /^X[2-9BCDFGHJKLMNPRSTVWXYZ]{5}$/],
  ['old', /^(?:[A-Z]{2}|ROMA)(?:\d{6}|[A-Z]\d{5}|\d{5}[A-Z])$/],
];

export function checkPlate(text: string): CodeResult<{ vehicle: Vehicle }> {
  const value = bare(text);
  const vehicle = SHAPES.find(([, shape]) => shape.test(value))?.[0];
  if (vehicle) return { kind: 'ok', value, vehicle };
  if (/^[A-Z]{2}\d{3}[A-Z]{2}$/.test(value))
    return wrong('Nelle targhe italiane non ci sono le lettere I, O, Q e U. Controlli se sono un 1, uno 0 o una V.');
  if (value.length < 5 || value.length > 10)
    return wrong('La targa di un’auto ha 7 caratteri, per esempio AB123CD. La ricopi dal libretto.');
  return wrong(
    'La targa non ha una forma italiana: per un’auto 2 lettere, 3 cifre e 2 lettere (AB123CD); per una moto 2 lettere e 5 cifre (AB12345). La ricopi dal libretto.',
  );
}
