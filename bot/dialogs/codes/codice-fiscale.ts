/** Codice fiscale of a person: control letter, omocodia, a birth date that exists, and what the citizen said of themselves. */
import { controlLetter } from '../../../knowledge/personal-data/checksums.ts';
import { bare, type CodeResult, wrong } from './result.ts';

export interface Person {
  /** `YYYY-MM-DD`; the century is not in the code: the one that makes a person of 0 to 99 years, on `today`. */
  birthDate: string;
  sex: 'M' | 'F';
}

const SHAPE = /^[A-Z]{6}[\dLMNPQRSTUV]{2}[ABCDEHLMPRST][\dLMNPQRSTUV]{2}[A-Z][\dLMNPQRSTUV]{3}[A-Z]$/;
const MONTHS = 'ABCDEHLMPRST';
/** Letters that stand for digits when two people would have the same code. */
const OMOCODIA = 'LMNPQRSTUV';
const DIGIT_PLACES = [6, 7, 9, 10, 12, 13, 14];

/** `said`: what the citizen stated elsewhere, to be coherent with; `today` `YYYY-MM-DD`. */
export function checkCodiceFiscale(text: string, today: string, said: Partial<Person> = {}): CodeResult<Person> {
  const value = bare(text);
  if (value.length !== 16)
    return wrong(
      /^\d{11}$/.test(value)
        ? 'Queste 11 cifre sembrano una partita IVA o il codice di un ente. Per una persona serve il codice fiscale di 16 caratteri, scritto sulla tessera sanitaria.'
        : `Il codice fiscale ha 16 caratteri, qui ce ne sono ${value.length}. Lo ricopi dalla tessera sanitaria.`,
    );
  if (!SHAPE.test(value))
    return wrong(
      'Il codice fiscale non ha la forma giusta: 6 lettere, 2 cifre, una lettera, 2 cifre, una lettera, 3 cifre, una lettera. Controlli di non aver scambiato la O con lo zero o la I con l’1.',
    );
  if (controlLetter(value) !== value[15])
    return wrong(
      'Il codice fiscale contiene un errore: l’ultima lettera non corrisponde alle altre. Ricontrollalo sulla tessera sanitaria e riscrivilo.',
    );
  const person = personIn(value, today);
  if (!person) return wrong('La data di nascita dentro il codice fiscale non esiste. Lo ricopi dalla tessera sanitaria.');
  // The year has two digits only: the stated century is taken over the guessed one.
  if (said.birthDate && said.birthDate.slice(2) !== person.birthDate.slice(2))
    return wrong(
      `La data di nascita indicata (${italian(said.birthDate)}) non è quella del codice fiscale (${italian(person.birthDate)}). Controlli quale delle due è sbagliata.`,
    );
  if (said.sex && said.sex !== person.sex)
    return wrong('Il sesso indicato non è quello del codice fiscale. Controlli quale dei due è sbagliato.');
  return { kind: 'ok', value, ...person, ...(said.birthDate && { birthDate: said.birthDate }) };
}

function personIn(value: string, today: string): Person | null {
  const digits = [...value].map((sign, place) => (DIGIT_PLACES.includes(place) && OMOCODIA.includes(sign) ? OMOCODIA.indexOf(sign) : sign));
  const number = (from: number, to: number) => Number(digits.slice(from, to).join(''));
  const coded = number(9, 11);
  const day = coded > 40 ? coded - 40 : coded;
  const month = MONTHS.indexOf(value[8] ?? '') + 1;
  const dateIn = (century: number): string | null => {
    const date = new Date(Date.UTC(century + number(6, 8), month - 1, day));
    return day >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
  };
  const recent = dateIn(2000);
  const birthDate = recent && recent <= today ? recent : dateIn(1900);
  return birthDate ? { birthDate, sex: coded > 40 ? 'F' : 'M' } : null;
}

function italian(date: string): string {
  return date.split('-').reverse().join('/');
}
