/** One service as the theme's REST interface tells it, and the service card that its fields make. */
import { z } from 'zod';

export interface Service {
  title: string;
  /** The public page. */
  link: string;
  /** ISO, without zone; null where it is not told. */
  modified: string | null;
}

/** Some sites answer with WordPress' own objects instead of its REST shape: other names for the same. */
const itemSchema = z.looseObject({
  title: z.union([z.string(), z.looseObject({ rendered: z.string() }).transform(({ rendered }) => rendered)]).optional(),
  post_title: z.string().optional(),
  link: z.string().optional(),
  guid: z.union([z.string(), z.looseObject({ rendered: z.string() }).transform(({ rendered }) => rendered)]).optional(),
  modified_gmt: z.string().optional(),
  post_modified_gmt: z.string().optional(),
});

/** null = not enough to know which page it is. */
export function serviceOf(item: unknown): Service | null {
  const { data } = itemSchema.safeParse(item);
  const title = data?.title ?? data?.post_title;
  const link = data?.link ?? data?.guid;
  if (!title || !link || !URL.canParse(link)) return null;
  return { title, link, modified: data?.modified_gmt ?? data?.post_modified_gmt ?? null };
}

export type Fields = Record<string, unknown>;
const PREFIX = '_dci_servizio_';
/** Without one of them there is nothing to answer from. */
const NEEDED = ['come_fare', 'a_chi_e_rivolto', 'cosa_serve_introduzione'];

/** The theme's own fields wherever a site shows them (`meta`, `cmb2` boxes, at the top); null where it shows none. */
export function fieldsOf(item: unknown): Fields | null {
  const fields: Fields = {};
  const gather = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > 2) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key.startsWith(PREFIX) && (typeof inner !== 'object' || Array.isArray(inner))) fields[key.slice(PREFIX.length)] = inner;
      else gather(inner, depth + 1);
    }
  };
  gather(item, 0);
  return NEEDED.some((name) => textOf(fields[name])) ? fields : null;
}

/** Heading, and the fields below it. `p`: plain text of the field; else it is markup. */
const CARD: [heading: string, ...fields: string[]][] = [
  ['Descrizione breve', 'p:descrizione_breve', 'p:descrizione_estesa'],
  ['A chi è rivolto', 'a_chi_e_rivolto', 'copertura_geografica'],
  ['Come fare', 'come_fare'],
  ['Cosa serve', 'cosa_serve_introduzione', 'cosa_serve_list'],
  ['Cosa si ottiene', 'output', 'procedure_collegate'],
  ['Tempi e scadenze', 'tempi_text'],
  ['Costi', 'costi'],
  ['Vincoli', 'vincoli'],
  ['Casi particolari', 'casi_particolari'],
  ['Accedi al servizio', 'p:canale_digitale_text', 'p:canale_digitale_link', 'p:canale_fisico_text'],
  ['Ulteriori informazioni', 'ulteriori_informazioni'],
];

/** An HTML page for the reader of pages; empty fields leave no heading. */
export function cardMarkup({ title, modified }: Service, fields: Fields): string {
  const state = String(fields['stato'] ?? 'true');
  const closed =
    state === 'false' ? `<h2>Stato del servizio</h2><p>Il servizio non è attivo. ${escaped(textOf(fields['motivo_stato']))}</p>` : '';
  const sections = CARD.map(([heading, ...names]) => {
    const body = names.map((name) => markupOf(name, fields)).join('');
    return body ? `<h2>${escaped(heading)}</h2>${body}` : '';
  }).join('\n');
  const day = modified?.slice(0, 10);
  const updated = day && /^\d{4}-\d\d-\d\d$/.test(day) ? `<meta name="sportello:updatedOn" content="${day}">` : '';
  return `<html lang="it"><head>${updated}</head><body><main><h1>${title}</h1>${closed}\n${sections}</main></body></html>`;
}

function markupOf(name: string, fields: Fields): string {
  const plain = name.startsWith('p:');
  const value = fields[plain ? name.slice(2) : name];
  const list = Array.isArray(value) && value.length > 1 ? value : null;
  if (list) return `<ul>${list.map((entry) => `<li>${escaped(textOf(entry))}</li>`).join('')}</ul>`;
  const text = textOf(value);
  if (!text) return '';
  return plain || !text.includes('<') ? `<p>${escaped(text)}</p>` : text;
}

/** WordPress keeps one value as a list of one. */
function textOf(value: unknown): string {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' || typeof one === 'number' ? String(one).trim() : '';
}

function escaped(text: string): string {
  return text
    .replace(/&(?!#?\w+;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
