/** An answer as each channel would show it: the same code that sends it there, nothing sent. */
import type { Answer } from '../../knowledge/answering/question.ts';
import { renderReply as onTeams } from '../channels/teams/render.ts';
import { renderReply as onTelegram } from '../channels/telegram/render.ts';
import { renderReply as onWhatsapp } from '../channels/whatsapp/render.ts';
import type { Outgoing } from '../conversation/commit.ts';
import { writeReplies } from '../conversation/replies.ts';

export interface Rendered {
  channel: 'telegram' | 'whatsapp' | 'teams';
  messages: { text: string; buttons: string[] }[];
}

/** Texts as they travel: Telegram's tags taken off, WhatsApp's and Teams' own marks left. */
export function renderingsOf(answer: Answer, origin: string): Rendered[] {
  const outgoing = writeReplies(answer, 'prova').map(
    (reply): Outgoing => ({ activityId: 'prova', reply, conversationId: 'prova', origin }),
  );
  const buttons = answer.choices.map(({ title }) => title);
  return [
    {
      channel: 'telegram',
      messages: outgoing.flatMap(onTelegram).map(({ text, keyboard }) => ({
        text: text
          .replace(/<a href="([^"]*)">([^<]*)<\/a>/g, '$2 ($1)')
          .replace(/<[^>]+>/g, '')
          .replace(/&lt;/g, '<')
          .replace(/&gt;/g, '>')
          .replace(/&quot;/g, '"')
          .replace(/&amp;/g, '&'),
        buttons: keyboard.flat().map((button) => button.text),
      })),
    },
    {
      channel: 'whatsapp',
      messages: outgoing
        .flatMap(onWhatsapp)
        .map((message, i, all) => ({ text: bodyOf(message), buttons: i === all.length - 1 ? buttons : [] })),
    },
    {
      channel: 'teams',
      messages: outgoing
        .flatMap(onTeams)
        .map((message, i, all) => ({ text: bodyOf(message), buttons: i === all.length - 1 ? buttons : [] })),
    },
  ];
}

/** The text of a WhatsApp or Teams message, wherever that kind of message keeps it. */
function bodyOf(message: unknown): string {
  if (typeof message === 'string') return message;
  if (typeof message !== 'object' || message === null) return '';
  const known = message as Record<string, unknown>;
  for (const key of ['text', 'body', 'interactive', 'attachments', 'content', 'body']) {
    const inner = known[key];
    const found = Array.isArray(inner) ? inner.map(bodyOf).find(Boolean) : bodyOf(inner);
    if (found) return found;
  }
  return '';
}
