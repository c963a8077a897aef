/** A person: a place in the queue where somebody is there, else name and contact for an office to answer later. Never refused, left with one word, no loop. */
import { randomUUID } from 'node:crypto';
import type { Say } from '../../knowledge/languages/speak.ts';
import { competentOffice, type Office } from '../../knowledge/offices.ts';
import { asks, leaves, plain } from '../conversation/filling/control.ts';
import type { Conversation, ConversationState } from '../conversation/conversation.ts';
import { plainReply } from '../conversation/replies.ts';
import type { Effect, Speaker, TurnResult } from '../conversation/speaker.ts';
import type { Queue, Waiting } from '../desk/queue.ts';
import type { DeskHours, Due } from '../hours/desk-hours.ts';
import type { Message, Reply } from '../message.ts';

export const HANDOFF = 'handoff';
const PHONE = /(?:\+|00)?\d[\d\s./-]{6,18}\d/;
/** "Pratica 1187/2026", "entro il 25/11/2026": figures by which nobody is reached. */
const NO_PHONE = /(?<![\d./-])(?:\d{1,7}\/(?:19|20)\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?![./-]?\d)/g;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
/** Asked this often for a contact without getting one, the request stands as it is and the conversation goes on. */
const ASKED = 2;
const FEW_WORDS = 5;
/** Citizen's words that go with the request. */
const LAST_SAID = 3;

export interface HandoffParts {
  speech(lang: string): Say;
  offices(): Office[];
  languageOf(message: Message, lang: string | null): string;
  queue: Queue;
  /** When somebody answers; absent = nothing is said or promised. */
  hours?: Pick<DeskHours, 'backAt' | 'due'> | undefined;
  /** Answers a question asked while somebody waits. */
  ask: Speaker;
  /** Words that offer to be called back by that office; null = no time is free. Absent = nobody is called. */
  offerCall?(say: Say, office: string | null): Promise<string | null>;
  /** Where nobody is there a whole request may be written (assistance.ts). */
  assistance?: boolean;
}

/** What the conversation remembers of the request. `waiting`: somebody is there, and the citizen has a place. */
interface Request {
  id: string;
  waiting?: boolean;
  /** How often a contact was asked for in vain. */
  asked?: number;
  office?: string | null;
}

