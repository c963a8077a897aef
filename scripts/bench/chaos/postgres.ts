/** Two processes on one PostgreSQL that is killed under them, and that goes away for a while. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres, whyNoPostgres } from '../../../connectors/databases/fixtures/start-postgres.ts';
import { freePort, type ServerProcess, startProcess } from '../server-process.ts';
import { type Case, Failed, must, openTalks, post, Skipped, settingsFor, settle, withFolder } from './case.ts';

/** What is written while a fault lasts, at most: a start takes seconds, in which the other process could take everything that is left. */
const BEYOND = 100;

interface Pair {
  servers: [ServerProcess, ServerProcess];
  /** Kills one and starts it again on its own folder and port. */
  killAndStart(place: 0 | 1): Promise<void>;
  restartDatabase(downMs: number): Promise<void>;
}

async function withPair<T>(work: (pair: Pair) => Promise<T>): Promise<T> {
  const why = whyNoPostgres();
  if (why) throw new Skipped(why);
  const postgres = await startPostgres();
  try {
    const DATABASE_URL = await postgres.createDatabase();
    return await withFolder((one) =>
      withFolder(async (two) => {
        const ports = [await freePort(), await freePort()] as const;
        const start = (place: 0 | 1) => startProcess('bot/main.ts', settingsFor([one, two][place]!, { DATABASE_URL }), ports[place]);
        const servers: [ServerProcess, ServerProcess] = [await start(0), await start(1)];
        try {
          const told = () => servers.map(({ said, pid }) => `process ${pid}: ${said().trim()}`).join('\n');
          return await work({
            servers,
            async killAndStart(place) {
              await servers[place].kill();
              servers[place] = await start(place);
            },
            restartDatabase: postgres.restart,
          }).catch((error: Error) => {
            // What a process that died said last.
            throw new Failed(`${error.message}\n${told()}`);
          });
        } finally {
          for (const server of servers) await server.kill();
        }
      }),
    );
  } finally {
    await postgres.stop();
  }
}

export const postgresCases: Case[] = [
  {
    id: 'R-02',
    name: 'two processes on PostgreSQL: one killed at random, the database restarted',
    run: ({ quick, progress, signal }) =>
      withPair(async ({ servers, killAndStart, restartDatabase }) => {
        const messages = quick ? 400 : 10_000;
        const kills = quick ? 3 : 50;
        const restarts = quick ? 1 : 5;
        const [one, two] = [await openTalks(servers[0].origin, 15), await openTalks(servers[1].origin, 15)];
        const talks = [...one.talks, ...two.talks];
        let left = messages;
        /** Messages to go at the next fault: nobody writes far beyond it, so that every fault falls among messages. */
        let nextAt = messages;
        const close = () => Promise.all([one.close(), two.close()]);
        // Each has its own share, so that who waits for a dead process is not outrun by the others.
        const written = Promise.all(
          talks.map(async (talk) => {
            for (let n = 0; n < messages / talks.length; n++) {
              while (left < nextAt - BEYOND) {
                signal?.throwIfAborted();
                await sleep(5);
              }
              await post(talk);
              left--;
            }
          }),
        );
        // Awaited below, unless something else fails first.
        written.catch(() => {});
        const faults = [...Array.from({ length: kills }, () => 'kill'), ...Array.from({ length: restarts }, () => 'restart')];
        const spread = faults.map((fault) => ({ fault, at: Math.random() * messages })).sort((a, b) => b.at - a.at);
        const bringAbout = async (): Promise<void> => {
          for (const [index, { fault, at }] of spread.entries()) {
            nextAt = at;
            while (left > at) {
              signal?.throwIfAborted();
              await sleep(5);
            }
            const toGo = Math.max(0, left);
            const from = performance.now();
            if (fault === 'kill') await killAndStart(Math.random() < 0.5 ? 0 : 1);
            else await restartDatabase(500);
            const ms = Math.round(performance.now() - from);
            progress(`R-02: fault ${index + 1} of ${spread.length}, ${fault} with ${toGo} messages to go, over in ${ms} ms`);
          }
          nextAt = Number.NEGATIVE_INFINITY;
          await written;
        };
        const words = await bringAbout()
          .then(() => settle(talks, 120_000))
          .finally(close);
        return `${words}; ${kills} kills, ${restarts} restarts of PostgreSQL`;
      }),
  },
  {
    id: 'R-11',
    name: 'PostgreSQL away for a while',
    run: ({ quick, progress }) =>
      withPair(async ({ servers, restartDatabase }) => {
        const downMs = quick ? 8_000 : 60_000;
        progress('R-11: both processes are up');
        const { talks, close } = await openTalks(servers[0].origin, 10);
        for (const talk of talks) await post(talk);
        const back = restartDatabase(downMs);
        const away = Date.now() + downMs;
        let health = 0;
        // It takes a moment to stop.
        while (health !== 503 && Date.now() < away) {
          await sleep(200);
          health = (await fetch(`${servers[0].origin}/health`)).status;
        }
        must(health === 503, `/health says ${health} while PostgreSQL is away`);
        progress('R-11: away, and said so; writing on');
        const posting = talks.map((talk) => post(talk));
        await back;
        progress('R-11: back');
        await Promise.all(posting);
        progress('R-11: everything was taken');
        const refusals = new Set(talks.flatMap(({ citizen }) => citizen.failures.map(({ status }) => status)));
        const words = await settle(talks, 60_000).finally(close);
        must(
          [...refusals].every((status) => status === 503 || status === 0),
          `refused with ${[...refusals].join(', ')}, not 503`,
        );
        return `${words}; away for ${downMs / 1000} s, refused meanwhile with 503`;
      }),
  },
];
