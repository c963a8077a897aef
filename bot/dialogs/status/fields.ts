/** The two things a case is looked up by: its number with the year, and a second fact. */
import { z } from 'zod';
import type { Case, Proof } from '../../../connectors/cases/contract.ts';
import { recordOf } from '../../../connectors/guesses.ts';
import { onlyAsks, plain } from '../../conversation/filling/control.ts';
import { type Around, type Checked, field, type Field, type Reading } from '../../conversation/filling/form.ts';
import { fiscalIn } from '../booking/person-fields.ts';
import { codesIn } from '../booking/codes.ts';
import { checkProtocolNumber } from '../codes/protocol-number.ts';
import { localNow } from '../dates/calendar.ts';
import { minutesOf, steers } from '../errand.ts';
import { figuresIn } from '../../citizens/wishes.ts';
import { birthDateIn } from './birth-date.ts';
import { caseRefIn, withoutRef } from './case-ref.ts';
import { checkMailed, type FactParts, type Mailed } from './mailed.ts';

/** "Nel 2027 aumenta la TARI?" holds a year and is no answer; "1187 del 2026?" is one. */
const WORDS_OF_QUESTION = 3;
const wordsIn = (text: string): number =>
  plain(text)
    .split(' ')
    .filter(
      (word) =>
        /^\p{L}{2,}\??$/u.test(word) &&
        !/^(?:pratica|domanda|numero|anno|protocollo|del|di|la|il|e|credo|forse|mia|number|year)\??$/.test(word),
    ).length;
const written = z.object({ number: z.number(), year: z.number().nullable() });
const today = ({ now }: Around): string => localNow(now, 'Europe/Rome').today;

export const caseField: Field = field({
  name: 'case',
  schema: written,
  read(around, open): Reading {
    if (open && onlyAsks(around.text) && !/\d\D+\d/.test(around.text) && wordsIn(around.text) >= WORDS_OF_QUESTION) return { kind: 'none' };
    const found = caseRefIn(around.text.replace(dateOf(around), ' '), open, written.safeParse(around.values['case']).data);
    if (!found)
      return open && /\d/.test(around.text) && !codesIn(around.text).fiscal
        ? { kind: 'wrong', text: around.say('caseRefWrong') }
        : { kind: 'none' };
    if (found.year === null) return { kind: 'value', value: found };
    const checked = checkProtocolNumber(`${found.number}/${found.year}`, today(around));
    if (checked.kind === 'wrong') return { kind: 'wrong', text: around.lang === 'it' ? checked.message : around.say('caseRefWrong') };
    return { kind: 'value', value: found };
  },
  async check(value, around) {
    if (value.year !== null) return { kind: 'ok', value };
    const year = Number(today(around).slice(0, 4));
    return { kind: 'more', value, ask: { text: around.say('caseAskYear'), choices: [String(year), String(year - 1)] } };
  },
  ask: ({ say }) => ({ text: say('caseAskRef'), choices: [say('person')] }),
  label: ({ say }) => say('caseRef'),
  called: /\b(?:numero|anno|pratica|number|year|nummer|jahr|numéro|año)\b/i,
  show: () => null,
});

export interface Fact extends Mailed {
  fiscalCode?: string;
  names?: string;
  birthDate?: string;
  /** Set once the fact opened it. */
  found?: Case;
}
const fact = z.object({
  fiscalCode: z.string().optional(),
  names: z.string().optional(),
  birthDate: z.string().optional(),
  email: z.string().optional(),
  figures: z.string().optional(),
  asked: z.boolean().optional(),
  verified: z.boolean().optional(),
  found: z.looseObject({ number: z.number() }).optional(),
});

export const factOf = (values: Record<string, unknown>): Fact | null => (fact.safeParse(values['fact']).data as Fact | undefined) ?? null;

export const proofOf = ({ fiscalCode, names, birthDate, email, verified }: Fact): Proof | null => {
  if (email && verified) return { kind: 'email', email };
  if (fiscalCode) return { kind: 'fiscal_code', fiscalCode };
  return names && birthDate ? { kind: 'surname', names, birthDate } : null;
};