export function createHandoff(parts: HandoffParts): { ask: Speaker; take: Speaker } {
  const answered = () => ({ outcome: 'dialog', answerId: randomUUID(), dialog: HANDOFF });
  const within = (state: ConversationState, dialog: ConversationState['dialog']): ConversationState => ({
    ...state,
    unanswered: 0,
    dialog,
  });

  const otherWays = async (say: Say, office: string | null, present = true): Promise<string[]> => {
    const call = await parts.offerCall?.(say, office);
    return [...(call ? [call] : []), ...(parts.assistance && !present ? [say('helpOffer')] : []), say('cancel')];
  };

  const ask: Speaker = async (message, conversation) => {
    const { state, lang } = conversation;
    const spoken = parts.languageOf(message, lang);
    const say = parts.speech(spoken);
    const said = [...conversation.history.filter(({ role }) => role === 'citizen').map(({ text }) => text), message.text].slice(-LAST_SAID);
    const office = competentOffice(parts.offices(), said.join(' '), []);
    const contact = contactIn(message.text);
    const present = await parts.queue.present(office?.name ?? null);
    const known = requestOf(state);
    const id = known?.id ?? randomUUID();
    const due = parts.hours?.due(office?.name ?? null, Date.parse(message.receivedAt));
    const opened: Effect = openRequest(id, message, { spoken, said, office: office?.name ?? null, contact, queued: present > 0, due });
    if (present > 0) {
      const waiting = await parts.queue.waitingSince(message.receivedAt, office?.name ?? null);
      return {
        state: within(state, { name: HANDOFF, data: { id, waiting: true, office: office?.name ?? null } satisfies Request }),
        lang: spoken,
        replies: [
          plainReply(`${say('deskQueued')} ${placeIn(waiting, say)}`, spoken, await otherWays(say, office?.name ?? null), answered()),
        ],
        effects: [opened],
      };
    }
    // Somebody who already wrote how to be reached is not asked again.
    if (contact) return registered(id, message, spoken, state, office, [opened]);
    return {
      state: within(state, { name: HANDOFF, data: { id, office: office?.name ?? null } satisfies Request }),
      lang: spoken,
      replies: [
        plainReply(
          `${say('handoffAsk')}${backIn(parts.hours, office, message, spoken, say)}`,
          spoken,
          await otherWays(say, office?.name ?? null, false),
          answered(),
        ),
      ],
      effects: [opened],
    };
  };

  const take: Speaker = async (message, conversation) => {
    const { state, lang } = conversation;
    const spoken = lang ?? parts.languageOf(message, lang);
    const say = parts.speech(spoken);
    const request = requestOf(state) ?? { id: randomUUID() };
    const office = parts.offices().find(({ name }) => name === request.office) ?? null;
    if (letsGo(message.text) || plain(message.text) === plain(say('cancel')))
      return {
        state: within(state, null),
        replies: [plainReply(say(request.waiting ? 'deskLeft' : 'handoffCancelled'), spoken, [], answered())],
        effects: [leave(request.id, message.receivedAt)],
      };
    if (contactIn(message.text)) return registered(request.id, message, spoken, state, office, []);
    if (request.waiting) return whileWaiting(message, conversation, request, spoken);
    // A question is answered, and the request waits meanwhile.
    if (asks(message.text)) return inBetween(message, conversation, request, plainReply(say('handoffAgain'), spoken, [say('cancel')]));
    const asked = (request.asked ?? 0) + 1;
    const effects = [addWords(request.id, message)];
    if (asked > ASKED) {
      const result = await parts.ask(message, { ...conversation, state: { ...state, dialog: null } });
      return { ...result, effects: [...effects, ...(result.effects ?? [])] };
    }
    return {
      state: within(state, { name: HANDOFF, data: { ...request, asked } satisfies Request }),
      replies: [plainReply(say('handoffAgain'), spoken, [say('cancel')], answered())],
      effects,
    };
  };

  /** Answered as if nothing else were going on; then `after` comes back to it. */
  async function inBetween(message: Message, conversation: Conversation, request: Request, after: Reply): Promise<TurnResult> {
    const result = await parts.ask(message, { ...conversation, state: { ...conversation.state, dialog: null } });
    return { ...result, state: { ...result.state, dialog: { name: HANDOFF, data: request } }, replies: [...result.replies, after] };
  }

  /** The wait is not lost time: questions are answered, and the agent will read them too. */
  async function whileWaiting(message: Message, conversation: Conversation, request: Request, lang: string): Promise<TurnResult> {
    const say = parts.speech(lang);
    const since = await parts.queue.waitingSince(message.receivedAt, request.office ?? null);
    const place = plainReply(
      `${say('deskStill')} ${placeIn({ ...since, place: Math.max(1, since.place - 1) }, say)}`,
      lang,
      await otherWays(say, request.office ?? null),
    );
    return inBetween(message, conversation, request, place);
  }

  function registered(
    id: string,
    message: Message,
    lang: string,
    state: ConversationState,
    office: Office | null,
    before: Effect[],
  ): TurnResult {
    const say = parts.speech(lang);
    const number = numberOf(id);
    const told = office ?? competentOffice(parts.offices(), message.text, []);
    return {
      state: within(state, null),
      lang,
      replies: [plainReply(noted(say, number, told), lang, [], answered())],
      effects: [...before, addContact(id, message, told?.name ?? null)],
    };
  }
  return { ask, take };
}

/** In few words: whoever writes more tells what happened ("mi hanno annullato la carta"). */
const letsGo = (text: string): boolean => plain(text).split(' ').length <= FEW_WORDS && leaves(text);

/** « Gli operatori tornano lunedì …», or nothing while they are there, or nobody knows. */
function backIn(hours: HandoffParts['hours'], office: Office | null, message: Message, lang: string, say: Say): string {
  const back = hours?.backAt(office?.name ?? null, Date.parse(message.receivedAt), lang);
  if (!back) return '';
  return ` ${back.why ? say('deskBackWhy', { when: back.when, why: back.why }) : say('deskBack', { when: back.when })}`;
}

export const numberOf = (id: string): string => id.slice(0, 8).toUpperCase();

function requestOf(state: ConversationState): Request | null {
  if (state.dialog?.name !== HANDOFF) return null;
  const data = state.dialog.data as Partial<Request>;
  return data.id ? (data as Request) : null;
}

