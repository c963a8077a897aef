/** The talk around carrying a conversation: a link is asked for, a chat that brings one is asked whether it was really its owner, and all of it can be undone. */
import { randomUUID } from 'node:crypto';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { plain } from '../conversation/filling/control.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { plainReply } from '../conversation/replies.ts';
import type { Speaker } from '../conversation/speaker.ts';
import type { Message, Reply } from '../message.ts';
import { codeIn, confirmValue, LINK_MINUTES, type Links } from './link.ts';

export interface CarryParts {
  database: Database;
  links: Links;
  speech(lang: string): Say;
  languageOf(message: Message, lang: string | null): string;
  /** Channels in use; `linkTo` gives the address that opens one with a code, null where it has none. */
  channels(): { name: string; linkTo?(code: string, origin: string): string | null }[];
  timeZone: string;
}

/** Name of this talk among the dialogs, where a reply tells that channels were separated (bot/channels/web.ts). */
export const UNLINKED = 'unlinked';
const NAMES: Record<string, string> = { telegram: 'Telegram', whatsapp: 'WhatsApp', teams: 'Teams' };

/** The channel ends the wish: "continua a non funzionare il sito" is none. */
const WANTED: [channel: string, named: RegExp][] = [
  ['telegram', /\btelegram$/],
  ['whatsapp', /\bwhats ?app$/],
  ['web', /\b(?:sul|nel|al|on the|to the|auf der|sur le|en la|en el) (?:sito(?: web)?|web|web ?site|site(?: web)?|web ?seite|pagina web)$/],
];
const GO_ON =
  /^(?:(?:posso|vorrei|voglio|si puo|can i|i want to|kann ich|puis je|puedo) )?(?:continu\w+|prosegu\w+|passa\w*|sposta\w*|colleg\w+|continue|go on|move|link|weiter\w*|fortsetzen|verbinden|continuer|relier|continuar|seguir|vincular)\b/;
const UNDO =
  /^(?:scollega\w*|unlink|disconnect|trennen|delier|separar|desvincular)(?: (?:i canali|telegram|whatsapp|il sito|tutto|channels|kanale|les canaux|canales))?$/;
const LONGEST = 9;

