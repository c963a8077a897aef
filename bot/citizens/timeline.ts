/** Everything that passed between one person and the body, newest first: conversations, appointments, cases, payments, reports, opinions. */
import type { Bookings } from '../../connectors/bookings/contract.ts';
import type { Cases } from '../../connectors/cases/contract.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Payments } from '../../connectors/payments/contract.ts';
import { type CitizenWords, citizenWordsIn, fill } from '../pages/shared/citizen-words.ts';
import { localeOf } from '../pages/shared/languages.ts';

/** Of each kind, the newest. */
const MOST = 50;
/** Notice numbers looked up for one page: each is a call to the payment system. */
const NOTICES = 8;

export interface Event {
  kind: 'conversation' | 'request' | 'booking' | 'case' | 'payment' | 'report' | 'opinion';
  /** ISO UTC, or a day: when it is, for an appointment; else when it last changed. */
  at: string;
  /** In the language asked for. */
  title: string;
  detail: string;
}

export interface Timeline {
  events: Event[];
  /** What could not be asked: back offices that do not answer, or (for an agent) data that need the citizen's sign-in or profile. */
  missing: string[];
}

export interface TimelineParts {
  database: Database;
  bookings: Bookings;
  cases: Cases;
  payments: Payments;
}

const CHANNEL: Record<string, string> = { telegram: 'Telegram', whatsapp: 'WhatsApp', teams: 'Teams' };

/** How it is said, in one language. */
interface Told {
  t: CitizenWords;
  /** A state in words, or as it is where nobody wrote them. */
  state(kind: 'case' | 'pay' | 'report' | 'ask' | 'vote', code: string): string;
  day(iso: string): string;
}

function telling(lang: string): Told {
  const t = citizenWordsIn(lang);
  return {
    t,
    state: (kind, code) => (t as Record<string, string>)[`${kind}_${code}`] ?? code,
    day: (iso) =>
      new Date(`${iso}T12:00:00Z`).toLocaleDateString(localeOf(lang), {
        timeZone: 'UTC',
        day: '2-digit',
        month: '2-digit',
        year: 'numeric',
      }),
  };
}

/** `fiscalCode` null: only what our own conversations hold. Cost grows with the person's conversations. */
export async function timelineOf(parts: TimelineParts, who: { person: string; fiscalCode: string | null }, lang = 'it'): Promise<Timeline> {
  const { database } = parts;
  const told = telling(lang);
  const { t, state } = told;
  const missing: string[] = [];
  const linked = await database.read
    .selectFrom('citizen_conversation')
    .select('conversation_id')
    .where('person', '=', who.person)
    .execute();
  const ids = linked.length > 0 ? linked.map(({ conversation_id }) => conversation_id) : [''];
  const [talks, requests, opinions, ratings, reports, notices] = await Promise.all([
    database.read
      .selectFrom('conversation')
      .select(['channel', 'created_at', 'updated_at'])
      .where('id', 'in', ids)
      .orderBy('created_at', 'desc')
      .limit(MOST)
      .execute(),
    database.read
      .selectFrom('handoff')
      .select(['state', 'office', 'created_at'])
      .where('conversation_id', 'in', ids)
      .orderBy('created_at', 'desc')
      .limit(MOST)
      .execute(),
    database.read
      .selectFrom('feedback')
      .select(['vote', 'created_at'])
      .where('conversation_id', 'in', ids)
      .orderBy('created_at', 'desc')
      .limit(MOST)
      .execute(),
    database.read
      .selectFrom('rating')
      .select(['stars', 'created_at'])
      .where('conversation_id', 'in', ids)
      .orderBy('created_at', 'desc')
      .limit(MOST)
      .execute(),
    database.read
      .selectFrom('report')
      .select(['id', 'status', 'category', 'updated_at'])
      .where('conversation_id', 'in', ids)
      .orderBy('updated_at', 'desc')
      .limit(MOST)
      .execute(),
    noticesOf(parts, ids, missing, told),
  ]);
  const own = await officeEvents(parts, who.fiscalCode, missing, told);
  const events: Event[] = [
    ...own,
    ...notices,
    ...talks.map(({ channel, created_at: at }) => ({
      kind: 'conversation' as const,
      at,
      title: t.tTalk,
      detail: channel === 'web' ? t.site : (CHANNEL[channel] ?? channel),
    })),
    ...requests.map(({ state: code, office, created_at: at }) => ({
      kind: 'request' as const,
      at,
      title: t.tRequest,
      detail: [state('ask', code), office].filter(Boolean).join(', '),
    })),
    ...opinions.map(({ vote, created_at: at }) => ({
      kind: 'opinion' as const,
      at,
      title: t.tAnswerOpinion,
      detail: state('vote', vote),
    })),
    ...ratings.map(({ stars, created_at: at }) => ({
      kind: 'opinion' as const,
      at,
      title: t.tServiceOpinion,
      detail: fill(t.tStars, { stars: String(stars) }),
    })),
    ...reports.map(({ id, status, updated_at: at }) => ({
      kind: 'report' as const,
      at,
      title: fill(t.tReport, { id }),
      detail: state('report', status),
    })),
  ];
  return { events: events.sort((a, b) => b.at.localeCompare(a.at)), missing };
}