export function factField(parts: FactParts): Field {
  return field<Fact>({
    name: 'fact',
    schema: fact as unknown as z.ZodType<Fact>,
    needs: ['case'],
    read(around, open): Reading {
      const { fiscal, email } = codesIn(around.text);
      if (fiscal) {
        const reading = fiscalIn(around, fiscal);
        return reading.kind === 'value' ? { kind: 'value', value: { fiscalCode: String(reading.value) } } : reading;
      }
      if (email && parts.codes) return { kind: 'value', value: { email } };
      const asked = factOf(around.values)?.email;
      const figures = open && asked ? figuresIn(around.text) : null;
      if (asked && figures) return { kind: 'value', value: { email: asked, figures } };
      const born = birthDateIn(around.text, today(around));
      if (born === 'wrong') return open ? { kind: 'wrong', text: around.say('caseBirthDateWrong') } : { kind: 'none' };
      const names = namesIn(withoutRef(around.text.replace(born?.written ?? '', ' ')), open || born !== null);
      if (!born && !names) return { kind: 'none' };
      const {
        found: _found,
        fiscalCode: _code,
        email: _email,
        asked: _asked,
        figures: _figures,
        verified: _verified,
        ...before
      } = factOf(around.values) ?? {};
      return { kind: 'value', value: { ...before, ...(born && { birthDate: born.date }), ...(names && { names }) } };
    },
    async check(value, around) {
      const mailed = value.email && !value.verified ? await checkMailed(parts, value, around) : value;
      if ('kind' in mailed) return mailed;
      return open(mailed, around);
    },
    ask: ({ say }) => ({
      text: [say('caseAskFact'), parts.codes ? say('caseAskMail') : ''].filter(Boolean).join(' '),
      choices: [say('person')],
    }),
    label: ({ say }) => say('bookFact'),
    called: /\b(?:codice fiscale|cf|cognome|data di nascita|surname|birth|nachname|geburt\w*|nom|naissance|apellido|nacimiento)\b/i,
    show: () => null,
  });

  async function open(value: Fact, { say, values }: Around): Promise<Checked> {
    const proof = proofOf(value);
    if (!proof) return { kind: 'more', value, ask: { text: say(value.names ? 'caseAskBirthDate' : 'caseAskSurname'), choices: [] } };
    const { number, year } = values['case'] as { number: number; year: number };
    const guess = await parts.guesses.take([...parts.who, recordOf(`case ${number}/${year}`)]);
    if ('wait' in guess) return { kind: 'stop', note: say('caseTooManyTries', { minutes: minutesOf(guess.wait) }) };
    const result = await parts.cases.find({ number, year }, proof);
    if (result.kind === 'not_found') return { kind: 'refused', note: say('caseNotFound') };
    await parts.guesses.giveBack(guess.token);
    if (result.kind === 'ok') return { kind: 'ok', value: { ...value, found: result.value } };
    if (result.kind === 'not_allowed') return { kind: 'stop', note: say('caseSignIn') };
    return { kind: 'stop', note: say('caseDown') };
  }
}

const LEAD =
  /^.*?\b(?:mi chiamo|il mio cognome (?:e|è)|cognome|a nome(?: di)?|sono|my name is|surname(?: is)?|last name(?: is)?|i am|ich hei(?:ß|ss)e|nachname|mein name ist|je m['’]appelle|nom(?: de famille)?|me llamo|apellidos?|soy)\b[\s:]*/iu;
const BORN =
  /\b(?:nat[oa](?: il)?|nascita|data(?: di)?|il|born(?: on)?|on|and|geboren(?: am)?|am|né[e]?(?: le)?|le|nacid[oa](?: el)?|el|signor[ae]?|e|y|und|et)\b/giu;
const NO_NAME =
  /^(?:si|no|ok|va|bene|grazie|non|lo|so|la|il|che|cosa|come|quando|pratica|numero|codice|fiscale|annulla|boh|the|yes|what|please|ja|nein|bitte|danke|oui|merci|pas|gracias|non|ho|ricordo|trovo|un|una|di|del|mia|mio)$/;

/** Names: after words that lead to them, or the whole of a short answer. */
function namesIn(text: string, open: boolean): string | null {
  const led = LEAD.test(text);
  if (!led && !open) return null;
  const rest = text
    .replace(LEAD, '')
    .replace(BORN, ' ')
    .replace(/[^\p{L}'’ -]/gu, ' ')
    .trim();
  const words = rest.split(/\s+/).filter(Boolean);
  if (words.length === 0 || words.length > 5 || text.includes('?') || steers(text)) return null;
  return words.every((word) => word.length > 1 && (!NO_NAME.test(plain(word)) || (led && /^(?:di|del|la|lo)$/.test(plain(word)))))
    ? words.join(' ')
    : null;
}

/** The date in a message: its figures are no case number. */
const dateOf = (around: Around): string => {
  const born = birthDateIn(around.text, today(around));
  return born && born !== 'wrong' ? born.written : '\u0000';
};