/** The speaker of a message about carrying; null = it is about something else. */
export function createCarry(parts: CarryParts): (message: Message, conversation: Conversation) => Speaker | null {
  const { database, links } = parts;
  const answered = (dialog = 'link') => ({ outcome: 'dialog', answerId: randomUUID(), dialog });
  const where = (say: Say, channel: string) =>
    channel === 'web' ? say('linkSite') : say('linkOn', { channel: NAMES[channel] ?? channel });

  /** Within a form a reply tells no language. */
  const spokenIn = (message: Message, { lang }: Conversation) => lang ?? parts.languageOf(message, lang);

  const offer =
    (wanted: string | null): Speaker =>
    async (message, conversation) => {
      const lang = spokenIn(message, conversation);
      const say = parts.speech(lang);
      const origin = message.origin ?? '';
      const open = parts.channels().filter(({ name, linkTo }) => name !== message.channel && linkTo?.('x'.repeat(22), origin));
      const target = wanted ? open.find(({ name }) => name === wanted) : open.length === 1 ? open[0] : undefined;
      const say_ = (text: string, choices: string[] = []) => ({
        state: conversation.state,
        lang,
        replies: [plainReply(text, lang, choices, answered())],
      });
      if (open.length === 0 || (wanted && !target)) return say_(say('linkNowhere'));
      if (!target)
        return say_(
          say('linkWhere'),
          open.map(({ name }) => say('linkTo', { where: where(say, name) })),
        );
      const { code, keep } = links.issue(conversation.id, target.name);
      const url = target.linkTo?.(code, origin) ?? '';
      const text = say('linkOffer', { where: where(say, target.name), url, minutes: String(LINK_MINUTES) });
      // Whoever reads on a computer has the telephone in hand.
      const qr = message.channel === 'web' && origin ? `\n\n${say('linkQr', { url: `/link/${code}.svg` })}` : '';
      return { ...say_(text + qr), effects: [keep] };
    };

  const confirm =
    (code: string): Speaker =>
    async (message, conversation) => {
      const lang = spokenIn(message, conversation);
      const say = parts.speech(lang);
      const found = await links.find(code, message.channel);
      if (!found || found.conversationId === conversation.id)
        return { state: conversation.state, lang, replies: [plainReply(say('linkExpired'), lang, [], answered())] };
      const time = new Intl.DateTimeFormat('it-IT', { timeZone: parts.timeZone, hour: '2-digit', minute: '2-digit' }).format(
        new Date(found.since),
      );
      const ask = plainReply(say('linkAsk', { where: where(say, found.channel), time }), lang, [], answered());
      const choices = [
        { title: say('linkYes'), value: confirmValue(code) },
        { title: say('linkNo'), value: say('linkNo') },
      ];
      return { state: conversation.state, lang, replies: [{ ...ask, choices }] };
    };

  const decline: Speaker = async (message, conversation) => {
    const lang = spokenIn(message, conversation);
    return { state: conversation.state, replies: [plainReply(parts.speech(lang)('linkDeclined'), lang, [], answered())] };
  };

  const undo: Speaker = async (message, conversation) => {
    const lang = spokenIn(message, conversation);
    const say = parts.speech(lang);
    const linked = await links.isLinked(conversation.id);
    const reply = plainReply(say(linked ? 'linkUndone' : 'linkNone'), lang, [], answered(linked ? UNLINKED : 'link'));
    return { state: conversation.state, lang, replies: [reply], ...(linked ? { effects: [links.undo(conversation.id)] } : {}) };
  };

  /** The chat has come: said on both sides, and what was last said is said again with its choices. */
  const arrived: Speaker = async (message, conversation) => {
    const lang = spokenIn(message, conversation);
    const say = parts.speech(lang);
    const last = await lastReply(database, conversation.id, lang);
    const done = plainReply(say('linkDone', { where: where(say, message.channel) }), lang);
    return { state: conversation.state, replies: last ? [done, { ...last, text: `${say('linkLast')}\n\n${last.text}` }] : [done] };
  };

  return (message, conversation) => {
    if (message.kind === 'event') return isArrival(message.value) ? arrived : null;
    if (message.kind !== 'text') return null;
    const code = codeIn(message.text);
    if (code) return confirm(code);
    const text = plain(message.text);
    if (isLong(text) || message.text.includes('\n')) return null;
    if (UNDO.test(text)) return undo;
    if (message.text === parts.speech(conversation.lang ?? 'it')('linkNo')) return decline;
    if (text === 'collega' || text === 'link') return offer(null);
    const wanted = GO_ON.test(text) ? WANTED.find(([, named]) => named.test(text)) : undefined;
    return wanted ? offer(wanted[0]) : null;
  };
}

/** Of more than LONGEST words; `plain`: with single blanks. */
function isLong(plain: string): boolean {
  let at = -1;
  for (let words = 1; words <= LONGEST; words++) {
    at = plain.indexOf(' ', at + 1);
    if (at < 0) return false;
  }
  return true;
}

const isArrival = (value: unknown): boolean => typeof value === 'object' && value !== null && 'arrived' in value;

interface Kept {
  text?: string;
  suggestedActions?: { actions?: { title: string; value: string }[] };
}

async function lastReply(database: Database, conversationId: string, lang: string): Promise<Reply | null> {
  const row = await database.read
    .selectFrom('activity')
    .select('json')
    .where('conversation_id', '=', conversationId)
    .where('role', '!=', 'citizen')
    // The reply that offered the link is not what was going on.
    .where('json', 'not like', '%"dialog":"link"%')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const { text = '', suggestedActions } = JSON.parse(row.json) as Kept;
  // Link definitions at the end are for clients that render Markdown.
  return {
    ...plainReply(text.replace(/\n\n(?:\[\d+\]: .*(?:\n|$))+$/, ''), lang),
    choices: suggestedActions?.actions?.map(({ title, value }) => ({ title, value })) ?? [],
  };
}
