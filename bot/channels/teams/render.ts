/** A reply as Teams shows it: Markdown; choices as an Adaptive Card, up to six as buttons, more as a list. */
import type { Outgoing } from '../../conversation/commit.ts';
import type { Documents } from '../../http/documents.ts';
import { choiceKey } from '../pushed/choices.ts';
import { renderWithFiles } from '../pushed/files.ts';
import { absolute } from '../pushed/markdown.ts';
import { textOf } from '../pushed/reply-text.ts';
import { splitText } from '../pushed/split.ts';

export type TeamsMessage = Record<string, unknown>;

/** Far below the 28 kB that Teams takes, cards included. */
const LONGEST = 6_000;
/** Where the file does not go its link stands under these words, in one message. */
const LONGEST_CAPTION = 3_000;
const BUTTONS = 6;
const CARD = 'application/vnd.microsoft.card.adaptive';
/** Teams shows pictures of at most 1 MB. */
const PICTURES = ['image/png', 'image/jpeg'];
const PICTURE_BYTES = 1024 * 1024;
const LABEL: Record<string, string> = {
  it: 'Scegli',
  en: 'Choose',
  de: 'Auswählen',
  fr: 'Choisir',
  es: 'Elegir',
  sl: 'Izberi',
  ro: 'Alegeți',
  ar: 'اختر',
  zh: '选择',
  uk: 'Вибрати',
};

/** A message, and what is sent when Teams refuses it. */
export interface TeamsSent {
  message: TeamsMessage;
  instead?: TeamsMessage;
}

/** The messages of a reply: its words, then the files that it links to. Teams takes a bot's file only into the citizen's own OneDrive, after asking: pictures go as pictures, everything else as a card whose button opens it. */
export const messagesOf = (outgoing: Outgoing, documents?: Documents): Promise<TeamsSent[]> =>
  renderWithFiles<TeamsSent>(outgoing, documents, {
    words: (one) => renderReply(one).map((message) => ({ message })),
    caption({ reply, origin }) {
      const text = textOf(reply, origin);
      return text.length <= LONGEST_CAPTION ? linked(text, origin) : null;
    },
    file({ name, contentType, content, url, title }, caption, { message: instead }) {
      if (!url) return null;
      const base = { type: 'message', locale: outgoing.reply.lang };
      const isPicture = PICTURES.includes(contentType) && content.length <= PICTURE_BYTES;
      if (!isPicture) return { message: { ...base, attachments: [fileCard(title, url, caption)] }, instead };
      const words = caption ? { text: caption, textFormat: 'markdown' } : {};
      return { message: { ...base, ...words, attachments: [{ contentType, contentUrl: url, name }] }, instead };
    },
  });

const fileCard = (title: string, url: string, caption: string) => ({
  contentType: CARD,
  content: {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [{ type: 'TextBlock', text: caption || title, wrap: true }],
    actions: [{ type: 'Action.OpenUrl', title, url }],
  },
});

export function renderReply({ activityId, reply, origin }: Outgoing): TeamsMessage[] {
  const text = linked(textOf(reply, origin) || '…', origin);
  const parts = splitText(text, LONGEST);
  const { choices, lang } = reply;
  return parts.map((part, index) => {
    const base = { type: 'message', locale: lang };
    if (choices.length === 0 || index < parts.length - 1) return { ...base, text: part, textFormat: 'markdown' };
    const label = LABEL[lang] ?? 'Scegli';
    const asButtons = choices.length <= BUTTONS;
    const card = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      body: [
        { type: 'TextBlock', text: part, wrap: true },
        ...(asButtons
          ? []
          : [
              {
                type: 'Input.ChoiceSet',
                id: 'pick',
                label,
                isRequired: true,
                errorMessage: label,
                choices: choices.map(({ title }, at) => ({ title, value: String(at) })),
              },
            ]),
      ],
      actions: asButtons
        ? choices.map(({ title }, at) => ({ type: 'Action.Submit', title, data: { sportello: choiceKey(activityId, at) } }))
        : [{ type: 'Action.Submit', title: label, data: { sportello: activityId } }],
    };
    return { ...base, attachments: [{ contentType: CARD, content: card }] };
  });
}

/** Root-relative links become absolute; without an address their words stay. */
const linked = (text: string, origin: string | undefined): string =>
  text.replaceAll(/\[([^\]\n]+)\]\((\/[^)\s]*)\)/g, (_whole, label: string, target: string) => {
    const url = absolute(target, origin);
    return url ? `[${label}](${url})` : label;
  });
