/** All figures of a period: what supervisors read under /insight. */
import { daysBetween } from '../../connectors/bookings/zone.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import { listGaps } from '../../knowledge/documents/gap-list.ts';
import { redact } from '../privacy/redact.ts';
import { type Containment, containment } from './containment.ts';
import { deskFigures } from './desk-figures.ts';
import { checked, type Checked } from './sampling.ts';
import { share } from './sql.ts';
import type { FigureTable, Period } from './table.ts';
import { volumes } from './volumes.ts';

const GAPS = 20;
const DAYS_A_MONTH = 365.25 / 12;

export interface InsightParts {
  database: Database;
  /** Euro: the service in a month, a contact by telephone, one at the counter; null = not known. */
  costs?(): Costs;
  now?: () => number;
}

export interface Costs {
  month: number | null;
  phone: number | null;
  counter: number | null;
}

export interface Headline {
  conversations: number;
  questions: number;
  answeredShare: number | null;
  /** Null = nothing could be judged yet. */
  verifiedContainment: number | null;
  requests: number;
  abandonedShare: number | null;
  /** Seconds. */
  medianWait: number | null;
}

export interface Insight {
  period: Period;
  headline: Headline;
  containment: Containment;
  sample: Checked;
  tables: FigureTable[];
}

/** About a dozen queries, each grouped by the database. */
export async function insight(parts: InsightParts, period: Period): Promise<Insight> {
  const { database } = parts;
  const now = new Date((parts.now ?? Date.now)());
  const [asked, desk, contained, sample] = await Promise.all([
    volumes(database, period),
    deskFigures(database, period, now.toISOString()),
    containment(database, period, now),
    checked(database, period),
  ]);
  const costs = costTable(parts.costs?.(), period, contained);
  const tables = [...asked, containmentTable(contained), sampleTable(sample), ...(costs ? [costs] : []), ...desk, await gapTable(database)];
  return { period, headline: headlineOf(tables, contained), containment: contained, sample, tables };
}

function headlineOf(tables: FigureTable[], { judged, verified }: Containment): Headline {
  const rows = (name: string) => tables.find((table) => table.name === name)?.rows ?? [];
  const total = (name: string, column: number) => rows(name).reduce((sum, row) => sum + Number(row[column] ?? 0), 0);
  const questions = [2, 3, 4, 5, 6].reduce((sum, column) => sum + total('canali', column), 0);
  const requests = total('operatori', 1);
  return {
    conversations: total('giorni', 1),
    questions,
    answeredShare: share(total('canali', 2), questions),
    verifiedContainment: share(verified, judged),
    requests,
    abandonedShare: share(total('operatori', 2), requests),
    medianWait: (rows('attese')[0]?.[3] as number | null | undefined) ?? null,
  };
}

function containmentTable(found: Containment): FigureTable {
  const of = (n: number) => share(n, found.judged);
  return {
    name: 'contenimento',
    title: 'Risolte senza una persona, verificate',
    about:
      'Verificata: il cittadino ha detto di sì o ha concluso la pratica, nessuno ha chiesto una persona e non è tornato sullo stesso argomento entro 7 giorni. Il silenzio non conta come un sì. Il ritorno si vede solo dallo stesso dispositivo o contatto.',
    columns: [
      { name: 'esito', title: 'Esito' },
      { name: 'conversazioni', title: 'Conversazioni' },
      { name: 'quota', title: 'Quota delle giudicabili' },
    ],
    rows: [
      ['Giudicabili (7 giorni passati)', found.judged, of(found.judged)],
      ['Verificate', found.verified, of(found.verified)],
      ['Confermate dal cittadino', found.confirmed, of(found.confirmed)],
      ['Confermate, poi tornati sull’argomento', found.cameBack, of(found.cameBack)],
      ['Passate a una persona', found.handedOver, of(found.handedOver)],
      ['Troppo recenti per giudicare', found.tooYoung, null],
    ],
    plot: { label: 0, bars: [1], stacked: false },
  };
}

function sampleTable({ drawn, n, right, partly, wrong, observed, kappa }: Checked): FigureTable {
  return {
    name: 'campione',
    title: 'Risposte controllate da persone',
    about: `Un campione a caso, giudicato da due persone che non vedono il giudizio dell’altra; dove differiscono vale il più severo. Accordo: ${observed === null ? 'non ancora calcolabile' : `${Math.round(observed * 100)} %, kappa di Cohen ${kappa === null ? 'non definito' : kappa.toLocaleString('it-IT')}`} (n = ${n}).`,
    columns: [
      { name: 'giudizio', title: 'Giudizio' },
      { name: 'risposte', title: 'Risposte' },
      { name: 'quota', title: 'Quota delle giudicate da due' },
    ],
    rows: [
      ['Estratte', drawn, null],
      ['Giuste', right, share(right, n)],
      ['Giuste in parte', partly, share(partly, n)],
      ['Sbagliate', wrong, share(wrong, n)],
    ],
    plot: { label: 0, bars: [1], stacked: false },
  };
}

/** Null while the service's cost is not known, or nothing could be judged. */
function costTable(costs: Costs | undefined, { from, to }: Period, { verified }: Containment): FigureTable | null {
  if (!costs || costs.month === null || verified === 0) return null;
  const spent = (costs.month * (daysBetween(from, to) + 1)) / DAYS_A_MONTH;
  const rows: [string, number | null][] = [
    ['Sportello digitale, per conversazione risolta e verificata', Number((spent / verified).toFixed(2))],
    ['Telefono, per contatto', costs.phone],
    ['Sportello fisico, per contatto', costs.counter],
  ];
  return {
    name: 'costi',
    title: 'Costo per contatto risolto',
    about:
      'Il costo mensile del servizio, per i giorni del periodo, diviso per le conversazioni risolte e verificate; telefono e sportello come li ha indicati l’ente.',
    columns: [
      { name: 'via', title: 'Via' },
      { name: 'euro', title: 'Euro' },
    ],
    rows: rows.filter(([, euro]) => euro !== null),
    plot: { label: 0, bars: [1], stacked: false },
  };
}

async function gapTable(database: Database): Promise<FigureTable> {
  const clusters = await listGaps({ database, officeOf: () => null, mask: redact });
  return {
    name: 'lacune',
    title: 'Domande senza risposta, raggruppate',
    about: 'Le più frequenti ancora aperte, di ogni periodo; la redazione le chiude sotto Lacune.',
    columns: [
      { name: 'domanda', title: 'Domanda' },
      { name: 'volte', title: 'Volte' },
      { name: 'ultima', title: 'Ultima volta' },
      { name: 'cura', title: 'Se ne occupa' },
    ],
    rows: clusters.slice(0, GAPS).map(({ question, count, lastAt, owner }) => [question, count, lastAt.slice(0, 10), owner]),
    plot: { label: 0, bars: [1], stacked: false },
  };
}
