/** What a conversation says about notices, and what it comes to want told: bookings and tickets by themselves, the rest when it is asked for. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../../connectors/databases/contract.ts';
import { spoken } from '../../knowledge/languages/reading/read.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { plain } from '../conversation/filling/control.ts';
import { plainReply } from '../conversation/replies.ts';
import type { ChooseSpeaker, Effect, Speaker, TurnResult } from '../conversation/speaker.ts';
import { dateInWords } from '../dialogs/dates/in-words.ts';
import { readDate } from '../dialogs/dates/read-date.ts';
import { factOf, proofOf } from '../dialogs/status/fields.ts';
import type { Message } from '../message.ts';
import { type News, type Newsroom, newsInWords } from './news.ts';
import { consent, endNews, markTold, remindAgain, watch } from './watch.ts';

export interface ListenParts {
  database: Database;
  newsroom: Pick<Newsroom, 'inForce'>;
  speech(lang: string): Say;
  own: string;
  now(): number;
  /** Name of the whole body's news. */
  allNews: string;
}

/** A document takes weeks to renew. */
const EXPIRY_DAYS = 60;
const DAY_MS = 86_400_000;
const NEWS =
  /^(?:(?:iscrivimi alle|voglio (?:ricevere )?le|ricevere le|attiva le) notizie|(?:send me|i want|subscribe me to) (?:the )?news|(?:ich mochte|schicken sie mir) (?:die )?nachrichten|je veux (?:recevoir )?les (?:nouvelles|actualites)|quiero (?:recibir )?las noticias)(?: (?:su|sulla|sul|sui|sulle|di|about|on|uber|zu|sur|sobre) (?<topic>.+))?$/;
const EXPIRES =
  /^(?:ricordami|avvisami|remind me)(?: che| quando| that| when)? (?:la |il |lo |l['’]|my |the |mia |mio )*(?<document>\p{L}[\p{L} '’]{2,50}?) (?:scade|expires)(?: il| on)? (?<when>.{3,40})$/iu;

const told = z.union([
  z.object({ name: z.literal('booking'), data: z.object({ stage: z.literal('told'), code: z.string(), fact: z.string() }) }),
  z.object({ name: z.literal('ticket'), data: z.object({ stage: z.literal('told'), ticket: z.string() }) }),
]);
const caseTold = z.object({
  name: z.literal('status'),
  data: z.object({ stage: z.literal('told'), form: z.object({ values: z.record(z.string(), z.unknown()) }) }),
});
const caseRef = z.object({ number: z.number(), year: z.number() });

