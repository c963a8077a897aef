/** Telegram's webhook under load and under SIGKILL, against a stand-in of Telegram: how soon it answers, what is lost, what arrives twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTelegram, type TelegramUpdate as Update, TOKEN } from '../bot/channels/fixtures/telegram-service.ts';
import { UNNOTED } from '../bot/conversation/deliver.ts';
import openDatabase from '../connectors/databases/embedded.ts';
import { questionMaker } from './bench/questions.ts';
import { freePort, startProcess } from './bench/server-process.ts';
import { percentile } from './bench/verdict.ts';

const CHATS = 100;
/** Questions before anything is measured: what is read once at first use is no part of a steady state. */
const WARM_UP = 300;
/** Telegram's own default for one webhook. */
const CONNECTIONS = 40;
const DUPLICATES = 0.2;
/** Updates change places within so many. */
const SHUFFLED = 20;
const PATIENCE_MS = 120_000;
const GATES = { p50Ms: 50, p99Ms: 500 };

export interface WebhookFigures {
  updatesPerSecond: number;
  /** The server's, turn and reply included. */
  cpuMsPerUpdate: number;
  acknowledged: { n: number; p50Ms: number; p99Ms: number };
  updates: number;
  posts: number;
  kills: number;
  /** Updates never stored or never answered, and replies that never arrived. */
  lost: number;
  /** Messages that arrived more than once. */
  duplicated: number;
  /** Over all kills. */
  inFlight: number;
  /** Kill by kill. */
  atKills: AtKill[];
  failed: string[];
}

export interface AtKill {
  /** Messages that the stand-in took and the server's books do not have: the next server sends them once more. */
  doubled: number;
  /** Messages that the stand-in had received and not answered when the server was killed, and those that it found on the wire afterwards. */
  open: number;
  /**
   * As the stand-in counts them, without a clock: the open ones and, of those answered last, the ones that it cannot know to be noted. The server begins a
   * message only while fewer than UNNOTED others of the channel are begun and not noted, so of all that were begun at most the last UNNOTED are in doubt.
   */
  inFlight: number;
}

