/** A reply within WhatsApp's limits: up to 3 choices are buttons, up to 10 a list, more are numbers to type. */
import type { Outgoing } from '../../conversation/commit.ts';
import type { Documents } from '../../http/documents.ts';
import type { Reply } from '../../message.ts';
import { choiceKey } from '../pushed/choices.ts';
import { type LinkedFile, renderWithFiles } from '../pushed/files.ts';
import { type MarkUp, renderMarkdown } from '../pushed/markdown.ts';
import { textOf } from '../pushed/reply-text.ts';
import { splitText } from '../pushed/split.ts';

const LONGEST = 4_000;
/** Text above buttons or a list. */
const LONGEST_BODY = 1_000;
/** Meta's are 1024. */
const LONGEST_CAPTION = 1_000;
/** What Meta takes of what we send, with its own figures: 5 MB and 100 MB. */
const IMAGES = ['image/jpeg', 'image/png'];
const IMAGE_BYTES = 5 * 1024 * 1024;
const DOCUMENTS = ['application/pdf', 'text/plain', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'];
const DOCUMENT_BYTES = 100 * 1024 * 1024;
const CALENDAR = 'text/calendar';
const BUTTONS = 3;
const BUTTON_TITLE = 20;
const ROWS = 10;
const ROW_TITLE = 24;
const ROW_DESCRIPTION = 72;
/** Meta names most languages as we do. */
const TEMPLATE_CODES: Record<string, string> = { zh: 'zh_CN' };
/** A template's variable. */
const LONGEST_VARIABLE = 900;

const pick: Record<string, { button: string; number: string }> = {
  it: { button: 'Scegli', number: 'Rispondi con il numero.' },
  en: { button: 'Choose', number: 'Answer with the number.' },
  de: { button: 'Auswählen', number: 'Antworten Sie mit der Nummer.' },
  fr: { button: 'Choisir', number: 'Répondez par le numéro.' },
  es: { button: 'Elegir', number: 'Responda con el número.' },
  sl: { button: 'Izberi', number: 'Odgovorite s številko.' },
  ro: { button: 'Alegeți', number: 'Răspundeți cu numărul.' },
  ar: { button: 'اختر', number: 'أجب بالرقم.' },
  zh: { button: '选择', number: '请回复数字。' },
  uk: { button: 'Вибрати', number: 'Дайте відповідь номером.' },
};

const marks: MarkUp = {
  text: (text) => text,
  bold: (inner) => `*${inner}*`,
  italic: (inner) => `_${inner}_`,
  code: (text) => `\`${text}\``,
  link: (inner, url) => (inner === url ? url : `${inner}: ${url}`),
};

export type WhatsappMessage = Record<string, unknown>;

/** To be uploaded, then sent under the id that it gets. */
export interface WhatsappFile {
  type: 'image' | 'document';
  name: string;
  contentType: string;
  content: Uint8Array;
  caption: string;
  /** When Meta refuses it. */
  instead: WhatsappMessage;
}

export type WhatsappSent = { message: WhatsappMessage } | { file: WhatsappFile };

/** More choices than a list holds: the citizen types their number. */
export const areNumbered = (choices: unknown[]): boolean => choices.length > ROWS;

/** The messages of a reply: its words, then the files that it links to. */
export const messagesOf = (outgoing: Outgoing, documents?: Documents): Promise<WhatsappSent[]> =>
  renderWithFiles<WhatsappSent>(outgoing, documents, {
    words: (one) => renderReply(one).map((message) => ({ message })),
    caption({ reply, origin }) {
      const text = renderMarkdown(textOf(reply, origin), marks, origin);
      return text.length <= LONGEST_CAPTION ? text : null;
    },
    file: fileOf,
  });

function fileOf(
  { name, contentType, content, url, title }: LinkedFile,
  caption: string,
  { message: instead }: { message: WhatsappMessage },
): WhatsappSent | null {
  const [kind = ''] = contentType.split(';');
  const about = { name, content, instead };
  if (content.length === 0) return null;
  if (IMAGES.includes(kind) && content.length <= IMAGE_BYTES) return { file: { ...about, type: 'image', contentType: kind, caption } };
  if (DOCUMENTS.includes(kind) && content.length <= DOCUMENT_BYTES)
    return { file: { ...about, type: 'document', contentType: kind, caption } };
  if (kind !== CALENDAR) return null;
  // Meta's list of documents has no calendars, but plain text; what a telephone makes of it is its own, so the link goes with it.
  const both = [caption, url ? `${title}: ${url}` : ''].filter(Boolean).join('\n\n');
  return both.length > LONGEST_CAPTION ? null : { file: { ...about, type: 'document', contentType: 'text/plain', caption: both } };
}

/** The message that gives an uploaded file, by Meta's id of it. */
export function fileMessage({ type, name, caption }: WhatsappFile, id: string): WhatsappMessage {
  const media = { id, ...(type === 'document' ? { filename: name } : {}), ...(caption ? { caption } : {}) };
  return { type, [type]: media };
}

export function renderReply({ activityId, reply, origin }: Outgoing): WhatsappMessage[] {
  const { choices } = reply;
  const words = pick[reply.lang] ?? (pick['it'] as { button: string; number: string });
  const numbered = areNumbered(choices);
  const list = choices.map(({ title }, index) => `${index + 1}. ${title}`).join('\n');
  const markdown = textOf(reply, origin) || '…';
  const text = renderMarkdown(numbered ? `${markdown}\n\n${words.number}\n${list}` : markdown, marks, origin);
  if (choices.length === 0 || numbered) return splitText(text, LONGEST).map(plain);
  const tail = splitText(text, LONGEST_BODY).at(-1) ?? '…';
  const head = splitText(text.slice(0, text.length - tail.length), LONGEST);
  return [...head.map(plain), interactive(activityId, choices, tail, words.button)];
}

const plain = (body: string): WhatsappMessage => ({ type: 'text', text: { body, preview_url: false } });

function interactive(activityId: string, choices: Reply['choices'], body: string, button: string): WhatsappMessage {
  const id = (index: number) => choiceKey(activityId, index);
  if (choices.length <= BUTTONS && choices.every(({ title }) => title.length <= BUTTON_TITLE)) {
    const buttons = choices.map(({ title }, index) => ({ type: 'reply', reply: { id: id(index), title } }));
    return { type: 'interactive', interactive: { type: 'button', body: { text: body }, action: { buttons } } };
  }
  const rows = choices.map(({ title }, index) =>
    title.length <= ROW_TITLE
      ? { id: id(index), title }
      : { id: id(index), title: shortened(title, ROW_TITLE), description: shortened(title, ROW_DESCRIPTION) },
  );
  return {
    type: 'interactive',
    interactive: { type: 'list', body: { text: body }, action: { button, sections: [{ title: button, rows }] } },
  };
}

/** Outside the window only a template that Meta has approved: one variable, on one line. */
export function renderTemplate({ reply, origin }: Outgoing, name: string): WhatsappMessage {
  const text = shortened(
    renderMarkdown(textOf({ ...reply, citations: [] }, origin), marks, origin).replaceAll(/\s+/g, ' ') || '…',
    LONGEST_VARIABLE,
  );
  const components = [{ type: 'body', parameters: [{ type: 'text', text }] }];
  const language = { policy: 'deterministic', code: TEMPLATE_CODES[reply.lang] ?? reply.lang };
  return { type: 'template', template: { name, language, components } };
}

const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