async function officeEvents(
  { bookings, cases }: TimelineParts,
  fiscalCode: string | null,
  missing: string[],
  { t, state }: Told,
): Promise<Event[]> {
  if (!fiscalCode) {
    missing.push(t.missPerson);
    return [];
  }
  const [booked, opened] = await Promise.all([
    bookings.capabilities().has('list') ? bookings.list({ fiscalCode }) : null,
    cases.capabilities().has('list') ? cases.list({ fiscalCode }) : null,
  ]);
  if (booked?.kind !== 'ok') missing.push(t.missBookings);
  if (opened?.kind !== 'ok') missing.push(t.missCases);
  return [
    ...(booked?.kind === 'ok' ? booked.value : []).slice(0, MOST).map(
      ({ service, start, code, status, place, person }): Event => ({
        kind: 'booking',
        at: new Date(start).toISOString(),
        title: fill(t.tBooking, { service: service.name }),
        detail: [status === 'cancelled' ? t.tCancelled : fill(t.tCode, { code }), place.name, person.note].filter(Boolean).join(', '),
      }),
    ),
    ...(opened?.kind === 'ok' ? opened.value : []).slice(0, MOST).map(
      ({ number, year, subject, office, status, history, receivedOn }): Event => ({
        kind: 'case',
        at: history.at(-1)?.on ?? receivedOn,
        title: fill(t.tCase, { ref: `${number}/${year}`, subject }),
        detail: [state('case', status), office].filter(Boolean).join(', '),
      }),
    ),
  ];
}

/** Payment systems know no list by person: the notices that the citizen asked about are theirs to see again. */
async function noticesOf({ database, payments }: TimelineParts, ids: string[], missing: string[], told: Told): Promise<Event[]> {
  const { t, day } = told;
  const rows = await database.read
    .selectFrom('activity')
    .select(['json', 'created_at'])
    .where('conversation_id', 'in', ids)
    .where('role', '=', 'citizen')
    .orderBy('created_at', 'desc')
    .limit(500)
    .execute();
  const asked = new Map<string, string>();
  for (const { json, created_at } of rows)
    for (const written of ((JSON.parse(json) as { text?: string }).text ?? '').match(/(?<!\d)(?:\d[ -]?){17}\d(?!\d)/g) ?? []) {
      const nav = written.replace(/\D/g, '');
      if (!asked.has(nav) && asked.size < NOTICES) asked.set(nav, created_at);
    }
  const found = await Promise.all([...asked].map(async ([nav, at]) => ({ nav, at, result: await payments.find(nav) })));
  if (found.some(({ result }) => result.kind === 'down' || result.kind === 'retry_after')) missing.push(t.missPayments);
  return found.flatMap(({ nav, at, result }): Event[] => {
    if (result.kind !== 'ok') return [];
    const { state: code, paidOn, dueOn } = result.value;
    const state = told.state('pay', code);
    const detail =
      code === 'paid' && paidOn
        ? fill(t.tPaidOn, { state, day: day(paidOn) })
        : code === 'payable' && dueOn
          ? fill(t.tDueBy, { state, day: day(dueOn) })
          : state;
    return [{ kind: 'payment', at: paidOn ?? at, title: fill(t.tNotice, { nav }), detail }];
  });
}
