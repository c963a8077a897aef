/** Files in replies, for chats that take files: a line that is nothing but a link to one of our files goes out as that file, after the words and in their order. */
import type { Outgoing } from '../../conversation/commit.ts';
import type { Document, Documents } from '../../http/documents.ts';
import { absolute } from './markdown.ts';

const LINK_ALONE = /^\s*\[([^\]\n]+)\]\((\/[^)\s]+)\)\s*$/;

/** Where no link can stand in for a file that the chat does not take. */
const UNSENT: Record<string, string> = {
  it: 'Non è stato possibile inviare qui il file «{name}».',
  en: 'The file “{name}” could not be sent here.',
  de: 'Die Datei „{name}“ konnte hier nicht gesendet werden.',
  fr: 'Le fichier « {name} » n’a pas pu être envoyé ici.',
  es: 'No se ha podido enviar aquí el archivo «{name}».',
  sl: 'Datoteke »{name}« tukaj ni bilo mogoče poslati.',
  ro: 'Fișierul „{name}” nu a putut fi trimis aici.',
  ar: 'تعذّر إرسال الملف «{name}» هنا.',
  zh: '无法在此发送文件“{name}”。',
  uk: 'Не вдалося надіслати сюди файл «{name}».',
};

/** How a channel says words, and gives a file. */
export interface FileWays<Payload> {
  /** The words of a reply, in order; at least one message. */
  words(outgoing: Outgoing): Payload[];
  /** The words as they stand under a file; null = too long for that. */
  caption(outgoing: Outgoing): string | null;
  /** Null = not of a kind or a size that the channel takes. `instead`: what is sent if the channel refuses it after all. */
  file(file: LinkedFile, caption: string, instead: Payload): Payload | null;
}

export interface LinkedFile extends Document {
  /** The words of the link. */
  title: string;
  /** Absolute; null = this server has no address that citizens can open. */
  url: string | null;
}

/** The lines that are nothing but a link of ours, in order. */
export const fileLinksIn = (text: string): { title: string; url: string }[] =>
  text.split('\n').flatMap((line) => {
    const [, title, url] = LINK_ALONE.exec(line) ?? [];
    return title && url ? [{ title, url }] : [];
  });

/** The messages of a reply. How many there are hangs on the reply alone, so that what was sent before a crash is known by its place. Throws what the reading of a file throws. */
export async function renderWithFiles<Payload>(
  outgoing: Outgoing,
  documents: Documents | undefined,
  ways: FileWays<Payload>,
): Promise<Payload[]> {
  const { reply, conversationId, origin } = outgoing;
  const links = fileLinksIn(reply.text).filter(({ url }) => documents?.isFile(url));
  if (!documents || links.length === 0) return ways.words(outgoing);
  const kept = reply.text.split('\n').filter((line) => !fileLinksIn(line).some(({ url }) => documents.isFile(url)));
  const text = kept
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  const rest: Outgoing = { ...outgoing, reply: { ...reply, text } };
  const bare: Outgoing = { ...outgoing, reply: { ...reply, text: '', speaker: 'bot', choices: [], citations: [] } };
  const isCaption = reply.choices.length === 0 && ways.caption(rest) !== null;
  const messages = isCaption ? [] : ways.words(rest);
  for (const [index, { title, url }] of links.entries()) {
    const around = isCaption && index === 0 ? rest : bare;
    const address = absolute(url, origin);
    const link = address ? `[${title}](${url})` : (UNSENT[reply.lang] ?? (UNSENT['it'] as string)).replace('{name}', title);
    const said = { ...around, reply: { ...around.reply, text: [around.reply.text, link].filter(Boolean).join('\n\n') } };
    // A caption and a link are one message wherever captions are shorter than messages.
    const instead = ways.words(said)[0] as Payload;
    const document = await documents.read(url, `conversation ${conversationId}`, origin ?? '');
    const file = document && ways.file({ ...document, title, url: address }, ways.caption(around) ?? '', instead);
    messages.push(file ?? instead);
  }
  return messages;
}
