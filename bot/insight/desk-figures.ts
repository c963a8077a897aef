/** The desk in figures: waits, abandonment, what was promised and kept, marks. Counted by the database; cost grows with the requests of the period. */
import { sql } from 'kysely';
import type { Database } from '../../connectors/databases/contract.ts';
import { number, rounded, secondsBetween, share } from './sql.ts';
import type { FigureTable, Period } from './table.ts';

const SUBJECTS: Record<string, string> = {
  answer: 'Risposte',
  desk: 'Conversazione con un operatore',
  booking: 'Appuntamento',
  ticket: 'Numero di coda',
  report: 'Segnalazione',
  status: 'Stato della pratica',
  payment: 'Pagamento',
};
const ASPECTS: Record<string, string> = {
  clear: 'Indicazioni chiare',
  complete: 'Indicazioni complete',
  sure: 'Sapere se si procede correttamente',
  technical: 'Aspetti tecnici',
  other: 'Altro',
};
/** Of the Comuni model: four and five stars are good. */
const GOOD = 4;

export interface Spread {
  n: number;
  /** Seconds; null of none. */
  mean: number | null;
  median: number | null;
  p90: number | null;
}

/** Seconds between two times of the requests made in the period that have both. */
export async function spread(
  database: Database,
  period: Period,
  from: 'created_at' | 'claimed_at',
  to: 'claimed_at' | 'first_reply_at' | 'closed_at',
): Promise<Spread> {
  const inOrder = database.read
    .selectFrom('handoff')
    .select(secondsBetween(database.engine, from, to).as('s'))
    .where('created_at', '>=', period.start)
    .where('created_at', '<', period.end)
    .where(from, 'is not', null)
    .where(to, 'is not', null)
    .where('state', '!=', 'left');
  const ranked = database.read
    .selectFrom(inOrder.as('one'))
    .select(['s', sql<number>`row_number() over (order by s)`.as('r'), sql<number>`count(*) over ()`.as('n')]);
  // The nearest rank: a value that really occurred.
  const row = await database.read
    .selectFrom(ranked.as('ranked'))
    .select([
      sql`max(n)`.as('n'),
      sql`avg(s)`.as('mean'),
      sql`min(case when r >= n * 0.5 then s end)`.as('median'),
      sql`min(case when r >= n * 0.9 then s end)`.as('p90'),
    ])
    .executeTakeFirstOrThrow();
  return { n: number(row.n), mean: rounded(row.mean), median: rounded(row.median), p90: rounded(row.p90) };
}

export async function deskFigures(database: Database, period: Period, now: string): Promise<FigureTable[]> {
  const [wait, reply, whole] = await Promise.all([
    spread(database, period, 'created_at', 'claimed_at'),
    spread(database, period, 'created_at', 'first_reply_at'),
    spread(database, period, 'created_at', 'closed_at'),
  ]);
  const line = (title: string, { n, mean, median, p90 }: Spread) => [title, n, mean, median, p90];
  return [
    await requests(database, period, now),
    {
      name: 'attese',
      title: 'Attese per parlare con una persona',
      about: 'Secondi dal momento della richiesta, a orologio; la mediana e il novantesimo percentile sono attese davvero avvenute.',
      columns: [
        { name: 'tempo', title: 'Tempo' },
        { name: 'casi', title: 'Casi' },
        { name: 'media_s', title: 'Media (s)' },
        { name: 'mediana_s', title: 'Mediana (s)' },
        { name: 'p90_s', title: '90° percentile (s)' },
      ],
      rows: [line('Fino alla presa in carico', wait), line('Fino alla prima risposta', reply), line('Fino alla chiusura', whole)],
      plot: { label: 0, bars: [3, 4], stacked: false },
    },
    await marks(database, period),
    await marksByAgent(database, period),
    await aspects(database, period),
  ];
}

async function requests(database: Database, { start, end }: Period, now: string): Promise<FigureTable> {
  const rows = await database.read
    .selectFrom('handoff')
    .select([
      sql<string>`coalesce(office, '')`.as('office'),
      (builder) => builder.fn.countAll().as('n'),
      sql`sum(case when state = 'left' then 1 else 0 end)`.as('left'),
      sql`sum(case when state in ('requested', 'queued') then 1 else 0 end)`.as('open'),
      // A promise is judged once it is kept or its time has passed.
      sql`sum(case when first_due_at is not null and state != 'left' and (first_reply_at is not null or first_due_at < ${now}) then 1 else 0 end)`.as(
        'promised',
      ),
      sql`sum(case when first_reply_at <= first_due_at and state != 'left' then 1 else 0 end)`.as('kept'),
      sql`sum(case when resolve_due_at is not null and state != 'left' and (closed_at is not null or resolve_due_at < ${now}) then 1 else 0 end)`.as(
        'toEnd',
      ),
      sql`sum(case when closed_at <= resolve_due_at and state != 'left' then 1 else 0 end)`.as('ended'),
    ])
    .where('created_at', '>=', start)
    .where('created_at', '<', end)
    .groupBy(sql`coalesce(office, '')`)
    .orderBy('n', 'desc')
    .execute();
  return {
    name: 'operatori',
    title: 'Richieste di una persona',
    about:
      'Per ufficio: abbandonate da chi aspettava, ancora in attesa, e quota di prime risposte e chiusure nei tempi promessi, contati in orario di apertura.',
    columns: [
      { name: 'ufficio', title: 'Ufficio' },
      { name: 'richieste', title: 'Richieste' },
      { name: 'abbandonate', title: 'Abbandonate' },
      { name: 'quota_abbandonate', title: 'Quota abbandonate' },
      { name: 'in_attesa', title: 'In attesa' },
      { name: 'quota_prima_risposta_nei_tempi', title: 'Prima risposta nei tempi' },
      { name: 'quota_chiusura_nei_tempi', title: 'Chiusura nei tempi' },
    ],
    rows: rows.map((row) => [
      row.office || 'ogni ufficio',
      number(row.n),
      number(row.left),
      share(number(row.left), number(row.n)),
      number(row.open),
      share(number(row.kept), number(row.promised)),
      share(number(row.ended), number(row.toEnd)),
    ]),
    plot: { label: 0, bars: [1, 2], stacked: false },
  };
}

