/** A reply within Telegram's limits: HTML of at most 4096 characters a message, choices as buttons under the last one. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Outgoing } from '../../conversation/commit.ts';
import type { Documents } from '../../http/documents.ts';
import { choiceKey } from '../pushed/choices.ts';
import { renderWithFiles } from '../pushed/files.ts';
import { type MarkUp, renderMarkdown } from '../pushed/markdown.ts';
import { textOf } from '../pushed/reply-text.ts';
import { splitText } from '../pushed/split.ts';

export interface TelegramMessage {
  kind: 'text';
  text: string;
  keyboard: InlineKeyboardButton[][];
}

export interface TelegramFile {
  kind: 'photo' | 'document';
  name: string;
  content: Uint8Array;
  caption: string;
  /** When Telegram refuses it. */
  instead: TelegramSent;
}

export type TelegramSent = TelegramMessage | TelegramFile;

/** Telegram counts after reading the mark-up; ours only ever shrinks. */
const LONGEST = 4_000;
const MOST_BUTTONS = 100;
const LONGEST_TITLE = 60;
/** Telegram's are 1024. */
const LONGEST_CAPTION = 1_000;
/** Telegram's own figures: 10 MB and 50 MB. */
const PHOTO_BYTES = 10_000_000;
const DOCUMENT_BYTES = 50_000_000;
const PHOTOS = ['image/jpeg', 'image/png'];

const safe = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const html: MarkUp = {
  text: safe,
  bold: (inner) => `<b>${inner}</b>`,
  italic: (inner) => `<i>${inner}</i>`,
  code: (text) => `<code>${safe(text)}</code>`,
  link: (inner, url) => `<a href="${safe(url).replaceAll('"', '&quot;')}">${inner}</a>`,
};

/** The messages of a reply: its words, then the files that it links to, as photos and documents. */
export const messagesOf = (outgoing: Outgoing, documents?: Documents): Promise<TelegramSent[]> =>
  renderWithFiles<TelegramSent>(outgoing, documents, {
    words: renderReply,
    caption({ reply, origin }) {
      const text = textOf(reply, origin);
      return text.length <= LONGEST_CAPTION ? renderMarkdown(text, html, origin) : null;
    },
    file({ name, contentType, content }, caption, instead) {
      if (content.length > DOCUMENT_BYTES || content.length === 0) return null;
      const document: TelegramFile = { kind: 'document', name, content, caption, instead };
      const isPhoto = PHOTOS.includes(contentType) && content.length <= PHOTO_BYTES;
      // A picture too wide or too narrow to be a photo is still a file.
      return isPhoto ? { ...document, kind: 'photo', instead: document } : document;
    },
  });

export function renderReply({ activityId, reply, origin }: Outgoing): TelegramMessage[] {
  const parts = splitText(textOf(reply, origin), LONGEST).map((part) => renderMarkdown(part, html, origin));
  const texts = parts.length > 0 ? parts : ['…'];
  return texts.map((text, index) => ({
    kind: 'text',
    text,
    keyboard: index === texts.length - 1 ? keyboardOf(activityId, reply.choices) : [],
  }));
}

/** Short titles share a row. */
function keyboardOf(activityId: string, choices: { title: string }[]): InlineKeyboardButton[][] {
  const longest = Math.max(0, ...choices.map(({ title }) => title.length));
  const perRow = longest <= 10 ? 3 : longest <= 18 ? 2 : 1;
  const rows: InlineKeyboardButton[][] = [];
  for (const [index, { title }] of choices.slice(0, MOST_BUTTONS).entries()) {
    const button = {
      text: title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title,
      callback_data: choiceKey(activityId, index),
    };
    if (index % perRow === 0) rows.push([button]);
    else rows.at(-1)?.push(button);
  }
  return rows;
}
