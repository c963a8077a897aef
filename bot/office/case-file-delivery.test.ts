/** From the form to the office's own tool: a real plug over HTTP to a tool that is away, refuses, and answers too late to be heard. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import openOpenCity from '../../connectors/cases/opencity.ts';
import type { Cases } from '../../connectors/cases/contract.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import openDatabase from '../../connectors/databases/embedded.ts';
import { temporary } from '../../connectors/databases/fixtures/engines.ts';
import { openCityStandIn, type OpenCityStandIn } from '../../connectors/fixtures/opencity.ts';
import { type CaseFiles, createCaseFiles } from './case-files.ts';
import { createDeliveries, type Deliveries } from './case-file-delivery.ts';
import { connectorsOf } from './connectors.ts';

const PDF = Buffer.from('%PDF-1.4 pianta');
const HOSTILE = '../../etc/passwd\r\nX-Bad: 1\u202Efdp.exe "<script>.pdf.exe';
const CF = 'GDUMRT84E52D612J';
let clock = 0;
const now = () => clock;
let database: Database;
let dataDir: string;
let tool: OpenCityStandIn;
let cases: Cases;
let files: CaseFiles;
let deliveries: Deliveries;
const warned: string[] = [];

beforeEach(async () => {
  clock = Date.parse('2026-11-25T09:00:00Z');
  dataDir = temporary();
  database = await openDatabase({ dataDir });
  tool = await openCityStandIn([], now);
  cases = await openOpenCity(
    { database, now },
    { OPENCITY_URL: tool.url, OPENCITY_USER: 'u', OPENCITY_PASSWORD: 'segreto', OPENCITY_SERVICE: 'pratiche' },
  );
  files = await createCaseFiles({ database, dataDir, now, delivers: true });
  deliveries = createDeliveries({ database, cases, files, now, log: { warn: (_, words) => void warned.push(words) } });
  warned.length = 0;
});
afterEach(async () => {
  await tool.close();
  await database.close();
});

const request = { subject: 'Passo carrabile', office: 'Tributi', person: { fiscalCode: CF, surname: 'Guidi', birthDate: '1984-05-12' } };

/** A case with so many files; all was sent in one transaction, as a turn does. */
async function sentWith(names: string[], key = 'k1') {
  for (const [index, name] of names.entries())
    await files.keep(
      key,
      'pianta',
      { name, contentType: 'application/pdf', bytes: PDF.length },
      Buffer.concat([PDF, Buffer.from([index])]),
    );
  const made = await cases.open(request, key);
  if (made.kind !== 'ok') throw new Error(JSON.stringify(made));
  await database.write((tx) => files.sent(tx, key, { ...made.value, fiscalCode: CF }));
  return made.value;
}
const held = () => [...tool.applications.values()].flatMap(({ messages }) => messages.flatMap(({ attachments }) => attachments));
const later = (seconds: number) => {
  clock += seconds * 1000;
};
const health = async () =>
  (
    await connectorsOf({
      cases,
      deliveries,
      bookings: cases,
      reports: cases,
      payments: cases,
      mails: cases,
      handoffs: cases,
      lines: cases,
      citizens: { signIns: { identities: cases } },
      tools: { names: () => [] },
    } as never)
      .find(({ socket }) => socket === 'cases')
      ?.health()
  )?.detail;

