/** PostgreSQL goes away at random instants: while two processes run, within the first seconds of a start, and while one stops. Afterwards everything must be as if nothing had been. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createUser } from '../../../bot/staff/users.ts';
import { startPostgres, type TestPostgres, whyNoPostgres } from '../../../connectors/databases/fixtures/start-postgres.ts';
import openPostgres from '../../../connectors/databases/postgres.ts';
import { EndedInStart, freePort, type ServerProcess, startProcess } from '../server-process.ts';
import { type Case, Failed, must, openTalks, post, Skipped, settingsFor, settle, type Talk, withFolder } from './case.ts';
import { type Gate, openGate } from '../../../connectors/databases/fixtures/gate.ts';
import { type OpenDesk, openDesk } from './open-desk.ts';

const TALKS_EACH = 6;
const PASSWORD = 'una password per la prova';
/** As the service file says (deploy/systemd): started again after this, but never after status 2. */
const RESTART_MS = 1_000;
const SETTING_IS_WRONG = 2;
/** Longest start, from the spawn, in which a fault may fall. */
const START_MS = 3_500;
const STOP_MS = 11_000;
/** A lease that a dead process held ends after 20 s; a connection that carries nothing is found after some 20 s. */
const RECOVERS_MS = 60_000;
/** A hint, or the look that stands in for a lost one. */
const TOLD_MS = 10_000;

const FAULTS = ['restart', 'cut', 'cut one', 'refuse one', 'swallow one', 'swallow'] as const;
const MOMENTS = ['running', 'starting', 'stopping'] as const;

interface Member {
  port: number;
  gate: Gate;
  start(): Promise<ServerProcess>;
  server: ServerProcess;
  /** Why it was found dead, or would not have been started again. */
  died: string[];
}

interface Taken {
  id: string;
  at: number;
}

export const cutCases: Case[] = [
  {
    id: 'R-21',
    name: 'PostgreSQL away at random instants, also while a process starts or stops',
    async run({ quick, progress, signal }) {
      const why = whyNoPostgres();
      if (why) throw new Skipped(why);
      const postgres = await startPostgres();
      const gates: Gate[] = [];
      try {
        const direct = await postgres.createDatabase();
        const database = await openPostgres({ url: direct });
        for (const name of ['Uno', 'Due'])
          await createUser(database, { name, role: 'agent', office: null, password: PASSWORD }, 'operator');
        await database.close();
        for (let place = 0; place < 2; place++) gates.push(await openGate(Number(new URL(direct).port)));
        return await withFolder((one) =>
          withFolder(async (two) => {
            const members = [await member(one, direct, gates[0]!), await member(two, direct, gates[1]!)] as const;
            const told = () => members.map(({ server }) => `process ${server.pid}: ${server.said().trim()}`).join('\n');
            try {
              return await rounds({ members, postgres, direct, count: quick ? 4 : 40, progress, ...(signal ? { signal } : {}) });
            } catch (error) {
              throw new Failed(`${error instanceof Error ? error.message : String(error)}\n${told()}`);
            } finally {
              for (const { server } of members) await server.kill();
            }
          }),
        );
      } finally {
        for (const gate of gates) await gate.close();
        await postgres.stop();
      }
    },
  },
];

async function member(folder: string, direct: string, gate: Gate): Promise<Member> {
  const port = await freePort();
  const url = new URL(direct);
  url.port = String(gate.port);
  const settings = settingsFor(folder, { DATABASE_URL: url.href, LOG_LEVEL: 'warn' });
  const start = () => startProcess('bot/main.ts', settings, port);
  return { port, gate, start, server: await start(), died: [] };
}

/** As a supervisor does: again after a while, unless the status says that it would not help. */
async function startAgain(one: Member, signal?: AbortSignal): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      one.server = await one.start();
      return;
    } catch (error) {
      if (!(error instanceof EndedInStart)) throw error;
      if (error.status === SETTING_IS_WRONG) one.died.push(`a start ended with ${SETTING_IS_WRONG}: nobody would start it again`);
      // Uncaught: whatever it was about to write or give back was not.
      if (/^Node\.js v/m.test(error.message)) one.died.push(error.message);
      await sleep(RESTART_MS);
    }
  }
}

interface RoundsParts {
  members: readonly [Member, Member];
  postgres: TestPostgres;
  direct: string;
  count: number;
  progress(line: string): void;
  signal?: AbortSignal;
}

