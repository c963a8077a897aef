/** A button is the same button in every language: what a citizen presses, or a word we told them to write, becomes the Italian one, which the dialogs read. */
import type { Say } from '../../knowledge/languages/speak.ts';
import type { Message } from '../message.ts';
import type { Conversation } from './conversation.ts';
import { plain } from './filling/control.ts';
import type { ChooseSpeaker } from './speaker.ts';

/** Buttons that dialogs know by their words; the others are compared with what was said. */
const BUTTONS =
  'yesBook yesMove yesCancel noKeep doShow doMove doCancel doBook bookOffer formResume bookCheckAgain takeTicket leaveLine yesTicket lineToBooking caseOffer payOffer payAnother reportOffer yesReport ratingOffer placeAny waitOffer waitAnyDay yesWait yesForm guideOffer formOffer linkTo'.split(
    ' ',
  );
/** Words we ask to write, beside the buttons. */
const WRITTEN: Record<string, Record<string, string>> = {
  sl: { loči: 'scollega', 'prijava {id}': 'segnalazione {id}' },
  ro: { separă: 'scollega', 'sesizare {id}': 'segnalazione {id}' },
  ar: { فصل: 'scollega', 'بلاغ {id}': 'segnalazione {id}' },
  zh: { 解除连接: 'scollega', '报告 {id}': 'segnalazione {id}' },
  uk: { 'роз’єднати': 'scollega', 'звернення {id}': 'segnalazione {id}' },
};
const MARK = /\{\w+\}/;
/** Around names in lines that run from the right. */
const ISOLATES = /[\u2066-\u2069]/g;

/** Italian words of what was pressed in `lang`; null = free text. */
export type Pressed = (text: string, lang: string | null) => string | null;

interface Table {
  whole: Map<string, string>;
  begun: { head: string; tail: string; italian: string }[];
}

/** `languages`: codes in use. Languages whose words the dialogs read by themselves need no table. O(1) but for the few texts with a name in them. */
export function createPressed(languages: string[], speech: (lang: string) => Say): Pressed {
  const tables = new Map<string, Table>();
  for (const code of languages) {
    if (!WRITTEN[code]) continue;
    const table: Table = { whole: new Map(), begun: [] };
    tables.set(code, table);
    for (const [said, meant] of [
      ...BUTTONS.map((key) => [speech(code)(key), speech('it')(key)] as const),
      ...Object.entries(WRITTEN[code] ?? {}),
    ]) {
      const [head = '', tail = ''] = said.split(MARK);
      if (MARK.test(said)) table.begun.push({ head, tail, italian: meant });
      else table.whole.set(plain(said), meant);
    }
  }
  return (text, lang) => {
    const table = lang ? tables.get(lang) : undefined;
    if (!table) return null;
    const whole = table.whole.get(plain(text));
    if (whole) return whole;
    const trimmed = text.replace(ISOLATES, '').trim();
    const begun = table.begun.find(({ head, tail }) => trimmed.length > head.length + tail.length && isBetween(trimmed, head, tail));
    return begun ? begun.italian.replace(MARK, () => trimmed.slice(begun.head.length, trimmed.length - begun.tail.length)) : null;
  };
}

const isBetween = (text: string, head: string, tail: string): boolean =>
  text.toLowerCase().startsWith(head.toLowerCase()) && text.endsWith(tail);

/** Chooses by what the button means and keeps the conversation's language, which Italian words would change. */
export function withPressed(choose: ChooseSpeaker, pressed: Pressed, remember: (message: Message, lang: string) => void): ChooseSpeaker {
  return (message, conversation: Conversation) => {
    const meant = message.kind === 'text' ? pressed(message.text, conversation.lang) : null;
    if (meant === null || !conversation.lang) return choose(message, conversation);
    const same: Message = { ...message, text: meant };
    remember(same, conversation.lang);
    const speaker = choose(same, conversation);
    return (_message, asked) => speaker(same, asked);
  };
}