test('the bytes arrive, each once, under a name that does no harm; the office sees that they did', async () => {
  const made = await sentWith(['pianta.pdf', HOSTILE]);
  expect(await deliveries.counts()).toEqual({ waiting: 2, failed: 0 });
  expect(await health()).toContain('allegati in attesa: 2');
  expect(await deliveries.deliverDue()).toBe(2);
  expect(await deliveries.deliverDue()).toBe(0);
  expect(held().map(({ file }) => Buffer.from(file, 'base64').subarray(0, PDF.length).toString())).toEqual([
    PDF.toString(),
    PDF.toString(),
  ]);
  for (const { name, mime_type } of held()) {
    expect(mime_type).toBe('application/pdf');
    expect(name).toMatch(/^[0-9a-f]{10} [^/\\"'<>|:*?;%$&.\p{Cc}\p{Cf}][^/\\"'<>|:*?;%$&\p{Cc}\p{Cf}]*\.pdf$/u);
  }
  expect((await files.ofCase(made)).map(({ delivery }) => delivery?.state)).toEqual(['delivered', 'delivered']);
  expect(await health()).not.toContain('allegati');
});

test('an answer that was lost: looked for before it is sent again, so it is there once', async () => {
  await sentWith(['pianta.pdf']);
  tool.lose(1);
  expect(await deliveries.deliverDue()).toBe(0);
  expect(held()).toHaveLength(1);
  expect(await deliveries.deliverDue()).toBe(0);
  later(31);
  expect(await deliveries.deliverDue()).toBe(1);
  expect(held()).toHaveLength(1);
});

test('a tool that is away: kept, tried later and later, given up after days, seen, and tried again by hand', async () => {
  const made = await sentWith(['pianta.pdf']);
  tool.answer({ status: 503 });
  const waits: number[] = [];
  for (let tries = 0; (await deliveries.counts()).waiting > 0 && tries < 40; tries++) {
    const { next_at } = await database.read.selectFrom('case_attachment_delivery').select('next_at').executeTakeFirstOrThrow();
    waits.push(Date.parse(next_at) - clock);
    clock = Math.max(clock, Date.parse(next_at));
    await deliveries.deliverDue();
  }
  expect(waits).toHaveLength(24);
  expect(waits.slice(1).every((wait, index) => wait >= (waits[index] ?? 0))).toBe(true);
  expect(await deliveries.counts()).toEqual({ waiting: 0, failed: 1 });
  expect(await files.ofCase(made)).toMatchObject([{ delivery: { state: 'failed', trouble: expect.stringContaining('503') } }]);
  expect(warned.at(-1)).toBe('a file of a request could not be handed over');
  tool.answer(null);
  expect(await health()).toContain('allegati non consegnati: 1');
  expect(await deliveries.again(made)).toBe(1);
  expect(await deliveries.deliverDue()).toBe(1);
  expect(held()).toHaveLength(1);
});

test('two processes at once hand it over once; one that dies half-way is taken over after its lease', async () => {
  await sentWith(['pianta.pdf', 'atto.pdf']);
  const other = createDeliveries({ database, cases, files, now, log: { warn() {} } });
  const [one, two] = await Promise.all([deliveries.deliverDue(), other.deliverDue()]);
  expect(one + two).toBe(2);
  expect(held()).toHaveLength(2);
  await sentWith(['terzo.pdf'], 'k2');
  const dead = createDeliveries({ database, cases: { attach: () => new Promise(() => {}) }, files, now, log: { warn() {} } });
  void dead.deliverDue();
  await expect
    .poll(
      async () =>
        (await database.read.selectFrom('case_attachment_delivery').select('tries').where('state', '=', 'sending').executeTakeFirst())
          ?.tries,
    )
    .toBe(1);
  expect(await deliveries.deliverDue()).toBe(0);
  later(181);
  expect(await deliveries.deliverDue()).toBe(1);
});

test('asked for again by hand while it is on its way, it does not set off a second time; a late refusal undoes nothing', async () => {
  const made = await sentWith(['pianta.pdf']);
  let answer: (result: Awaited<ReturnType<NonNullable<Cases['attach']>>>) => void = () => {};
  const slow = { attach: () => new Promise<Parameters<typeof answer>[0]>((resolve) => (answer = resolve)) };
  const busy = createDeliveries({ database, cases: slow, files, now, log: { warn() {} } }).deliverDue();
  const state = async () => (await files.ofCase(made))[0]?.delivery?.state;
  await expect.poll(state).toBe('sending');
  expect(await deliveries.counts()).toEqual({ waiting: 1, failed: 0 });
  expect(await deliveries.again(made)).toBe(0);
  expect(await deliveries.deliverDue()).toBe(0);
  expect(held()).toHaveLength(0);
  // Its lease is over, another process delivers it, and only then it is refused.
  later(181);
  expect(await deliveries.deliverDue()).toBe(1);
  answer({ kind: 'invalid', fields: { file: 'troppo grande' } });
  await busy;
  expect(await state()).toBe('delivered');
});

test('a file that cannot be read now is a failed try, and keeps those behind it from nothing', async () => {
  const made = await sentWith(['pianta.pdf', 'atto.pdf']);
  let reads = 0;
  const odd = { read: (id: string) => (++reads === 1 ? Promise.reject(new Error('EIO: i/o error, read')) : files.read(id)) };
  expect(await createDeliveries({ database, cases, files: odd, now, log: { warn() {} } }).deliverDue()).toBe(1);
  const told = (await files.ofCase(made)).map(({ delivery }) => [delivery?.state, delivery?.trouble]);
  expect(told.sort()).toEqual([
    ['delivered', null],
    ['waiting', 'Error: EIO: i/o error, read'],
  ]);
});

test('refused for good it is not sent for ever; contents that are gone are told as such', async () => {
  const made = await sentWith(['pianta.pdf']);
  tool.next({ status: 200, body: [] }, 1);
  tool.next({ status: 413, body: { title: 'File too large' } }, 1);
  await deliveries.deliverDue();
  expect((await files.ofCase(made))[0]?.delivery).toMatchObject({ state: 'failed', tries: 1 });
  expect(
    readFileSync(`${dataDir}/uploads/${(await files.ofCase(made))[0]?.id}`)
      .subarray(0, 4)
      .toString(),
  ).toBe('%PDF');
});

test('where the office works here nothing is sent anywhere', async () => {
  const own = await createCaseFiles({ database, dataDir, now });
  await own.keep('k9', 'pianta', { name: 'a.pdf', contentType: 'application/pdf', bytes: 4 }, PDF);
  await database.write((tx) => own.sent(tx, 'k9', { year: 2026, number: 9, fiscalCode: CF }));
  expect(await own.ofCase({ year: 2026, number: 9 })).toMatchObject([{ delivery: null }]);
});
