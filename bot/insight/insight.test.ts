/** Figures against numbers counted by hand, on both engines. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import { engines } from '../../connectors/databases/fixtures/engines.ts';
import { plant } from './fixtures/plant.ts';
import { type Insight, insight } from './insight.ts';
import { LEAST, publicFigures } from './open-data.ts';
import { periodOf, readPeriod } from './period.ts';
import { toCsv } from './table.ts';

const NOW = Date.parse('2026-11-25T12:00:00.000Z');
const rowsOf = (found: Insight, name: string) => found.tables.find((table) => table.name === name)?.rows;

describe.each(engines)('figures on $title', (engine) => {
  let database: Database;
  beforeAll(async () => {
    if (engine.why) return;
    await engine.start();
    database = await engine.open(await engine.place());
    await plant(database, [
      // Said yes, never came back: the one verified.
      { id: 'yes', at: '2026-11-02T08:30:00.000Z', answers: [{ outcome: 'answered', documentId: 'tari', title: 'TARI', vote: 'up' }] },
      // Said yes, but came back on the same page two days later.
      {
        id: 'back1',
        at: '2026-11-03T09:00:00.000Z',
        citizen: 'maria',
        answers: [{ outcome: 'answered', documentId: 'cie', title: 'Carta d’identità', vote: 'up' }],
      },
      {
        id: 'back2',
        at: '2026-11-05T09:00:00.000Z',
        citizen: 'maria',
        answers: [{ outcome: 'answered', documentId: 'cie', title: 'Carta d’identità', vote: 'down' }],
      },
      // Came back on something else: verified too.
      {
        id: 'other1',
        at: '2026-11-03T10:00:00.000Z',
        citizen: 'luca',
        answers: [{ outcome: 'answered', documentId: 'imu' }],
        stars: [{ subject: 'answer', stars: 5, aspect: 'clear' }],
      },
      {
        id: 'other2',
        at: '2026-11-04T10:00:00.000Z',
        citizen: 'luca',
        answers: [{ outcome: 'answered', documentId: 'tari', title: 'TARI' }],
      },
      // Back after eight days: too late to count.
      { id: 'late1', at: '2026-11-06T10:00:00.000Z', citizen: 'sara', answers: [{ outcome: 'answered', documentId: 'imu', vote: 'up' }] },
      {
        id: 'late2',
        at: '2026-11-14T10:00:01.000Z',
        citizen: 'sara',
        answers: [
          { outcome: 'unanswerable', reason: 'no_passage' },
          { outcome: 'answered', documentId: 'imu' },
        ],
      },
      // Said yes and then wanted a person.
      {
        id: 'person',
        at: '2026-11-07T10:00:00.000Z',
        answers: [{ outcome: 'answered', documentId: 'tari', title: 'TARI', vote: 'up' }],
        handoff: {
          state: 'completed',
          office: 'Tributi',
          agent: 'Anna',
          claimedAfter: 60,
          repliedAfter: 90,
          closedAfter: 600,
          firstDueAfter: 100,
          resolveDueAfter: 500,
        },
        stars: [{ subject: 'desk', stars: 2, aspect: 'technical' }],
      },
      {
        id: 'waits',
        at: '2026-11-08T22:30:00.000Z',
        channel: 'telegram',
        answers: [{ outcome: 'failed', reason: 'error' }],
        handoff: {
          state: 'completed',
          office: 'Tributi',
          agent: 'Anna',
          claimedAfter: 120,
          repliedAfter: 300,
          closedAfter: 400,
          firstDueAfter: 100,
          resolveDueAfter: 500,
        },
        stars: [{ subject: 'desk', stars: 4, aspect: 'clear' }],
      },
      {
        id: 'left',
        at: '2026-11-09T23:30:00.000Z',
        channel: 'telegram',
        answers: [{ outcome: 'refused', reason: 'offtopic' }],
        handoff: { state: 'left', office: 'Tributi', closedAfter: 50, firstDueAfter: 100 },
      },
      { id: 'never', at: '2026-11-10T10:00:00.000Z', handoff: { state: 'queued', firstDueAfter: 100 } },
      // Too young to be judged, silent, forgotten, and of another month.
      { id: 'young', at: '2026-11-20T10:00:00.000Z', answers: [{ outcome: 'answered', documentId: 'imu', vote: 'up' }] },
      { id: 'silent', at: '2026-11-12T10:00:00.000Z', silent: true },
      { id: 'forgotten', at: '2026-11-12T10:00:00.000Z', citizen: '', answers: [{ outcome: 'answered' }] },
      { id: 'october', at: '2026-10-31T22:59:59.000Z', answers: [{ outcome: 'answered', documentId: 'tari', title: 'TARI' }] },
    ]);
  });
  afterAll(async () => {
    await database?.close();
    await engine.stop();
  });
  const november = () => insight({ database, now: () => NOW }, periodOf('2026-11-01', '2026-11-25'));

  test.skipIf(engine.why !== null)('volumes by day and hour are those of Rome; silent visits do not count', async () => {
    const found = await november();
    expect(found.headline).toMatchObject({ conversations: 13, questions: 13 });
    const days = new Map(rowsOf(found, 'giorni') as [string, number][]);
    expect(days.size).toBe(25);
    // 23:30 UTC is half past midnight of the tenth.
    expect([days.get('2026-11-08'), days.get('2026-11-09'), days.get('2026-11-10')]).toEqual([1, 0, 2]);
    const hours = new Map(rowsOf(found, 'ore') as [string, number][]);
    expect([hours.get('23'), hours.get('00'), hours.get('09')]).toEqual([1, 1, 1]);
  });
  test.skipIf(engine.why !== null)('outcomes by channel, topics with their votes, reasons', async () => {
    const found = await november();
    expect(rowsOf(found, 'canali')).toEqual([
      ['Telegram', 2, 0, 0, 0, 1, 1, 0],
      ['Sito', 11, 10, 0, 1, 0, 0, 0.909],
    ]);
    expect(rowsOf(found, 'argomenti')).toEqual(
      expect.arrayContaining([
        ['TARI', 3, 2, 0],
        ['Carta d’identità', 2, 1, 1],
        ['imu', 4, 2, 0],
        ['non più noto', 1, 0, 0],
      ]),
    );
    expect(rowsOf(found, 'motivi')).toEqual(
      expect.arrayContaining([
        ['Guaste', 'error', 1],
        ['Rifiutate', 'offtopic', 1],
        ['Senza risposta', 'no_passage', 1],
      ]),
    );
  });
  test.skipIf(engine.why !== null)('containment is verified by a yes, no person, and no return on the matter', async () => {
    const { containment, headline } = await november();
    // Judged: yes, back1, back2, other1, other2, late1, late2, person, waits, left. "never" asked no document. Confirmed: yes, back1, other1, late1, person, waits.
    expect(containment).toEqual({ judged: 10, confirmed: 6, verified: 3, handedOver: 3, cameBack: 1, tooYoung: 1 });
    expect(headline.verifiedContainment).toBe(0.3);
  });
  test.skipIf(engine.why !== null)('waits, abandonment, promises kept, marks', async () => {
    const found = await november();
    expect(rowsOf(found, 'attese')).toEqual([
      ['Fino alla presa in carico', 2, 90, 60, 120],
      ['Fino alla prima risposta', 2, 195, 90, 300],
      ['Fino alla chiusura', 2, 500, 400, 600],
    ]);
    expect(rowsOf(found, 'operatori')).toEqual([
      ['Tributi', 3, 1, 0.333, 0, 0.5, 0.5],
      ['ogni ufficio', 1, 0, 0, 1, 0, null],
    ]);
    expect(rowsOf(found, 'valutazioni')).toEqual([
      ['Conversazione con un operatore', 2, 3, 0.5],
      ['Risposte', 1, 5, 1],
    ]);
    expect(rowsOf(found, 'operatori-valutazioni')).toEqual([['Anna', 2, 3, 0.5]]);
    expect(rowsOf(found, 'aspetti')).toEqual(
      expect.arrayContaining([
        ['Indicazioni chiare', 2, 0],
        ['Aspetti tecnici', 0, 1],
      ]),
    );
  });
  test.skipIf(engine.why !== null)('the public’s figures are by month, and small numbers are left out', async () => {
    const { columns, rows } = await publicFigures({ database, now: () => NOW }, '2026-11-25');
    expect(rows).toHaveLength(13);
    const at = (name: string) => columns.findIndex((column) => column.name === name);
    const november = rows.at(-1) as (string | number | null)[];
    expect([november[0], november[at('conversazioni')], november[at('quota_risolte_verificate')]]).toEqual(['2026-11', 13, 0.3]);
    // Four requests and three marks are fewer than five.
    expect([LEAST, november[at('richieste_operatore')], november[at('attesa_mediana_s')], november[at('valutazioni')]]).toEqual([
      5,
      null,
      null,
      null,
    ]);
    expect(rows.at(-2)?.slice(0, 3)).toEqual(['2026-10', null, null]);
    expect(rows[0]?.[0]).toBe('2025-11');
  });
});

test('a period is read or refused; the days of Rome begin an hour or two before those of London', () => {
  const read = (query: string) => readPeriod(new URLSearchParams(query), '2026-11-25');
  expect(read('')).toMatchObject({
    from: '2026-10-27',
    to: '2026-11-25',
    start: '2026-10-26T23:00:00.000Z',
    end: '2026-11-25T23:00:00.000Z',
  });
  expect(read('from=2026-07-01&to=2026-07-01')).toMatchObject({ start: '2026-06-30T22:00:00.000Z', end: '2026-07-01T22:00:00.000Z' });
  for (const wrong of ['from=2026-11-02&to=2026-11-01', 'from=ieri', 'from=2020-01-01&to=2026-01-01', 'to=9999-99-99'])
    expect(() => read(wrong)).toThrow();
});

test('CSV: quoted where needed, empty where unknown, and never a formula', () => {
  const columns = [
    { name: 'domanda', title: 'Domanda' },
    { name: 'n', title: 'N' },
  ];
  expect(
    toCsv({
      columns,
      rows: [
        ['dice "sì", forse', 3],
        ['=HYPERLINK("x")', null],
        ['+39', -1],
      ],
    }),
  ).toBe('domanda,n\r\n"dice ""sì"", forse",3\r\n"\'=HYPERLINK(""x"")",\r\n\'+39,-1\r\n');
});