const MARK_COLUMNS = [
  { name: 'valutazioni', title: 'Valutazioni' },
  { name: 'media', title: 'Media (1–5)' },
  { name: 'quota_4_5', title: 'Quota con 4 o 5' },
];

async function marks(database: Database, { start, end }: Period): Promise<FigureTable> {
  const rows = await database.read
    .selectFrom('rating')
    .select([
      'subject',
      (builder) => builder.fn.countAll().as('n'),
      sql`avg(stars)`.as('mean'),
      sql`sum(case when stars >= ${GOOD} then 1 else 0 end)`.as('good'),
    ])
    .where('created_at', '>=', start)
    .where('created_at', '<', end)
    .groupBy('subject')
    .orderBy('n', 'desc')
    .execute();
  return {
    name: 'valutazioni',
    title: 'Quanto è stato facile, da 1 a 5',
    about: 'La scala del modello Comuni, per servizio.',
    columns: [{ name: 'servizio', title: 'Servizio' }, ...MARK_COLUMNS],
    rows: rows.map((row) => [
      SUBJECTS[row.subject] ?? row.subject,
      number(row.n),
      rounded(row.mean, 2),
      share(number(row.good), number(row.n)),
    ]),
    plot: { label: 0, bars: [2], stacked: false },
  };
}

/** Of the agent who closed the last request of the conversation. */
async function marksByAgent(database: Database, { start, end }: Period): Promise<FigureTable> {
  const last = database.read
    .selectFrom('handoff')
    .select([
      'conversation_id',
      'agent_name',
      sql<number>`row_number() over (partition by conversation_id order by closed_at desc)`.as('r'),
    ])
    .where('state', '=', 'completed');
  const rows = await database.read
    .selectFrom('rating')
    .innerJoin(last.as('last'), 'last.conversation_id', 'rating.conversation_id')
    .select([
      'last.agent_name as agent',
      (builder) => builder.fn.countAll().as('n'),
      sql`avg(stars)`.as('mean'),
      sql`sum(case when stars >= ${GOOD} then 1 else 0 end)`.as('good'),
    ])
    .where('last.r', '=', 1)
    .where('rating.subject', '=', 'desk')
    .where('rating.created_at', '>=', start)
    .where('rating.created_at', '<', end)
    .groupBy('last.agent_name')
    .orderBy('n', 'desc')
    .execute();
  return {
    name: 'operatori-valutazioni',
    title: 'Valutazioni per operatore',
    about: 'Solo per chi coordina il servizio: non è fra i dati aperti.',
    columns: [{ name: 'operatore', title: 'Operatore' }, ...MARK_COLUMNS],
    rows: rows.map((row) => [row.agent ?? '', number(row.n), rounded(row.mean, 2), share(number(row.good), number(row.n))]),
  };
}

async function aspects(database: Database, { start, end }: Period): Promise<FigureTable> {
  const rows = await database.read
    .selectFrom('rating')
    .select([
      'aspect',
      sql`sum(case when stars >= ${GOOD} then 1 else 0 end)`.as('good'),
      sql`sum(case when stars < ${GOOD} then 1 else 0 end)`.as('bad'),
    ])
    .where('created_at', '>=', start)
    .where('created_at', '<', end)
    .where('aspect', 'is not', null)
    .groupBy('aspect')
    .execute();
  return {
    name: 'aspetti',
    title: 'Aspetti preferiti e difficoltà',
    about: 'Chi dà 4 o 5 dice che cosa ha preferito, chi dà meno dove ha incontrato difficoltà.',
    columns: [
      { name: 'aspetto', title: 'Aspetto' },
      { name: 'preferito', title: 'Preferito' },
      { name: 'difficolta', title: 'Difficoltà' },
    ],
    rows: rows.map((row) => [ASPECTS[row.aspect ?? ''] ?? row.aspect, number(row.good), number(row.bad)]),
    plot: { label: 0, bars: [1, 2], stacked: false },
  };
}