export async function benchWebhooks(options: {
  updates: number;
  kills: number;
  seconds: number;
  rate: number;
  progress(line: string): void;
}): Promise<WebhookFigures> {
  const { progress, rate } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-webhooks-'));
  const telegram = await startTelegram();
  const port = await freePort();
  const settings = {
    DATA_DIR: dataDir,
    MESSAGES_PER_MINUTE: '1000000',
    CHANNELS: 'web,telegram',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TELEGRAM_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: telegram.root,
  };
  let server = await startProcess('bot/main.ts', settings, port);
  const ask = questionMaker();
  const people = Array.from({ length: CHATS }, (_, index) => telegram.citizen(10_000 + index));
  let made = 0;
  const nextUpdate = (): Update => {
    const person = people[made % CHATS] as (typeof people)[number];
    return person.write({ text: ask(made++) });
  };
  try {
    while (!telegram.webhook()) await sleep(20);
    const isIdle = async (ms: number) => {
      const deadline = performance.now() + PATIENCE_MS;
      while (telegram.idleMs() < ms && performance.now() < deadline) await sleep(50);
    };
    progress('warming up');
    for (const person of people) await person.say('ciao');
    for (let n = 0; n < WARM_UP; n++) await telegram.deliver(nextUpdate());
    await isIdle(1_500);
    const cpuBefore = server.cpuMs();

    progress(`${rate} updates a second for ${options.seconds} s`);
    const took: number[] = [];
    const open: Promise<void>[] = [];
    const began = performance.now();
    for (let n = 0; n < rate * options.seconds; n++) {
      const dueMs = began + (n * 1000) / rate - performance.now();
      if (dueMs > 0) await sleep(dueMs);
      const started = performance.now();
      open.push(
        telegram.deliver(nextUpdate()).then((status) => {
          if (status !== 200) throw new Error(`the webhook answered ${status}`);
          took.push(performance.now() - started);
        }),
      );
    }
    await Promise.all(open);
    await isIdle(1_500);
    const cpuMsPerUpdate = Math.round(((server.cpuMs() - cpuBefore) / took.length) * 10) / 10;
    const steady = made;

    progress(`${options.updates} updates, ${DUPLICATES * 100} % of them twice, in disorder, and ${options.kills} kills`);
    const queue = disordered(Array.from({ length: options.updates }, nextUpdate));
    const killAt = Array.from({ length: options.kills }, (_, index) =>
      Math.floor(((index + 0.2 + 0.6 * Math.random()) * queue.length) / options.kills),
    );
    let next = 0;
    const atKills: AtKill[] = [];
    let doubled = 0;
    let begunBefore = telegram.begun();
    const post = async (update: Update) => (await telegram.deliver(update).catch(() => 0)) === 200;
    const posting = Array.from({ length: CONNECTIONS }, async () => {
      for (let update = queue[next++]; update; update = queue[next++]) while (!(await post(update))) await sleep(100);
    });
    for (const at of killAt) {
      while (next < at) await sleep(2);
      const openThen = telegram.open();
      const begunThen = telegram.begun();
      await server.kill();
      await telegram.left();
      const open = openThen + telegram.begun() - begunThen;
      const begun = telegram.begun() - begunBefore;
      begunBefore = telegram.begun();
      // Taken and not noted: the next server sends these once more.
      const again = telegram.taken() - doubled - (await booked(dataDir));
      doubled += again;
      atKills.push({ doubled: again, open, inFlight: Math.max(open, Math.min(UNNOTED, begun)) });
      server = await startProcess('bot/main.ts', settings, port);
    }
    await Promise.all(posting);
    progress('waiting for the last replies');
    await isIdle(5_000);
    await server.stop();

    const { lost, expected } = await judge(dataDir, CHATS + steady + options.updates);
    const inFlight = atKills.reduce((sum, kill) => sum + kill.inFlight, 0);
    const figures = {
      updatesPerSecond: rate,
      cpuMsPerUpdate,
      acknowledged: { n: took.length, p50Ms: percentile(took, 0.5), p99Ms: percentile(took, 0.99) },
      updates: options.updates,
      posts: queue.length,
      kills: options.kills,
      lost,
      duplicated: telegram.taken() - expected,
      inFlight,
      atKills,
    };
    const failed = [
      ...(figures.acknowledged.p50Ms > GATES.p50Ms ? ['acknowledged.p50Ms'] : []),
      ...(figures.acknowledged.p99Ms > GATES.p99Ms ? ['acknowledged.p99Ms'] : []),
      ...(lost > 0 ? ['lost'] : []),
      ...(figures.duplicated > inFlight || atKills.some((kill) => kill.doubled > kill.inFlight) ? ['duplicated'] : []),
    ];
    return { ...figures, failed };
  } finally {
    await server.kill();
    await telegram.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Some twice, and near ones in each other's place. */
function disordered(updates: Update[]): Update[] {
  const all = updates.flatMap((update) => (Math.random() < DUPLICATES ? [update, update] : [update]));
  return all
    .map((update, index) => ({ update, at: index + Math.random() * SHUFFLED }))
    .sort((a, b) => a.at - b.at)
    .map(({ update }) => update);
}

/** Messages that the books of a server that is gone say were taken. */
async function booked(dataDir: string): Promise<number> {
  const database = await openDatabase({ dataDir });
  const { n } = await database.read
    .selectFrom('delivery')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  await database.close();
  return Number(n);
}

/** From the server's own books, after its end: what was stored, answered, and sent. */
async function judge(dataDir: string, updates: number): Promise<{ lost: number; expected: number }> {
  const database = await openDatabase({ dataDir });
  const texts = await database.read.selectFrom('inbox').select(['status', 'json']).where('channel', '=', 'telegram').execute();
  const said = texts.filter(({ json }) => (JSON.parse(json) as { kind: string }).kind === 'text');
  const sent = await database.read.selectFrom('outbox').select('status').execute();
  const parts = await database.read.selectFrom('delivery').select('external_id').execute();
  await database.close();
  const notAnswered = said.filter(({ status }) => status !== 'done').length;
  const notSent = sent.filter(({ status }) => status !== 'sent').length;
  // Each reply of these questions is one message, so messages noted as sent are the messages that there should be.
  return { lost: updates - said.length + notAnswered + notSent, expected: Math.max(parts.length, sent.length) };
}
