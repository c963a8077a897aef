/** Everything that passed between one person and the body, newest first: conversations, appointments, cases, payments, reports, opinions. */
import type { Bookings } from '../../connectors/bookings/contract.ts';
import type { Cases } from '../../connectors/cases/contract.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Payments } from '../../connectors/payments/contract.ts';

/** Of each kind, the newest. */
const MOST = 50;
/** Notice numbers looked up for one page: each is a call to the payment system. */
const NOTICES = 8;

export interface Event {
  kind: 'conversation' | 'request' | 'booking' | 'case' | 'payment' | 'report' | 'opinion';
  /** ISO UTC, or a day: when it is, for an appointment; else when it last changed. */
  at: string;
  /** In Italian, for citizen and agent alike. */
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

const CASE_STATUS: Record<string, string> = {
  received: 'ricevuta',
  in_progress: 'in lavorazione',
  waiting: 'in attesa di documenti',
  granted: 'accolta',
  refused: 'non accolta',
  withdrawn: 'ritirata',
  closed: 'conclusa',
};
const NOTICE_STATE: Record<string, string> = {
  payable: 'da pagare',
  paid: 'pagato',
  expired: 'scaduto',
  cancelled: 'annullato',
  unknown: 'stato non noto',
};
const REPORT_STATUS: Record<string, string> = {
  received: 'ricevuta',
  in_progress: 'in lavorazione',
  solved: 'risolta',
  declined: 'non accolta',
  closed: 'chiusa',
};
const HANDOFF_STATE: Record<string, string> = {
  requested: 'in attesa',
  queued: 'in attesa',
  accepted: 'in corso',
  completed: 'conclusa',
  left: 'lasciata',
};
const VOTE: Record<string, string> = { up: 'utile', down: 'non utile', none: 'un commento' };
const CHANNEL: Record<string, string> = { web: 'sito', telegram: 'Telegram', whatsapp: 'WhatsApp', teams: 'Teams' };

/** `fiscalCode` null: only what our own conversations hold. Cost grows with the person's conversations. */
export async function timelineOf(parts: TimelineParts, who: { person: string; fiscalCode: string | null }): Promise<Timeline> {
  const { database } = parts;
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
    noticesOf(parts, ids, missing),
  ]);
  const own = await officeEvents(parts, who.fiscalCode, missing);
  const events: Event[] = [
    ...own,
    ...notices,
    ...talks.map(({ channel, created_at: at }) => ({
      kind: 'conversation' as const,
      at,
      title: 'Conversazione',
      detail: CHANNEL[channel] ?? channel,
    })),
    ...requests.map(({ state, office, created_at: at }) => ({
      kind: 'request' as const,
      at,
      title: 'Richiesta di una persona',
      detail: [HANDOFF_STATE[state] ?? state, office].filter(Boolean).join(', '),
    })),
    ...opinions.map(({ vote, created_at: at }) => ({
      kind: 'opinion' as const,
      at,
      title: 'Giudizio su una risposta',
      detail: VOTE[vote] ?? vote,
    })),
    ...ratings.map(({ stars, created_at: at }) => ({
      kind: 'opinion' as const,
      at,
      title: 'Giudizio sul servizio',
      detail: `${stars} su 5`,
    })),
    ...reports.map(({ id, status, updated_at: at }) => ({
      kind: 'report' as const,
      at,
      title: `Segnalazione ${id}`,
      detail: REPORT_STATUS[status] ?? status,
    })),
  ];
  return { events: events.sort((a, b) => b.at.localeCompare(a.at)), missing };
}

async function officeEvents({ bookings, cases }: TimelineParts, fiscalCode: string | null, missing: string[]): Promise<Event[]> {
  if (!fiscalCode) {
    missing.push('Appuntamenti e pratiche: servono un accesso aperto o il profilo del cittadino.');
    return [];
  }
  const [booked, opened] = await Promise.all([
    bookings.capabilities().has('list') ? bookings.list({ fiscalCode }) : null,
    cases.capabilities().has('list') ? cases.list({ fiscalCode }) : null,
  ]);
  if (booked?.kind !== 'ok') missing.push('Gli appuntamenti non si possono leggere ora.');
  if (opened?.kind !== 'ok') missing.push('Le pratiche non si possono leggere ora.');
  return [
    ...(booked?.kind === 'ok' ? booked.value : []).slice(0, MOST).map(
      ({ service, start, code, status, place, person }): Event => ({
        kind: 'booking',
        at: new Date(start).toISOString(),
        title: `Appuntamento: ${service.name}`,
        detail: [status === 'cancelled' ? 'disdetto' : `codice ${code}`, place.name, person.note].filter(Boolean).join(', '),
      }),
    ),
    ...(opened?.kind === 'ok' ? opened.value : []).slice(0, MOST).map(
      ({ number, year, subject, office, status, history, receivedOn }): Event => ({
        kind: 'case',
        at: history.at(-1)?.on ?? receivedOn,
        title: `Pratica ${number}/${year}: ${subject}`,
        detail: [CASE_STATUS[status] ?? status, office].filter(Boolean).join(', '),
      }),
    ),
  ];
}

/** Payment systems know no list by person: the notices that the citizen asked about are theirs to see again. */
async function noticesOf({ database, payments }: TimelineParts, ids: string[], missing: string[]): Promise<Event[]> {
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
  if (found.some(({ result }) => result.kind === 'down' || result.kind === 'retry_after'))
    missing.push('I pagamenti non si possono leggere ora.');
  return found.flatMap(({ nav, at, result }): Event[] => {
    if (result.kind !== 'ok') return [];
    const { state, paidOn, dueOn } = result.value;
    const when =
      state === 'paid' && paidOn
        ? ` il ${paidOn.split('-').reverse().join('/')}`
        : dueOn && state === 'payable'
          ? ` entro il ${dueOn.split('-').reverse().join('/')}`
          : '';
    return [{ kind: 'payment', at: paidOn ?? at, title: `Avviso di pagamento ${nav}`, detail: `${NOTICE_STATE[state] ?? state}${when}` }];
  });
}
