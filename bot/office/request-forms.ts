/** A service's form as data: its questions with their checks and conditions, the office it goes to. The same on the web page and in the conversation. */
import { z } from 'zod';
import type { CaseRequest } from '../../connectors/cases/contract.ts';
import { plain } from '../conversation/filling/control.ts';
import { codesIn } from '../dialogs/booking/codes.ts';
import { checkCodiceFiscale } from '../dialogs/codes/codice-fiscale.ts';
import { dayIn } from '../dialogs/guide/day.ts';
import { checkFiles, filesIn, namesOf } from './attached.ts';
import { readJsonFiles } from './json-files.ts';

const LONGEST = 2_000;
const id = z.string().regex(/^[a-z0-9_-]{1,40}$/, 'minuscole, cifre, trattini');

const question = z.strictObject({
  id,
  label: z.string().min(2).max(120),
  ask: z.string().min(3).max(300),
  type: z.enum(['text', 'longtext', 'choice', 'yes_no', 'date', 'number', 'email', 'phone', 'fiscal_code', 'attachment']),
  required: z.boolean().default(true),
  /** Of a choice. */
  options: z.array(z.string().min(1).max(120)).max(30).default([]),
  /** Characters of a text. */
  least: z.number().int().min(1).optional(),
  most: z.number().int().max(LONGEST).optional(),
  /** Of a number. */
  from: z.number().optional(),
  to: z.number().optional(),
  /** Of an attachment: what may be sent, how many files, how large each. */
  kinds: z
    .array(z.enum(['pdf', 'image', 'document']))
    .min(1)
    .default(['pdf', 'image']),
  files: z.number().int().min(1).max(5).default(1),
  megabytes: z.number().int().min(1).max(10).default(10),
  /** The only answer with which the request may go on, and what is said otherwise. */
  must: z.string().optional(),
  refusal: z.string().max(300).optional(),
  /** Asked only when an earlier question has one of these answers. */
  when: z.strictObject({ question: id, is: z.array(z.string()).min(1) }).optional(),
});
export type Question = z.infer<typeof question>;

/** Every request begins with who makes it. */
const PERSON: Question[] = [
  { id: 'nome', label: 'Nome', ask: 'Come ti chiami? Scrivi il nome.', type: 'text' as const, most: 80 },
  { id: 'cognome', label: 'Cognome', ask: 'E il cognome?', type: 'text' as const, most: 80 },
  {
    id: 'codice_fiscale',
    label: 'Codice fiscale',
    ask: 'Qual è il codice fiscale? Sono 16 lettere e cifre, sulla tessera sanitaria.',
    type: 'fiscal_code' as const,
  },
  { id: 'email', label: 'E-mail', ask: 'A quale e-mail mandiamo la ricevuta?', type: 'email' as const, required: false },
].map((one) => question.parse(one));

export const requestFormSchema = z
  .strictObject({
    id,
    title: z.string().min(3).max(120),
    office: z.string().min(2).max(80),
    /** The service card it belongs to: offered below answers that cite it. */
    document: z.string().optional(),
    /** Days to conclude; absent = 30. */
    days: z.number().int().min(1).max(365).optional(),
    /** What people say who want to make this request. */
    words: z.array(z.string().min(4).max(80)).default([]),
    questions: z.array(question).min(1).max(40),
    /** Said with the receipt: what is still to be done. */
    after: z.array(z.string().max(300)).default([]),
  })
  .superRefine(({ questions }, context) => {
    const known = new Set(PERSON.map((one) => one.id));
    for (const [at, one] of questions.entries()) {
      const wrong = (message: string) => context.addIssue({ code: 'custom', path: ['questions', at], message });
      if (known.has(one.id)) wrong(`«${one.id}» c’è già`);
      if (one.when && !known.has(one.when.question)) wrong(`when: «${one.when.question}» non è una domanda che viene prima`);
      if (one.type === 'choice' && one.options.length < 2) wrong('una scelta ha almeno due opzioni');
      known.add(one.id);
    }
  })
  .transform((form) => ({ ...form, questions: [...PERSON, ...form.questions] }));
export type RequestForm = z.infer<typeof requestFormSchema>;

export const readRequestForms = (folders: string[]): RequestForm[] =>
  readJsonFiles(folders, requestFormSchema as unknown as z.ZodType<RequestForm>);

export type Answers = Record<string, string>;

export const applies = ({ when }: Question, answers: Record<string, unknown>): boolean =>
  !when || when.is.includes(String(answers[when.question] ?? ''));

export type Checked = { value: string } | { wrong: string };

/** One answer as it is kept (a day as `YYYY-MM-DD`, `sì` | `no`, '' = none), or what is wrong with it, for the person who wrote it. */
export function checkAnswer(one: Question, text: string, today: string): Checked {
  const said = text.trim();
  if (one.type === 'attachment') return checkFiles(one, said);
  if (!said) return one.required ? { wrong: `${one.label}: serve una risposta.` } : { value: '' };
  if (said.length > LONGEST) return { wrong: `${one.label}: al massimo ${LONGEST} caratteri.` };
  const read = readers[one.type](one, said, today);
  if ('value' in read && one.must && read.value !== one.must)
    return { wrong: one.refusal ?? `${one.label}: con questa risposta non si può andare avanti.` };
  return read;
}

