/** What a report needs: which kind, where, what, whatever its kind asks besides, and a photo if there is one. */
import { z } from 'zod';
import type { Attribute, Category } from '../../../connectors/reports/contract.ts';
import { asks, onlyAsks, plain, saysNo } from '../../conversation/filling/control.ts';
import { field, type Field, type Reading } from '../../conversation/filling/form.ts';
import { namedServices } from '../booking/named-services.ts';
import { steers } from '../errand.ts';
import { placeIn } from './place.ts';
import { reportWish } from './wants.ts';

const LONGEST = 1000;
const SHORTEST = 4;
/** A first message with less than this beside the category says nothing of the fault. */
const WORDS_OF_STORY = 6;

export function categoryField(categories: Category[]): Field {
  const named = categories.map(({ code, name, words }) => ({ id: code, name, words }));
  const choices = named.map(({ name }) => name);
  return field<string>({
    name: 'category',
    schema: z.string(),
    read(around, open): Reading {
      const button = named.find(({ name }) => plain(name) === plain(around.text));
      if (button) return { kind: 'value', value: button.id };
      // What is told once is not changed by a word in the description or in the name of a street.
      if (!open && around.values['category'] !== undefined) return { kind: 'none' };
      const found = namedServices(around.text, named);
      const [first] = found;
      if (!first) return { kind: 'none' };
      if (found.length === 1) return { kind: 'value', value: first.id };
      const names = found.map(({ name }) => name);
      return { kind: 'doubt', ask: { text: around.say('reportWhichCategory'), choices: names } };
    },
    async check(value, { say }) {
      return named.some(({ id }) => id === value) ? { kind: 'ok', value } : { kind: 'refused', note: say('reportNoCategory') };
    },
    ask: ({ say }) => ({ text: say('reportAskCategory'), choices }),
    label: ({ say }) => say('reportCategory'),
    called: /\b(?:categoria|tipo|category|kind|kategorie|art|catégorie|categoría)\b/i,
    show: (value) => named.find(({ id }) => id === value)?.name ?? value,
  });
}

export interface Place {
  address?: string;
  lat?: number;
  long?: number;
}
const place = z.object({ address: z.string().max(300).optional(), lat: z.number().optional(), long: z.number().optional() });

export const placeField: Field = field<Place>({
  name: 'place',
  schema: place as z.ZodType<Place>,
  read({ text, values, say }, open): Reading {
    if (!open && values['place'] !== undefined) return { kind: 'none' };
    const found = placeIn(text);
    if (found) return { kind: 'value', value: found };
    if (!open || asks(text) === 'sure' || text.includes('?') || steers(text)) return { kind: 'none' };
    const said = text.trim();
    if (/^(?:non (?:lo )?so|boh|qui|li|la|here|hier|ici|aqui)$/.test(plain(said)))
      return { kind: 'wrong', text: say('reportPlaceMissing') };
    return said.length >= SHORTEST && said.length <= 300 && plain(said).split(' ').length > 1
      ? { kind: 'value', value: { address: said } }
      : { kind: 'none' };
  },
  ask: ({ say }) => ({ text: say('reportAskPlace'), choices: [] }),
  label: ({ say }) => say('reportPlace'),
  called: /\b(?:luogo|posto|via|indirizzo|place|address|where|ort|adresse|lieu|lugar|dirección)\b/i,
  show: ({ address, lat, long }) =>
    [address, lat !== undefined && long !== undefined ? `${lat}, ${long}` : ''].filter(Boolean).join(' · ') || null,
});

/** The name of a category may hold a word for a street ("buca o strada rovinata"): chosen, it is no place. */
export const placeBeside = (categories: Category[]): Field => ({
  ...placeField,
  read: (around, open) =>
    categories.some(({ name }) => plain(name) === plain(around.text)) ? { kind: 'none' } : placeField.read(around, open),
});

export const detailsField: Field = field<string>({
  name: 'details',
  schema: z.string().min(SHORTEST).max(LONGEST),
  read({ text, values, open: asked, say }, open): Reading {
    const said = text.trim();
    if (!open) {
      // The message that began it often tells it all.
      const story =
        values['details'] === undefined && asked === null && reportWish(said) === 'make' && plain(said).split(' ').length >= WORDS_OF_STORY;
      return story && said.length <= LONGEST ? { kind: 'value', value: said } : { kind: 'none' };
    }
    if (asks(said) === 'sure' || onlyAsks(said) || steers(said)) return { kind: 'none' };
    if (said.length > LONGEST) return { kind: 'wrong', text: say('reportTooLong', { most: String(LONGEST) }) };
    return /\p{L}{2}/u.test(said) && said.length >= SHORTEST && !saysNo(said) ? { kind: 'value', value: said } : { kind: 'none' };
  },
  ask: ({ say }) => ({ text: say('reportAskDetails'), choices: [] }),
  label: ({ say }) => say('reportDetails'),
  called: /\b(?:descrizione|testo|dettagli|description|text|beschreibung|descripción|texto)\b/i,
  show: (value) => value,
});

const NONE =
  /^(?:no|nessun[oa]?|senza|niente|salta|avanti|vai avanti|non (?:ce l ho|lo so|ho|c e)|none|skip|without|keine?s?|ohne|weiter|non merci|aucune?|sans|ningun[oa]?|sin)\b/;

/** A question that a category asks besides. Only required ones are asked; the others too, once, with a way past. */
export function attributeField({ code, description, datatype, required, values }: Attribute): Field {
  const name = `attribute ${code}`;
  return field<string>({
    name,
    schema: z.string().max(300),
    read({ text, say }, open): Reading {
      if (!open || asks(text) === 'sure' || steers(text)) return { kind: 'none' };
      const said = text.trim();
      if (!required && (NONE.test(plain(said)) || said === say('reportSkip'))) return { kind: 'value', value: '' };
      const chosen = values.find((one) => plain(one.name) === plain(said) || one.key === said);
      if (values.length > 0) return chosen ? { kind: 'value', value: chosen.key } : { kind: 'none' };
      if (datatype === 'number' && !/^-?\d+(?:[.,]\d+)?$/.test(said)) return { kind: 'none' };
      return said ? { kind: 'value', value: said } : { kind: 'none' };
    },
    ask: ({ say }) => ({
      text: `**${description}**?`,
      choices: [...values.map((one) => one.name), ...(required ? [] : [say('reportSkip')])],
    }),
    label: () => description,
    show: (value) => (value === '' ? null : (values.find(({ key }) => key === value)?.name ?? value)),
  });
}

export interface Photo {
  /** '' = none wanted. */
  id: string;
  name: string;
}
export const photo = z.object({ id: z.string().max(500), name: z.string().max(200) });

/** A picture arrives as a proposal (report.ts reads attachments); here only "no" is heard. */
export const photoField: Field = field<Photo>({
  name: 'photo',
  schema: photo,
  read: ({ text, say }, open) =>
    open && (NONE.test(plain(text)) || text === say('reportNoPhoto')) ? { kind: 'value', value: { id: '', name: '' } } : { kind: 'none' },
  ask: ({ say }) => ({ text: say('reportAskPhoto'), choices: [say('reportNoPhoto')] }),
  label: ({ say }) => say('reportPhoto'),
  called: /\b(?:foto\w*|immagine|photo|picture|bild|image|imagen)\b/i,
  show: ({ name }) => name || null,
});
