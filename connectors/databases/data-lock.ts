/** One process owns a data folder. The lock names its holder by pid and start time, so that a lock left by a dead process is taken over even when its pid lives again. */
import { closeSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface DataLock {
  release(): void;
}

/** The folder is in use; `pid` is the process that holds it. */
export class DataLocked extends Error {
  pid: number;
  constructor(dataDir: string, pid: number) {
    super(`The data folder ${dataDir} is in use by process ${pid}. Stop that process first, or choose another DATA_DIR.`);
    this.pid = pid;
  }
}

/** Field 22 of /proc/<pid>/stat: start time in ticks since boot; null when no such process lives (or where there is no /proc, when it can't be signalled). */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? '');
  } catch {
    try {
      process.kill(pid, 0);
      return process.platform === 'linux' ? null : '';
    } catch {
      return null;
    }
  }
}

function holderOf(file: string): { pid: number; start: string } | null {
  try {
    const [pid = '', start = ''] = readFileSync(file, 'utf8').split(' ');
    return { pid: Number(pid), start };
  } catch {
    return null;
  }
}

/** Takes the folder or throws DataLocked at once. Never waits. */
export function takeDataLock(dataDir: string): DataLock {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'server.lock');
  const mine = `${process.pid} ${startOf(process.pid) ?? ''}`;
  const draft = `${file}.${process.pid}`;
  const handle = openSync(draft, 'w');
  writeSync(handle, mine);
  closeSync(handle);
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        // A hard link appears whole or not at all, so nobody ever reads a half-written lock.
        linkSync(draft, file);
        return { release: () => releaseIfMine(file, mine) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = holderOf(file);
      if (holder && startOf(holder.pid) === holder.start) throw new DataLocked(dataDir, holder.pid);
      setAside(file, holder);
    }
    throw new DataLocked(dataDir, holderOf(file)?.pid ?? 0);
  } finally {
    unlinkSync(draft);
  }
}

/** Moves a stale lock away; if another process was quicker and its fresh lock was moved, it is put back. */
function setAside(file: string, stale: { pid: number; start: string } | null): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = holderOf(aside);
  if (moved && stale && (moved.pid !== stale.pid || moved.start !== stale.start)) {
    try {
      linkSync(aside, file);
    } catch {
      // Someone else holds it by now: the next attempt reads who.
    }
  }
  unlinkSync(aside);
}

function releaseIfMine(file: string, mine: string): void {
  try {
    if (readFileSync(file, 'utf8') === mine) unlinkSync(file);
  } catch {
    // Already gone.
  }
}