async function rounds({ members, postgres, direct, count, progress, signal }: RoundsParts): Promise<string> {
  const groups = [await openTalks(members[0].server.origin, TALKS_EACH), await openTalks(members[1].server.origin, TALKS_EACH)];
  const talks = groups.flatMap((group) => group.talks);
  const desks: OpenDesk[] = [];
  for (const [place, name] of ['Uno', 'Due'].entries()) desks.push(await openDesk(members[place]!.server.origin, name, PASSWORD));
  let ended = false;
  /** Of each conversation the last message that was taken, and when it was first sent. */
  const last = new Map<Talk, Taken>();
  const writing = talks.map(async (talk) => {
    while (!ended) {
      const at = performance.now();
      last.set(talk, { id: await post(talk), at });
      await sleep(100 + Math.random() * 400);
    }
  });
  for (const one of writing) one.catch(() => {});
  const tries: Record<string, number> = {};
  const statuses: Record<string, number> = {};
  const first = Math.floor(Math.random() * FAULTS.length * FAULTS.length);
  let slowest = 0;
  try {
    for (let round = 0; round < count; round++) {
      signal?.throwIfAborted();
      // In 36 rounds every pair of a moment and a fault comes up twice; a short run begins anywhere among them.
      const at = first + round;
      const moment = MOMENTS[at % MOMENTS.length]!;
      const fault = FAULTS[(at + Math.floor(at / FAULTS.length)) % FAULTS.length]!;
      const victim = members[Math.random() < 0.5 ? 0 : 1];
      const happen = async () => {
        if (fault === 'restart') await postgres.restart(Math.random() * 1_500);
        else if (fault === 'cut') await postgres.cutConnections(direct);
        else if (fault === 'cut one') victim.gate.cut();
        else if (fault === 'swallow one') victim.gate.swallow();
        else if (fault === 'swallow') for (const { gate } of members) gate.swallow();
        else {
          victim.gate.refuse(true);
          await sleep(Math.random() * 2_500);
          victim.gate.refuse(false);
        }
      };
      let changes: Promise<number>[] = [];
      const began = performance.now();
      const said = () => Promise.all(desks.map((desk) => desk.change()));
      if (moment === 'running') {
        await sleep(Math.random() * 1_000);
        const happening = happen();
        await sleep(Math.random() * 200);
        changes = desks.map((desk) => desk.change());
        await happening;
      } else if (moment === 'starting') {
        await victim.server.kill();
        const back = startAgain(victim, signal);
        await sleep(Math.random() * START_MS);
        await happen();
        await back;
      } else {
        const from = performance.now();
        const stopped = victim.server.stop();
        await sleep(Math.random() * 400);
        await Promise.all([happen(), stopped]);
        const status = await stopped;
        statuses[String(status)] = (statuses[String(status)] ?? 0) + 1;
        if (performance.now() - from > STOP_MS) victim.died.push(`it took ${Math.round(performance.now() - from)} ms to stop`);
        if (/^Node\.js v/m.test(victim.server.said())) victim.died.push(`it stopped by dying: ${victim.server.said().slice(-1500)}`);
        await startAgain(victim, signal);
      }
      const since = performance.now();
      await recovered(members, talks, last, since);
      // What was said during the fault was heard, and what is said now is.
      await toldOf(desks, await within(Promise.all(changes), RECOVERS_MS, 'a change at a desk was not taken'));
      await toldOf(desks, await within(said(), RECOVERS_MS, 'a change at a desk was not taken'));
      const ms = Math.round(performance.now() - since);
      slowest = Math.max(slowest, ms);
      tries[moment] = (tries[moment] ?? 0) + 1;
      const deaths = members.flatMap(({ died }) => died);
      progress(`R-21: round ${round + 1} of ${count}, ${fault} while ${moment} (${Math.round(since - began)} ms): all well ${ms} ms later`);
      must(deaths.length === 0, `round ${round + 1}, ${fault} while ${moment}: ${deaths.join('; ')}`);
    }
  } finally {
    ended = true;
    for (const desk of desks) desk.close();
  }
  await Promise.all(writing);
  const words = await settle(talks, 90_000).finally(() => Promise.all(groups.map((group) => group.close())));
  return `${words}; ${Object.entries(tries)
    .map(([moment, n]) => `${n} while ${moment}`)
    .join(', ')}; all well at most ${slowest} ms later; stopped with ${JSON.stringify(statuses)}`;
}

/** Both are up and say so, and every conversation is answered. */
async function recovered(members: readonly Member[], talks: Talk[], last: Map<Talk, Taken>, since: number): Promise<void> {
  const left = () => Math.max(1, since + RECOVERS_MS - performance.now());
  for (const { server, died } of members) {
    for (;;) {
      if (server.ended()) {
        died.push(`it died while nobody told it to: ${server.said().slice(-1500)}`);
        return;
      }
      const answers = await Promise.all(['/health/ready', '/health'].map((path) => statusOf(server.origin + path)));
      if (answers.every((status) => status === 200)) break;
      must(left() > 1, `${RECOVERS_MS} ms later /health/ready and /health say ${answers.join(' and ')}`);
      await sleep(100);
    }
  }
  await Promise.all(
    talks.map(async (talk, index) => {
      while (!((last.get(talk)?.at ?? 0) >= since)) {
        must(left() > 1, `conversation ${index}: no message was taken within ${RECOVERS_MS} ms`);
        await sleep(50);
      }
      await talk.citizen.answered(last.get(talk)!.id, left()).catch(() => {
        throw new Failed(`conversation ${index}: a message was not answered within ${RECOVERS_MS} ms`);
      });
    }),
  );
}

async function statusOf(url: string): Promise<number> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

async function toldOf(desks: OpenDesk[], changedAt: number[]): Promise<void> {
  const deadline = performance.now() + TOLD_MS;
  for (const [place, desk] of desks.entries())
    for (const [other, at] of changedAt.entries())
      while (desk.toldAt() < at) {
        must(
          performance.now() < deadline,
          `the desk at process ${place} was not told within ${TOLD_MS} ms of a change at process ${other}`,
        );
        await sleep(20);
      }
}

async function within<T>(work: Promise<T>, ms: number, words: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Failed(words)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
