/** How much is asked and what comes of it: by day, hour, channel and topic. Counted by the database; what is read here grows with days × channels and with topics, not with messages. */
import { sql } from 'kysely';
import { addDays, createZone } from '../../connectors/bookings/zone.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import { firstCited, number, share } from './sql.ts';
import type { FigureTable, Period } from './table.ts';

const TOPICS = 20;
/** The greeting is the first entry of a conversation: whoever wrote something has more. */
const SPOKEN = 2;
const OUTCOMES = ['answered', 'clarify', 'unanswerable', 'refused', 'failed'] as const;
const OUTCOME_TITLES = ['Con risposta', 'Richiesta di precisare', 'Senza risposta', 'Rifiutate', 'Guaste'];
export const CHANNEL_NAMES: Record<string, string> = { web: 'Sito', telegram: 'Telegram', whatsapp: 'WhatsApp', teams: 'Teams' };
const outcomeColumns = OUTCOMES.map((name, i) => ({ name, title: OUTCOME_TITLES[i] ?? name }));

export async function volumes(database: Database, { from, to, start, end }: Period): Promise<FigureTable[]> {
  const zone = createZone();
  const begun = await database.read
    .selectFrom('conversation')
    .select([sql<string>`substr(created_at, 1, 13)`.as('hour'), 'channel', (builder) => builder.fn.countAll().as('n')])
    .where('created_at', '>=', start)
    .where('created_at', '<', end)
    .where('next_seq', '>', SPOKEN)
    .groupBy([sql`substr(created_at, 1, 13)`, 'channel'])
    .execute();
  const days = new Map<string, number>();
  for (let day = from; day <= to; day = addDays(day, 1)) days.set(day, 0);
  const hours = Array.from({ length: 24 }, () => 0);
  for (const { hour, n } of begun) {
    const local = zone.iso(Date.parse(`${hour}:00:00Z`));
    days.set(local.slice(0, 10), (days.get(local.slice(0, 10)) ?? 0) + number(n));
    const at = Number(local.slice(11, 13));
    hours[at] = (hours[at] ?? 0) + number(n);
  }
  return [
    {
      name: 'giorni',
      title: 'Conversazioni per giorno',
      about: 'Conversazioni cominciate in cui il cittadino ha scritto qualcosa.',
      columns: [
        { name: 'giorno', title: 'Giorno' },
        { name: 'conversazioni', title: 'Conversazioni' },
      ],
      rows: [...days],
      plot: { label: 0, bars: [1], stacked: false },
    },
    {
      name: 'ore',
      title: 'Conversazioni per ora del giorno',
      about: 'Ora di Roma in cui la conversazione è cominciata.',
      columns: [
        { name: 'ora', title: 'Ora' },
        { name: 'conversazioni', title: 'Conversazioni' },
      ],
      rows: hours.map((n, hour) => [`${String(hour).padStart(2, '0')}`, n]),
      plot: { label: 0, bars: [1], stacked: false },
    },
    await byChannel(database, { start, end }, begun),
    await byTopic(database, { start, end }),
    await byReason(database, { start, end }),
  ];
}

async function byChannel(
  database: Database,
  { start, end }: Pick<Period, 'start' | 'end'>,
  begun: { channel: string; n: unknown }[],
): Promise<FigureTable> {
  const rows = await database.read
    .selectFrom('answer')
    .innerJoin('conversation', 'conversation.id', 'answer.conversation_id')
    .select(['conversation.channel', 'answer.outcome', (builder) => builder.fn.countAll().as('n')])
    .where('answer.created_at', '>=', start)
    .where('answer.created_at', '<', end)
    .groupBy(['conversation.channel', 'answer.outcome'])
    .execute();
  const channels = [...new Set([...begun, ...rows].map(({ channel }) => channel))].sort();
  return {
    name: 'canali',
    title: 'Canali ed esiti delle domande',
    about: 'Domande poste ai documenti, per canale e per esito; le conversazioni comprendono anche chi ha prenotato o segnalato.',
    columns: [
      { name: 'canale', title: 'Canale' },
      { name: 'conversazioni', title: 'Conversazioni' },
      ...outcomeColumns,
      { name: 'quota_con_risposta', title: 'Quota con risposta' },
    ],
    rows: channels.map((channel) => {
      const counts = OUTCOMES.map((outcome) => number(rows.find((row) => row.channel === channel && row.outcome === outcome)?.n));
      const conversations = begun.filter((row) => row.channel === channel).reduce((sum, { n }) => sum + number(n), 0);
      return [
        CHANNEL_NAMES[channel] ?? channel,
        conversations,
        ...counts,
        share(
          counts[0] ?? 0,
          counts.reduce((sum, n) => sum + n, 0),
        ),
      ];
    }),
    plot: { label: 0, bars: [2, 3, 4, 5, 6], stacked: true },
  };
}

async function byTopic(database: Database, { start, end }: Pick<Period, 'start' | 'end'>): Promise<FigureTable> {
  const topic = firstCited(database.engine, 'answer.json', 'title');
  const rows = await database.read
    .selectFrom('answer')
    .leftJoin('feedback', (join) => join.onRef('feedback.answer_id', '=', 'answer.id').on('feedback.vote', '!=', 'none'))
    .select([
      topic.as('topic'),
      sql`count(distinct answer.id)`.as('n'),
      sql`sum(case when feedback.vote = 'up' then 1 else 0 end)`.as('up'),
      sql`sum(case when feedback.vote = 'down' then 1 else 0 end)`.as('down'),
    ])
    .where('answer.created_at', '>=', start)
    .where('answer.created_at', '<', end)
    .where('answer.outcome', '=', 'answered')
    .groupBy(topic)
    .orderBy('n', 'desc')
    .limit(TOPICS + 1)
    .execute();
  return {
    name: 'argomenti',
    title: 'Argomenti più chiesti',
    about: 'La pagina citata per prima; dopo il periodo di conservazione l’argomento non è più noto.',
    columns: [
      { name: 'argomento', title: 'Argomento' },
      { name: 'risposte', title: 'Risposte' },
      { name: 'utili', title: 'Giudicate utili' },
      { name: 'non_utili', title: 'Giudicate non utili' },
    ],
    rows: rows.map(({ topic, n, up, down }) => [topic ?? 'non più noto', number(n), number(up), number(down)]),
    plot: { label: 0, bars: [1], stacked: false },
  };
}

async function byReason(database: Database, { start, end }: Pick<Period, 'start' | 'end'>): Promise<FigureTable> {
  const rows = await database.read
    .selectFrom('answer')
    .select(['outcome', 'reason', (builder) => builder.fn.countAll().as('n')])
    .where('created_at', '>=', start)
    .where('created_at', '<', end)
    .where('outcome', '!=', 'answered')
    .groupBy(['outcome', 'reason'])
    .orderBy('n', 'desc')
    .limit(30)
    .execute();
  return {
    name: 'motivi',
    title: 'Perché non c’è stata risposta',
    about: 'Il motivo che il sistema ha registrato: «ungrounded» sono le risposte fermate dal controllo delle citazioni.',
    columns: [
      { name: 'esito', title: 'Esito' },
      { name: 'motivo', title: 'Motivo' },
      { name: 'domande', title: 'Domande' },
    ],
    rows: rows.map(({ outcome, reason, n }) => [
      OUTCOME_TITLES[OUTCOMES.indexOf(outcome as (typeof OUTCOMES)[number])] ?? outcome,
      reason,
      number(n),
    ]),
  };
}
