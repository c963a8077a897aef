/** Who books: name, codice fiscale, a way to be reached. */
import { z } from 'zod';
import { plain } from '../../conversation/filling/control.ts';
import { type Around, type Field, field, type Reading } from '../../conversation/filling/form.ts';
import { checkCodiceFiscale } from '../codes/codice-fiscale.ts';
import { localNow } from '../dates/calendar.ts';
import { codesIn } from './codes.ts';

const CAPITAL = "\\p{Lu}[\\p{L}'’-]*";
const PARTICLE = "(?:d[aeio]|de[il]|della|degli|dell|la|le|li|lo|van|von|el|al|ben|bin|mc|san|d['’])";
const FREE_NAME =
  /\b(?:mi chiamo|il mio nome (?:è|e)|mio nome|nome e cognome|nome|a nome(?: di)?|intestat[oa] a|my name is|name is|ich hei(?:ß|ss)e|mein name ist|je m['’]appelle|me llamo|mi nombre es|mă numesc|ma numesc|numele meu este)\s*:?\s+([\p{L}'’-]+(?:\s+[\p{L}'’-]+){1,4})/iu;
/** "I am …" says many things: a name only with its capitals. */
const SELF_NAME = new RegExp(
  `(?:^|[\\s,;.])(?:[Ss]ono|[Ii] am|I['’]m|[Ii]ch bin|[Jj]e suis|[Ss]oy|[Ss]unt)\\s+(${CAPITAL}(?:\\s+(?:${PARTICLE}\\s+)?${CAPITAL}){1,4})`,
  'u',
);
const NO_NAME =
  /^(?:si|sì|no|ok|va|bene|grazie|che|cosa|come|quanto|quando|dove|perche|non|lo|so|sono|ho|hai|ha|devo|posso|vorrei|voglio|puo|prima|dopo|alle|ore|oggi|domani|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|gia|qui|sotto|ancora|aspetta|aspetti|scusi|scusa|e|il|mio|mia|un|una|per|con|questo|quello|ah|eh|boh|allora|niente|nulla|codice|telefono|annulla|anzi|meglio|certo|capito|perfetto|the|is|my|what|how|yes|please|ja|bitte|nein|was|wie|ich|der|das|oui|merci)$/;

/** The text without a name that it tells as such: "Mario Marzo" is no date. */
export const withoutName = (text: string): string => {
  const name = SELF_NAME.exec(text)?.[1] ?? trimmed(FREE_NAME.exec(text)?.[1]);
  return name ? text.replace(name, ' ') : text;
};

export const nameField = field<string>({
  name: 'name',
  schema: z.string().min(3).max(80),
  read(around, open): Reading {
    const { rest } = codesIn(around.text);
    const said = SELF_NAME.exec(rest)?.[1] ?? trimmed(FREE_NAME.exec(rest)?.[1]);
    const found = said ?? (open ? bareName(rest) : null);
    if (!found) return { kind: 'none' };
    if (found.split(' ').length < 2) return { kind: 'doubt', ask: { text: around.say('bookSurnameToo'), choices: [] } };
    return { kind: 'value', value: inCapitals(found) };
  },
  ask: ({ say }) => ({ text: say('bookAskName'), choices: [] }),
  label: ({ say }) => say('bookName'),
  called: /\b(?:nome|cognome|name|nombre|nom)\b/i,
  show: (value) => value,
});

/** Where code and contact are asked next: who writes all three at once is done in one message. */
export const whoField: Field = {
  ...nameField,
  ask: ({ say, values }) => {
    const more = values['codice_fiscale'] === undefined && values['contact'] === undefined;
    return { text: more ? `${say('bookAskName')} ${say('bookAskCodeToo')}` : say('bookAskName'), choices: [] };
  },
};

export const fiscalField = field<string>({
  name: 'codice_fiscale',
  schema: z.string().length(16),
  read: (around) => fiscalIn(around, codesIn(around.text).fiscal),
  ask: ({ say }) => ({ text: say('bookAskFiscalCode'), choices: [] }),
  label: ({ say }) => say('bookFiscalCode'),
  called: /\b(?:codice fiscale|cf|fiscal code|steuernummer|code fiscal|codigo fiscal)\b/i,
  show: (value) => value,
});

/** Who books for another under a mandate: known from the sign-in, never said. */
export const behalfField = field<string>({
  name: 'behalf',
  schema: z.string().max(120),
  optional: true,
  read: () => ({ kind: 'none' }),
  ask: () => ({ text: '', choices: [] }),
  label: ({ say }) => say('actBehalf'),
  show: (value) => value,
});

const reached = z.object({ phone: z.string().optional(), email: z.string().optional() });
export type Reached = z.infer<typeof reached>;

export const contactField = field<Reached>({
  name: 'contact',
  schema: reached as z.ZodType<Reached>,
  read(around, open): Reading {
    const { phone, email, rest } = codesIn(around.text);
    if (!phone && !email) {
      const digits = rest.replace(/\D/g, '').length;
      return open && (digits >= 4 || around.text.includes('@'))
        ? { kind: 'wrong', text: around.say('bookContactWrong') }
        : { kind: 'none' };
    }
    const before = reached.safeParse(around.values['contact']).data ?? {};
    return { kind: 'value', value: { ...before, ...(phone && { phone }), ...(email && { email }) } };
  },
  ask: ({ say }) => ({ text: say('bookAskContact'), choices: [] }),
  label: ({ say }) => say('bookContact'),
  called: /\b(?:telefono|cellulare|numero|mail|email|e-mail|contatt\w+|phone|telefon|kontakt|telefono|correo|téléphone)\b/i,
  show: ({ phone, email }) => [phone, email].filter(Boolean).join(', ') || null,
});

/** A codice fiscale as written, checked; what is wrong with it is said, in Italian with the reason. */
export function fiscalIn(around: Around, written: string | undefined): Reading {
  if (!written) return { kind: 'none' };
  const result = checkCodiceFiscale(written, localNow(around.now, 'Europe/Rome').today);
  if (result.kind === 'wrong') return { kind: 'wrong', text: around.lang === 'it' ? result.message : around.say('bookFiscalCodeWrong') };
  return { kind: 'value', value: result.value };
}

function trimmed(words: string | undefined): string | null {
  if (!words) return null;
  const kept: string[] = [];
  for (const word of words.split(/\s+/)) {
    if (NO_NAME.test(plain(word)) && !/^\p{Lu}/u.test(word)) break;
    kept.push(word);
  }
  return kept.length > 0 ? kept.join(' ') : null;
}

/** The whole answer is a name: two to five words of letters, none of which belongs to a sentence. */
function bareName(text: string): string | null {
  const said = text
    .replace(/^\W*(?:sono|allora|dunque|ecco|certo|si|sì|ok|i am|ich bin|je suis|soy)\s+/i, '')
    .replace(/[\s.,;!]+$/g, '')
    .trim();
  if (!/^[\p{L}'’ -]+$/u.test(said)) return null;
  const words = said.split(/\s+/).filter(Boolean);
  if (words.length === 0 || words.length > 5) return null;
  const particle = new RegExp(`^${PARTICLE}$`, 'i');
  if (words.some((word, index) => NO_NAME.test(plain(word)) && !(index > 0 && particle.test(word)))) return null;
  return words.length === 1 && words[0] !== undefined && words[0].length < 3 ? null : words.join(' ');
}

function inCapitals(name: string): string {
  return name
    .split(/\s+/)
    .map((word) =>
      word === word.toLowerCase() || word === word.toUpperCase() ? word.charAt(0).toUpperCase() + word.slice(1).toLowerCase() : word,
    )
    .join(' ');
}
