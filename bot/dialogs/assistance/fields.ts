/** The fields of a request for assistance beside the name: where to answer, category, service, details. */
import { z } from 'zod';
import { field, type Field } from '../../conversation/filling/form.ts';
import { codesIn } from '../booking/codes.ts';
import { namedServices } from '../booking/named-services.ts';
import { phoneIn, phoneInWords } from '../call-back/phone-field.ts';
import { steers } from '../errand.ts';

const LONGEST = 600;
/** Categories of services in the model for Italian municipalities; names of a taxonomy, in Italian for everybody. */
export const CATEGORIES = [
  'Anagrafe e stato civile',
  'Tributi, finanze e contravvenzioni',
  'Educazione e formazione',
  'Salute, benessere e assistenza',
  'Mobilità e trasporti',
  'Ambiente',
  'Catasto e urbanistica',
  'Autorizzazioni',
  'Imprese e commercio',
  'Vita lavorativa',
  'Cultura e tempo libero',
  'Turismo',
  'Giustizia e sicurezza pubblica',
  'Appalti pubblici',
  'Agricoltura e pesca',
];
const named = (names: string[]) => names.map((name) => ({ id: name, name, words: [] }));

const reached = z.object({ email: z.email().optional(), phone: z.string().optional() });
type Reached = z.infer<typeof reached>;

/** An e-mail address; whoever has none is reached by telephone. */
export const replyToField = field<Reached>({
  name: 'reply',
  schema: reached,
  read({ text, say }, open) {
    const { email, phone } = codesIn(text);
    if (email) return { kind: 'value', value: { email } };
    const number = phone ? phoneIn(phone) : null;
    if (number?.kind === 'ok') return { kind: 'value', value: { phone: number.value } };
    return open && (phone !== undefined || text.includes('@')) ? { kind: 'wrong', text: say('helpEmailWrong') } : { kind: 'none' };
  },
  ask: ({ say }) => ({ text: say('helpAskEmail'), choices: [] }),
  label: ({ say }) => say('helpEmail'),
  called: /\b(?:mail|email|e-mail|telefono|phone|correo|telefon)\b/i,
  show: ({ email, phone }) => email ?? (phone ? phoneInWords(phone) : null),
});

export const categoryField = field<string>({
  name: 'category',
  schema: z.string().max(80),
  read({ text, say }, open) {
    if (!open) return { kind: 'none' };
    if (text === say('helpRelations')) return { kind: 'value', value: 'Relazioni con il pubblico' };
    const [first, second] = namedServices(text, named(CATEGORIES));
    return first && !second ? { kind: 'value', value: first.id } : { kind: 'none' };
  },
  ask: ({ say }) => {
    const choices = [...CATEGORIES, say('helpRelations')];
    return { text: say('helpAskCategory', { categories: choices.join(' · ') }), choices };
  },
  label: ({ say }) => say('helpCategory'),
  called: /\b(?:categoria|argomento|category|kategorie|bereich|categorie|domeniu)\b/i,
  show: (value) => value,
});

/** A service by name, or in the citizen's own words. */
export const serviceWanted = (services: string[]): Field =>
  field<string>({
    name: 'wanted',
    schema: z.string().min(2).max(120),
    read({ text, say }, open) {
      if (!open || steers(text)) return { kind: 'none' };
      if (text === say('helpRelations')) return { kind: 'value', value: 'Relazioni con il pubblico' };
      const [first, second] = namedServices(text, named(services));
      const own = text.trim();
      return { kind: 'value', value: first && !second ? first.name : own.slice(0, 120) };
    },
    ask: ({ say }) => {
      const choices = [...services.slice(0, 8), say('helpRelations')];
      return { text: say('helpAskService', { services: choices.join(' · ') }), choices };
    },
    label: ({ say }) => say('bookService'),
    called: /\b(?:servizio|service|dienst|servicio|serviciu)\b/i,
    show: (value) => value,
  });

export const detailsField = field<string>({
  name: 'details',
  schema: z.string().min(3).max(LONGEST),
  read({ text, say }, open) {
    const said = text.trim();
    if (!open || steers(said) || said.length < 3) return { kind: 'none' };
    if (said.length > LONGEST) return { kind: 'wrong', text: say('helpTextLong', { count: String(said.length) }) };
    return { kind: 'value', value: said };
  },
  ask: ({ say }) => ({ text: say('helpAskText'), choices: [] }),
  label: ({ say }) => say('helpText'),
  called: /\b(?:dettagli|testo|descrizione|richiesta|details|text|einzelheiten|details|detalles|detalii)\b/i,
  show: (value) => value,
});

const PARTICLE = /^(?:d[aeio]|de[il]|della|degli|dell|la|le|li|lo|van|von|el|al|ben|bin|mc|san)$/i;

/** «Anna Maria De Santis» → «Anna Maria», «De Santis»: the surname is the last word with what belongs before it. */
export function splitName(full: string): { name: string; surname: string } {
  const words = full.split(/\s+/);
  const particle = words.findIndex((word, at) => at > 0 && PARTICLE.test(word));
  const from = particle > 0 ? particle : Math.max(1, words.length - 1);
  return { name: words.slice(0, from).join(' '), surname: words.slice(from).join(' ') };
}