const readers: Record<Exclude<Question['type'], 'attachment'>, (one: Question, said: string, today: string) => Checked> = {
  text: asText,
  longtext: asText,
  choice({ label, options }, said) {
    const found = options.filter((option) => plain(option) === plain(said));
    const near = found.length > 0 ? found : options.filter((option) => ` ${plain(option)} `.includes(` ${plain(said)} `));
    return near.length === 1 && near[0] ? { value: near[0] } : { wrong: `${label}: scegli fra ${options.join(', ')}.` };
  },
  yes_no({ label }, said) {
    if (/^(?:si|certo|vero|yes|ja|oui)\b/.test(plain(said))) return { value: 'sì' };
    return /^(?:no|non|nein)\b/.test(plain(said)) ? { value: 'no' } : { wrong: `${label}: rispondi sì o no.` };
  },
  date({ label }, said, today) {
    const day = dayIn(said, today, new Date(`${today}T12:00:00Z`));
    return day ? { value: day } : { wrong: `${label}: scrivi la data come 25/11/2026.` };
  },
  number({ label, from, to }, said) {
    const number = /^-?\d+(?:[.,]\d+)?(?=\s*\p{L}*\.?$)/u.exec(said)?.[0].replace(',', '.');
    const bounds = [from !== undefined ? `da ${from}` : '', to !== undefined ? `fino a ${to}` : ''].filter(Boolean).join(' ');
    const fits =
      number !== undefined && Number(number) >= (from ?? Number.NEGATIVE_INFINITY) && Number(number) <= (to ?? Number.POSITIVE_INFINITY);
    return fits ? { value: number } : { wrong: `${label}: scrivi un numero${bounds ? `, ${bounds}` : ''}.` };
  },
  email({ label }, said) {
    const { email } = codesIn(said);
    return email ? { value: email } : { wrong: `${label}: non sembra un indirizzo e-mail.` };
  },
  phone({ label }, said) {
    const { phone } = codesIn(said);
    return phone ? { value: phone } : { wrong: `${label}: non sembra un numero di telefono.` };
  },
  fiscal_code(_, said, today) {
    const checked = checkCodiceFiscale(codesIn(said).fiscal ?? said, today);
    return checked.kind === 'wrong' ? { wrong: checked.message } : { value: checked.value };
  },
};

function asText({ label, least = 2, most = LONGEST }: Question, said: string): Checked {
  if (said.length < least) return { wrong: `${label}: scrivi almeno ${least} caratteri.` };
  return said.length > most ? { wrong: `${label}: al massimo ${most} caratteri.` } : { value: said };
}

/** An answer as people read it. */
export function shownAnswer({ type }: Question, value: string): string {
  if (type === 'attachment') return namesOf(filesIn(value));
  return type === 'date' ? value.split('-').reverse().join('/') : value;
}

/** Questions for files that apply. */
export const filesAsked = ({ questions }: RequestForm, answers: Record<string, unknown>): Question[] =>
  questions.filter((one) => one.type === 'attachment' && applies(one, answers));

/** Questions with their answers, those that do not apply left out. */
export const answered = ({ questions }: RequestForm, answers: Record<string, unknown>): { label: string; value: string }[] =>
  questions.flatMap((one) => {
    const value = shownAnswer(one, String(answers[one.id] ?? ''));
    return value && applies(one, answers) ? [{ label: one.label, value }] : [];
  });

/** Of answers written anywhere, those that stand today: the others are asked again. */
export function standing(form: RequestForm, written: Answers, today: string): Answers {
  const answers: Answers = {};
  for (const one of form.questions) {
    const said = written[one.id];
    if (said === undefined || !applies(one, answers)) continue;
    const checked = checkAnswer(one, said, today);
    if ('value' in checked && (checked.value || one.id in written)) answers[one.id] = checked.value;
  }
  return answers;
}

/** What goes to the office: every answer has passed its check. */
export function requestOf(form: RequestForm, answers: Answers, today: string): CaseRequest {
  const fiscal = checkCodiceFiscale(answers['codice_fiscale'] ?? '', today);
  return {
    subject: form.title,
    office: form.office,
    text: answered(form, answers)
      .filter(({ label }) => label !== 'Codice fiscale')
      .map(({ label, value }) => `${label}: ${value}`)
      .join('\n'),
    ...(form.days !== undefined && { days: form.days }),
    person: {
      fiscalCode: answers['codice_fiscale'] ?? '',
      surname: answers['cognome'] ?? '',
      birthDate: fiscal.kind === 'wrong' ? '' : fiscal.birthDate,
      ...(answers['email'] && { email: answers['email'] }),
    },
  };
}
