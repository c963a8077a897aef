/** A disk that is full, a folder that cannot be written, too few open files. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startProcess } from '../server-process.ts';
import { type Case, must, openTalks, post, Skipped, settingsFor, settle } from './case.ts';

const DISK_MB = 64;

/** A small disk of its own; only root may mount one. */
async function withDisk<T>(work: (folder: string, remount: (options: string) => void) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-disk-'));
  const mount = (options: string) => execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder], { stdio: 'ignore' });
  try {
    mount(`size=${DISK_MB}m`);
  } catch {
    rmSync(folder, { recursive: true, force: true });
    throw new Skipped('a small disk cannot be mounted here (root and mount are needed)');
  }
  try {
    return await work(folder, (options) => void execFileSync('mount', ['-o', `remount,${options}`, folder], { stdio: 'ignore' }));
  } finally {
    execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
  }
}

export const machineCases: Case[] = [
  {
    id: 'R-07a',
    name: 'disk full, then freed',
    run: () =>
      withDisk(async (folder) => {
        const server = await startProcess('bot/main.ts', settingsFor(folder), await freePort());
        try {
          const { talks, close } = await openTalks(server.origin, 5);
          for (const talk of talks) await post(talk);
          const filler = join(folder, 'filler');
          spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k'], { stdio: 'ignore' });
          // The log of the database still has room for a little.
          let status = 200;
          for (let n = 0; n < 400 && status === 200; n++) {
            status = await talks[0]!.citizen.post(`Pieno ${n}? ${'x'.repeat(900)}`, `full${n}`, 1).then(
              (id) => {
                talks[0]!.sent.push({ id, clientActivityID: `full${n}` });
                return 200;
              },
              () => talks[0]!.citizen.failures.at(-1)?.status ?? 0,
            );
          }
          must(status === 503, `a message on a full disk got ${status}, not 503`);
          const alive = await fetch(`${server.origin}/health/live`);
          must(alive.status === 200, 'the server died of a full disk');
          rmSync(filler);
          for (const talk of talks) await post(talk);
          return `${await settle(talks).finally(close)}; 503 while full`;
        } finally {
          await server.kill();
        }
      }),
  },
  {
    id: 'R-07b',
    name: 'a folder that cannot be written',
    run: () =>
      withDisk(async (folder, remount) => {
        remount('ro');
        const port = await freePort();
        const said = await startProcess('bot/main.ts', settingsFor(folder), port).then(
          async (server) => {
            await server.kill();
            return '';
          },
          (error: Error) => error.message,
        );
        must(/cannot be written/.test(said), `it was not refused in words: ${said.slice(0, 200)}`);
        must(!/\n\s+at /.test(said), 'it was refused with a stack');
        remount('rw');
        const server = await startProcess('bot/main.ts', settingsFor(folder), port);
        await server.stop();
        return 'refused in one line; starts when it can be written again';
      }),
  },
  {
    id: 'R-07d',
    name: 'more citizens than open files',
    async run() {
      const folder = mkdtempSync(join(tmpdir(), 'sportello-files-'));
      const server = await startProcess('bot/main.ts', settingsFor(join(folder, 'data')), await freePort());
      try {
        const { talks, close } = await openTalks(server.origin, 5);
        for (const talk of talks) await post(talk);
        if (spawnSync('prlimit', ['--pid', String(server.pid), '--nofile=90:4096']).status !== 0) throw new Skipped('prlimit is not there');
        const crowd = await Promise.all(
          Array.from({ length: 80 }, () =>
            fetch(`${server.origin}/v3/directline/tokens/generate`, { method: 'POST', signal: AbortSignal.timeout(3_000) }).catch(
              () => null,
            ),
          ),
        );
        spawnSync('prlimit', ['--pid', String(server.pid), '--nofile=4096:4096']);
        await Promise.all(crowd.map((answer) => answer?.arrayBuffer()));
        for (const talk of talks) await post(talk);
        return `${await settle(talks).finally(close)}; ${crowd.filter((answer) => answer?.ok).length} of 80 more were let in`;
      } finally {
        await server.kill();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];
