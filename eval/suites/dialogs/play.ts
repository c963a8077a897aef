/** Plays one script: the citizen's turns in order, facts when the form asks for what the script will not say, state through JSON between turns. */
import { randomUUID } from 'node:crypto';
import type { Booking, Bookings } from '../../../connectors/bookings/contract.ts';
import type { Lines } from '../../../connectors/lines/contract.ts';
import { createDesk } from '../../../connectors/bookings/embedded/desk.ts';
import openLines from '../../../connectors/lines/embedded.ts';
import type { Database } from '../../../connectors/databases/contract.ts';
import openDatabase from '../../../connectors/databases/embedded.ts';
import { createSpeakers } from '../../../bot/conversation/choose.ts';
import { type Conversation, emptyState } from '../../../bot/conversation/conversation.ts';
import { createTurn } from '../../../bot/conversation/turn.ts';
import type { Message } from '../../../bot/message.ts';
import type { Town } from './citizen-town.ts';
import { openOffice } from './office.ts';
import { gives, type Script } from './script.ts';

/** A conversation that has not ended by then never will. */
const MOST_TURNS = 40;
const DAYS = 120;
const DAY_MS = 86_400_000;

export interface Played {
  /** Writes that the office accepted, in order. */
  actions: { action: 'book' | 'reschedule' | 'cancel' | 'queue'; code: string; service: string; start: string }[];
  /** What the office holds in the end, cancelled ones left out. */
  left: Booking[];
  /** The seed's booking in the end; null when there was none. */
  seed: Booking | null;
  /** Tickets that stand in the end. */
  tickets: { id: string; line: string; day: string }[];
  transcript: { citizen: string; reply: string }[];
  /** Messages of the citizen, the wish and the yes counted, until the first booking stood; null = none did. */
  bookedAfter: number | null;
}

export interface Stage {
  town: Town;
  now: Date;
  dataDir: string;
  /** Give facts as soon as they are asked for, though a later turn gives them. */
  factsAtOnce: boolean;
}

export async function play(script: Script, { town, now, dataDir, factsAtOnce }: Stage): Promise<Played> {
  const database = await openDatabase({ dataDir });
  const clock = () => now.getTime();
  const office = await openOffice(database, script.seed, clock);
  const actions: Played['actions'] = [];
  const tickets: Played['tickets'] = [];
  const today = now.toISOString().slice(0, 10);
  const takeTurn = createTurn(
    createSpeakers({
      knowledge: town.knowledge,
      languages: town.languages,
      bodyName: 'Comune',
      today: () => today,
      appointments: { bookings: watched(office, actions), now: () => now, timeZone: 'Europe/Rome' },
      waiting: { lines: countedLines(await openLines({ database, now: clock }), tickets), now: () => now },
    }),
  );
  const transcript: Played['transcript'] = [];
  let bookedAfter: number | null = null;
  let conversation: Conversation = {
    id: script.id,
    channel: 'web',
    citizenId: 'c',
    lang: null,
    mode: 'bot',
    state: emptyState(),
    history: [],
  };

  async function say(text: string): Promise<void> {
    const message: Message = {
      channel: 'web',
      externalId: randomUUID(),
      conversationId: script.id,
      id: randomUUID(),
      kind: 'text',
      text,
      attachments: [],
      citizenId: 'c',
      receivedAt: now.toISOString(),
    };
    const result = await takeTurn(message, conversation);
    const reply = result.replies.map((one) => one.text).join('\n\n');
    transcript.push({ citizen: text, reply });
    if (actions.some(({ action }) => action === 'book')) bookedAfter ??= transcript.length;
    // Through JSON, as between two turns in the database.
    conversation = JSON.parse(
      JSON.stringify({
        ...conversation,
        lang: result.lang ?? conversation.lang,
        mode: result.mode ?? conversation.mode,
        state: result.state,
        history: [...conversation.history, { role: 'citizen', text }, { role: 'bot', text: reply }].slice(-12),
      }),
    ) as Conversation;
  }

  const turns = [...script.turns];
  while (transcript.length < MOST_TURNS) {
    const asked = askedFact(conversation);
    const coming = factsAtOnce ? turns.slice(0, 1) : turns;
    if (asked && !coming.some((turn) => gives(turn, script.facts).has(asked === 'fact' ? 'codice_fiscale' : asked)))
      await say(factOf(asked, script));
    else if (turns.length > 0) await say(turns.shift() ?? '');
    else break;
  }

  const desk = createDesk({ database, now: clock });
  const left: Booking[] = [];
  for (const day of await daysWithBookings(database, clock())) left.push(...(await desk.day(day)));
  const { seed } = script;
  const found = seed ? await office.get(seed.code, { kind: 'fact', fact: seed.codice_fiscale }) : null;
  await database.close();
  return { actions, left, tickets, seed: found?.kind === 'ok' ? found.value : null, transcript, bookedAfter };
}

/** Of the coming days those that may hold a booking, whatever the zone: a script leaves one or two, and asking for each of the days costs more than the conversation. */
async function daysWithBookings(database: Database, from: number): Promise<string[]> {
  const booked = await database.read.selectFrom('booking').select('start_at').where('status', '=', 'booked').execute();
  const starts = booked.map(({ start_at }) => Date.parse(start_at));
  return Array.from({ length: DAYS }, (_, day) => new Date(from + day * DAY_MS).toISOString().slice(0, 10)).filter((day) =>
    starts.some((start) => Math.abs(start - Date.parse(`${day}T12:00:00Z`)) < DAY_MS),
  );
}

/** The fact that the form's open question asks for. */
function askedFact({ state }: Conversation): 'name' | 'codice_fiscale' | 'contact' | 'fact' | null {
  const data = state.dialog?.data as { stage?: string; form?: { open?: string | null; misses?: Record<string, number> } } | undefined;
  const open = data?.stage === 'form' ? data.form?.open : null;
  // A fact that was given and refused is not given again and again.
  if (!open || (data?.form?.misses?.[open] ?? 0) > 2) return null;
  return open === 'name' || open === 'codice_fiscale' || open === 'contact' || open === 'fact' ? open : null;
}

function factOf(asked: string, { facts }: Script): string {
  return asked === 'name' ? facts.name : asked === 'contact' ? facts.phone : facts.codice_fiscale;
}

/** The same office, every accepted write noted. */
function watched(office: Bookings, actions: Played['actions']): Bookings {
  const note = <T extends { kind: string }>(action: Played['actions'][number]['action'], result: T): T => {
    if (result.kind === 'ok') {
      const { code, service, start } = (result as unknown as { value: Booking }).value;
      actions.push({ action, code, service: service.name, start });
    }
    return result;
  };
  return {
    ...office,
    confirm: async (...given) => note('book', await office.confirm(...given)),
    reschedule: async (...given) => note('reschedule', await office.reschedule(...given)),
    cancel: async (...given) => note('cancel', await office.cancel(...given)),
  };
}

/** The same lines, every ticket in them noted. */
function countedLines(lines: Lines, tickets: Played['tickets']): Lines {
  return {
    ...lines,
    async take(...given) {
      const result = await lines.take(...given);
      if (result.kind === 'ok') {
        const { id, line, day } = result.value;
        if (!tickets.some((known) => known.id === id)) tickets.push({ id, line: line.name, day });
      }
      return result;
    },
    async leave(id) {
      const result = await lines.leave(id);
      if (result.kind === 'ok' && result.value.status === 'left')
        tickets.splice(0, tickets.length, ...tickets.filter((one) => one.id !== id));
      return result;
    },
  };
}