export function withNotices(choose: ChooseSpeaker, parts: ListenParts): ChooseSpeaker {
  const inAll = (key: string) => new Set(spoken.map(({ code }) => plain(parts.speech(code)(key))));
  const [offNews, offReminders, onReminders] = [inAll('stopNews'), inAll('stopReminders'), inAll('startReminders')];
  const [onNews, onCase] = [inAll('newsOffer'), inAll('noticeCaseOffer')];
  const commands = new Set([...offNews, ...offReminders, ...onReminders, ...onNews, ...onCase]);

  /** Most messages are none, and are not looked at again. */
  function commandIn(message: Message, conversation: Conversation): Speaker | null {
    const said = plain(message.text);
    const known = commands.has(said);
    const news = known ? null : NEWS.exec(said);
    const expiry = known || news ? undefined : EXPIRES.exec(message.text.trim())?.groups;
    return known || news || expiry ? obey(message, conversation, said, news, expiry) : null;
  }

  function obey(
    message: Message,
    conversation: Conversation,
    said: string,
    news: RegExpExecArray | null,
    expiry: Record<string, string> | undefined,
  ): Speaker | null {
    const lang = conversation.lang ?? parts.own;
    const say = parts.speech(lang);
    const done = (text: string, ...effects: Effect[]): Speaker => {
      const answer = { outcome: 'dialog', answerId: randomUUID(), dialog: 'notices' };
      return async (_message, { state }) => ({ state, lang, replies: [plainReply(text, lang, [], answer)], effects });
    };
    if (offNews.has(said)) return done(say('newsOff'), endNews(message, lang));
    if (offReminders.has(said)) return done(say('remindersOff'), consent(message, lang, 'no-reminders'));
    if (onReminders.has(said)) return done(say('remindersBack'), remindAgain(message));
    if (onNews.has(said) || news) {
      const topic = news?.groups?.['topic']?.trim() ?? '';
      return done(say('newsOn', { topic: topic || parts.allNews }), consent(message, lang, 'news', topic));
    }
    if (onCase.has(said)) return watchCase(message, conversation, lang, say, done);
    if (!expiry) return null;
    const reading = readDate(expiry['when'] ?? '', { now: new Date(parts.now()), lang });
    if (reading.kind !== 'date') return null;
    const document = expiry['document'] ?? '';
    const dueAt = new Date(Math.max(parts.now(), Date.parse(`${reading.date}T09:00:00Z`) - EXPIRY_DAYS * DAY_MS)).toISOString();
    const words = { document, day: dateInWords({ date: reading.date }, lang), days: String(EXPIRY_DAYS) };
    const data = { document, day: reading.date };
    return done(say('noticeExpiryOn', words), watch(message, lang, { kind: 'expiry', subject: document.toLowerCase(), data, dueAt }));
  }

  function watchCase(message: Message, { state }: Conversation, lang: string, say: Say, done: (text: string, effect: Effect) => Speaker) {
    const values = caseTold.safeParse(state.dialog).data?.data.form.values;
    const ref = caseRef.safeParse(values?.['case']).data;
    const fact = values && factOf(values);
    const proof = fact && proofOf(fact);
    if (!ref || !fact?.found || !proof) return null;
    const subject = `${ref.number}/${ref.year}`;
    const data = { ref, proof, seen: fact.found.status };
    return done(say('noticeCaseOn', { ref: subject }), watch(message, lang, { kind: 'case', subject, data, dueAt: message.receivedAt }));
  }

  /** What a turn has just told is followed from now on. */
  function followed(message: Message, before: Conversation, result: TurnResult): TurnResult {
    const { dialog } = result.state;
    // Only what was just told is followed: most turns end here, before their dialogs are compared and read.
    if ((dialog?.data as { stage?: unknown } | null | undefined)?.stage !== 'told') return result;
    const lang = result.lang ?? before.lang ?? parts.own;
    if (JSON.stringify(dialog) === JSON.stringify(before.state.dialog)) return result;
    const found = told.safeParse(dialog).data;
    const dueAt = message.receivedAt;
    const effect =
      // Read out to whoever signed in, it comes without its second fact: what is followed already stays as it is.
      found?.name === 'booking' && found.data.fact
        ? watch(message, lang, { kind: 'booking', subject: found.data.code, data: { fact: found.data.fact }, dueAt })
        : found?.name === 'ticket'
          ? watch(message, lang, { kind: 'ticket', subject: found.data.ticket, data: {}, dueAt })
          : null;
    const [first, ...rest] = result.replies;
    const offer = caseTold.safeParse(dialog).success && first ? parts.speech(lang)('noticeCaseOffer') : null;
    return {
      ...result,
      ...(effect ? { effects: [...(result.effects ?? []), effect] } : {}),
      ...(offer && first ? { replies: [{ ...first, choices: [...first.choices, { title: offer, value: offer }] }, ...rest] } : {}),
    };
  }

  /** An alert in force is said once in every conversation, before the next answer. Mostly there is none, and nothing is waited for. */
  function alerted(message: Message, conversation: Conversation, result: TurnResult): TurnResult | Promise<TurnResult> {
    const alerts = parts.newsroom.inForce(parts.now()).filter(({ kind }) => kind === 'alert' || kind === 'correction');
    return alerts.length === 0 || result.replies.length === 0 ? result : withAlerts(alerts, message, conversation, result);
  }

  async function withAlerts(alerts: News[], message: Message, conversation: Conversation, result: TurnResult): Promise<TurnResult> {
    const ids = alerts.map(({ id }) => id);
    const had = await parts.database.read
      .selectFrom('notice_told')
      .select('notice_id')
      .where('conversation_id', '=', conversation.id)
      .where('notice_id', 'in', ids)
      .execute();
    const known = new Set(had.map(({ notice_id }) => notice_id));
    const fresh = alerts.filter(({ id }) => !known.has(id));
    const lang = result.lang ?? conversation.lang ?? parts.own;
    const mark: Effect = async (tx) => {
      for (const { id } of fresh) await markTold(tx, id, conversation.id, message.channel, message.receivedAt);
    };
    const first = fresh.map((news) => plainReply(newsInWords(news, parts.speech(lang), lang), lang));
    if (fresh.length === 0) return result;
    // A first contact says first that no person answers.
    const replies = message.kind === 'opened' ? [...result.replies, ...first] : [...first, ...result.replies];
    return { ...result, replies, effects: [...(result.effects ?? []), mark] };
  }

  return (message, conversation) => {
    if (message.kind === 'opened') {
      const open = choose(message, conversation);
      return async (heard, asked) => alerted(message, asked, await open(heard, asked));
    }
    if (message.kind !== 'text') return choose(message, conversation);
    // A no counts whoever speaks; it is the only thing that the bot hears while a person does.
    if (conversation.mode === 'person') {
      const said = plain(message.text);
      const isNo = offNews.has(said) || offReminders.has(said);
      return (isNo && commandIn(message, conversation)) || choose(message, conversation);
    }
    const speaker = commandIn(message, conversation) ?? choose(message, conversation);
    return async (heard, asked) => alerted(message, asked, followed(message, asked, await speaker(heard, asked)));
  };
}
