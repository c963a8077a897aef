/** Processes that die, start twice, or are told to stop. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { benchCrash } from '../../bench-crash.ts';
import { freePort, startProcess } from '../server-process.ts';
import { type Case, must, openTalks, post, settingsFor, settle, withFolder } from './case.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

export const processCases: Case[] = [
  {
    id: 'R-01',
    name: 'SIGKILL at random moments, embedded database',
    async run({ quick, progress }) {
      const figures = await benchCrash({ messages: quick ? 300 : 10_000, kills: quick ? 3 : 50, progress });
      const words = JSON.stringify(figures);
      must(figures.lost + figures.duplicatedEffects + figures.visibleDuplicates + figures.outOfOrder === 0, words);
      return words;
    },
  },
  {
    id: 'R-03',
    name: 'each message sent three times at the same instant, and once more to a server that was started again',
    run: ({ quick }) =>
      withFolder(async (folder) => {
        const port = await freePort();
        let server = await startProcess('bot/main.ts', settingsFor(folder), port);
        try {
          const { talks, close } = await openTalks(server.origin, 20);
          for (let round = 0; round < (quick ? 5 : 50); round++)
            await Promise.all(
              talks.map(async ({ citizen, sent }, index) => {
                const key = `s${round}-${index}`;
                const ids = await Promise.all([1, 2, 3].map(() => citizen.post(`Domanda ${round}?`, key)));
                must(new Set(ids).size === 1, `one message got ${new Set(ids).size} ids`);
                sent.push({ id: ids[0]!, clientActivityID: key });
              }),
            );
          await settle(talks);
          // What was in memory is gone: only what is stored can know them.
          await server.stop();
          server = await startProcess('bot/main.ts', settingsFor(folder), port);
          for (const { citizen, sent } of talks)
            for (const { id, clientActivityID } of sent) {
              const again = await citizen.post('Domanda?', clientActivityID, 5_000);
              must(again === id, 'a message that came again later got another id');
            }
          return await settle(talks).finally(close);
        } finally {
          await server.kill();
        }
      }),
  },
  {
    id: 'R-04',
    name: 'numbers 1 to 20 as fast as possible',
    run: ({ quick }) =>
      withServer(async (origin) => {
        const { talks, close } = await openTalks(origin, quick ? 20 : 100);
        await Promise.all(
          talks.map(async (talk) => {
            for (let number = 0; number < 20; number++) await post(talk);
          }),
        );
        return settle(talks).finally(close);
      }),
  },
  {
    id: 'R-05',
    name: 'SIGTERM under load',
    run: () =>
      withFolder(async (folder) => {
        const port = await freePort();
        let server = await startProcess('bot/main.ts', settingsFor(folder), port);
        try {
          const { talks, close } = await openTalks(server.origin, 20);
          let stopping = false;
          const writing = talks.map(async (talk) => {
            for (let number = 0; number < 15 || !stopping; number++) await post(talk);
          });
          await sleep(300);
          const began = performance.now();
          const status = await server.stop();
          const ms = Math.round(performance.now() - began);
          server = await startProcess('bot/main.ts', settingsFor(folder), port);
          stopping = true;
          await Promise.all(writing);
          const words = await settle(talks).finally(close);
          must(status === 0, `it ended with ${status}`);
          must(ms <= 10_000, `it took ${ms} ms to stop`);
          return `${words}; stopped in ${ms} ms with status 0`;
        } finally {
          await server.kill();
        }
      }),
  },
  {
    id: 'R-06',
    name: 'SIGKILL during start and migration',
    run: ({ quick }) =>
      withFolder(async (folder) => {
        const kills = quick ? 5 : 20;
        for (let kill = 0; kill < kills; kill++) {
          const child = spawn(process.execPath, ['bot/main.ts'], {
            cwd: ROOT,
            env: { ...settingsFor(folder, { DEMO: 'true' }), PORT: '0', HOST: '127.0.0.1' },
            stdio: 'ignore',
          });
          await sleep(200 + Math.random() * 4_000);
          const ended = new Promise((done) => child.once('exit', done));
          child.kill('SIGKILL');
          await ended;
        }
        const server = await startProcess('bot/main.ts', settingsFor(folder, { DEMO: 'true' }), await freePort());
        const page = await (await fetch(`${server.origin}/metrics`)).text();
        await server.stop();
        const passages = Number(/^sportello_passages (\d+)/m.exec(page)?.[1]);
        const again = await withFolder(async (clean) => {
          const other = await startProcess('bot/main.ts', settingsFor(clean, { DEMO: 'true' }), await freePort());
          const shown = await (await fetch(`${other.origin}/metrics`)).text();
          await other.stop();
          return Number(/^sportello_passages (\d+)/m.exec(shown)?.[1]);
        });
        must(passages === again, `${passages} passages after ${kills} kills, ${again} without`);
        return `started after ${kills} kills with all ${passages} passages`;
      }),
  },
  {
    id: 'R-08',
    name: 'two servers on one folder; the lock of a killed one',
    run: () =>
      withFolder(async (folder) => {
        const first = await startProcess('bot/main.ts', settingsFor(folder), await freePort());
        try {
          const refused = await startProcess('bot/main.ts', settingsFor(folder), await freePort()).then(
            async (second) => {
              await second.kill();
              return '';
            },
            (error: Error) => error.message,
          );
          must(refused.includes(`process ${first.pid}`), 'the second server was not refused by the number of the first');
        } finally {
          await first.kill();
        }
        const next = await startProcess('bot/main.ts', settingsFor(folder), await freePort());
        await next.stop();
        return `refused naming process ${first.pid}; its lock was taken over`;
      }),
  },
];

async function withServer<T>(work: (origin: string) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    const server = await startProcess('bot/main.ts', settingsFor(folder), await freePort());
    try {
      return await work(server.origin);
    } finally {
      await server.kill();
    }
  });
}