function placeIn({ place, wait }: Waiting, say: Say): string {
  const where = say('deskPlace', { place: String(place) });
  return wait ? `${where} ${say('deskWait', { from: String(wait.from), to: String(wait.to) })}` : `${where} ${say('deskWaitUnknown')}`;
}

/** One open request a conversation: asking again changes nothing but its text. */
function openRequest(
  id: string,
  message: Message,
  with_: { spoken: string; said: string[]; office: string | null; contact: string | null; queued: boolean; due: Due | undefined },
): Effect {
  return async (tx) => {
    const open = await tx
      .selectFrom('handoff')
      .select('id')
      .where('conversation_id', '=', message.conversationId)
      .where('state', 'in', ['requested', 'queued', 'accepted'])
      .where((eb) => eb.or([eb('id', '=', id), eb('state', '!=', 'requested')]))
      .executeTakeFirst();
    const { said, contact, office, spoken, queued, due } = with_;
    const request = JSON.stringify({ text: said.join('\n'), contact, office, number: numberOf(open?.id ?? id) });
    if (open) {
      await tx.updateTable('handoff').set({ request, updated_at: message.receivedAt }).where('id', '=', open.id).execute();
      return;
    }
    const times = { created_at: message.receivedAt, updated_at: message.receivedAt };
    await tx
      .insertInto('handoff')
      .values({
        id,
        conversation_id: message.conversationId,
        state: queued ? 'queued' : 'requested',
        reason: 'asked',
        request,
        office,
        lang: spoken,
        first_due_at: due?.firstReply ?? null,
        resolve_due_at: due?.resolution ?? null,
        ...times,
      })
      .execute();
  };
}

/** A name, or what it is about: kept for whoever answers. */
function addWords(id: string, { text, receivedAt }: Message): Effect {
  return async (tx) => {
    const row = await tx.selectFrom('handoff').select('request').where('id', '=', id).executeTakeFirst();
    if (!row) return;
    const request = JSON.parse(row.request) as { text: string };
    const json = JSON.stringify({ ...request, text: `${request.text}\n${text}` });
    await tx.updateTable('handoff').set({ request: json, updated_at: receivedAt }).where('id', '=', id).execute();
  };
}

function addContact(id: string, message: Message, office: string | null): Effect {
  return async (tx) => {
    const row = await tx.selectFrom('handoff').select(['id', 'request']).where('id', '=', id).executeTakeFirst();
    const contact = contactIn(message.text);
    const earlier = row ? (JSON.parse(row.request) as { text: string }) : null;
    const text =
      earlier && earlier.text !== message.text && !earlier.text.endsWith(message.text) ? `${earlier.text}\n${message.text}` : message.text;
    const request = JSON.stringify({ text, contact, office, number: numberOf(id) });
    if (row) {
      await tx.updateTable('handoff').set({ request, updated_at: message.receivedAt }).where('id', '=', id).execute();
      return;
    }
    const times = { created_at: message.receivedAt, updated_at: message.receivedAt };
    await tx
      .insertInto('handoff')
      .values({ id, conversation_id: message.conversationId, state: 'requested', reason: 'asked', request, office, ...times })
      .execute();
  };
}

function leave(id: string, at: string): Effect {
  return async (tx) => {
    await tx
      .updateTable('handoff')
      .set({ state: 'left', updated_at: at, closed_at: at })
      .where('id', '=', id)
      .where('state', 'in', ['requested', 'queued'])
      .execute();
  };
}

/** What whoever left a request reads: who answers, and when, where that is known. */
export const noted = (say: Say, number: string, office: Pick<Office, 'name' | 'hours'> | null): string =>
  office?.hours
    ? say('handoffDone', { number, office: office.name, hours: office.hours })
    : say('handoffDoneLater', { number, office: office?.name ?? 'URP' });

/** A telephone number or an e-mail address, as written. */
export function contactIn(text: string): string | null {
  const mail = text.includes('@') ? MAIL.exec(text)?.[0] : undefined;
  // Taking figures away leaves no number that was not there before.
  return mail ?? (PHONE.test(text) ? (PHONE.exec(text.replace(NO_PHONE, '|'))?.[0] ?? null) : null);
}
