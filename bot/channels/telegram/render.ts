/** A reply within Telegram's limits: HTML of at most 4096 characters a message, choices as buttons under the last one. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Outgoing } from '../../conversation/commit.ts';
import { choiceKey } from '../pushed/choices.ts';
import { type MarkUp, renderMarkdown } from '../pushed/markdown.ts';
import { textOf } from '../pushed/reply-text.ts';
import { splitText } from '../pushed/split.ts';

export interface TelegramMessage {
  text: string;
  keyboard: InlineKeyboardButton[][];
}

/** Telegram counts after reading the mark-up; ours only ever shrinks. */
const LONGEST = 4_000;
const MOST_BUTTONS = 100;
const LONGEST_TITLE = 60;

const safe = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const html: MarkUp = {
  text: safe,
  bold: (inner) => `<b>${inner}</b>`,
  italic: (inner) => `<i>${inner}</i>`,
  code: (text) => `<code>${safe(text)}</code>`,
  link: (inner, url) => `<a href="${safe(url).replaceAll('"', '&quot;')}">${inner}</a>`,
};

export function renderReply({ activityId, reply, origin }: Outgoing): TelegramMessage[] {
  const parts = splitText(textOf(reply, origin), LONGEST).map((part) => renderMarkdown(part, html, origin));
  const texts = parts.length > 0 ? parts : ['…'];
  return texts.map((text, index) => ({ text, keyboard: index === texts.length - 1 ? keyboardOf(activityId, reply.choices) : [] }));
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
