/** Looks at the machine: Node, folders and their rights, disk, open files, clock. */
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Finding, ok, reasonOf, warning, wrong } from './finding.ts';

const OLDEST_NODE = 24;
const FEWEST_FILES = 4_096;
const LEAST_FREE = 0.1;
const LEAST_BYTES = 1024 ** 3;
/** Nobody runs this program before it was written. */
const WRITTEN = Date.parse('2026-11-01T00:00:00Z');

export function checkNode(version = process.versions.node): Finding {
  return Number(version.split('.')[0]) >= OLDEST_NODE
    ? ok('node', `Node ${version}`)
    : wrong(
        'node',
        `Node ${version}, which does not run TypeScript as it is`,
        `use npm run …, which takes the Node ${OLDEST_NODE} of package.json, or install it`,
      );
}

/** The data folder: there, ours, written and read back, closed to others. */
export function checkFolder(dataDir: string): Finding {
  if (!existsSync(dataDir))
    return canWrite(path.dirname(dataDir))
      ? ok('folder', `${dataDir} does not exist yet; the first start makes it`)
      : wrong('folder', `${dataDir} does not exist and cannot be made`, `mkdir -p ${dataDir} and chown it to the user who runs the server`);
  try {
    const probe = mkdtempSync(path.join(dataDir, 'doctor-'));
    try {
      writeFileSync(path.join(probe, 'probe'), 'probe', { flush: true });
      if (readFileSync(path.join(probe, 'probe'), 'utf8') !== 'probe') throw new Error('what was written was not read back');
    } finally {
      rmSync(probe, { recursive: true, force: true });
    }
  } catch (error) {
    return wrong(
      'folder',
      `${dataDir} cannot be written (${reasonOf(error)})`,
      'mend its rights, remount the disk for writing, or make room',
    );
  }
  const { mode, uid } = statSync(dataDir);
  if (process.getuid && uid !== process.getuid())
    return warning(
      'folder',
      `${dataDir} belongs to user ${uid}, this is user ${process.getuid()}`,
      `run the doctor as the user who runs the server, or chown -R that user ${dataDir}`,
    );
  if (mode & 0o007) return warning('folder', `${dataDir} is open to every user of this machine`, `chmod 750 ${dataDir}`);
  return ok('folder', `${dataDir} can be written and is closed to others`);
}

/** `.env` holds secrets. */
export function checkEnvFile(file: string): Finding[] {
  if (!existsSync(file)) return [];
  return [
    statSync(file).mode & 0o004
      ? warning('.env', `${file} can be read by every user of this machine`, `chmod 640 ${file}`)
      : ok('.env', `${file} is closed to others`),
  ];
}

export function checkDisk(folder: string): Finding {
  let at = path.resolve(folder);
  while (!existsSync(at)) at = path.dirname(at);
  const { bavail, blocks, bsize, ffree, files } = statfsSync(at);
  const free = bavail * bsize;
  const says = `${(free / 1024 ** 3).toFixed(1)} GB free (${Math.round((bavail / blocks) * 100)} %)`;
  if (files > 0 && ffree < 1_000)
    return wrong('disk', `${ffree} files can still be made at ${at}`, 'delete files: the disk has room but no more names');
  if (free < LEAST_BYTES / 4) return wrong('disk', says, `make room at ${at}: a full disk refuses every message`);
  if (free < LEAST_BYTES || bavail / blocks < LEAST_FREE) return warning('disk', says, `make room at ${at} soon`);
  return ok('disk', says);
}

/** Each citizen who is connected is an open file. */
export function checkOpenFiles(): Finding[] {
  if (!existsSync('/proc/self/limits')) return [];
  const limit = Number(/Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]);
  if (!Number.isFinite(limit)) return [];
  return [
    limit < FEWEST_FILES
      ? warning(
          'open files',
          `at most ${limit}: some ${Math.max(0, limit - 100)} citizens at once`,
          'LimitNOFILE=65536 in the systemd unit, or ulimit -n 65536',
        )
      : ok('open files', `at most ${limit}`),
  ];
}

/** `others`: what other clocks say, by name, epoch milliseconds. */
export function checkClock(others: { name: string; at: number }[], now = Date.now()): Finding {
  const todo = 'switch time synchronisation on: timedatectl set-ntp true, or apt install chrony';
  if (now < WRITTEN) return wrong('clock', `this machine believes it is ${new Date(now).toISOString()}`, todo);
  for (const { name, at } of others) {
    const seconds = Math.round((now - at) / 1000);
    if (Math.abs(seconds) > 10)
      return wrong('clock', `${seconds} s away from ${name}`, `${todo}; leases between processes and limits of tokens count on it`);
    if (Math.abs(seconds) > 2) return warning('clock', `${seconds} s away from ${name}`, todo);
  }
  try {
    new Intl.DateTimeFormat('it', { timeZone: 'Europe/Rome' });
  } catch {
    return wrong('clock', 'the time zone Europe/Rome is not known here', 'install a Node with full ICU');
  }
  return ok('clock', `${new Date(now).toISOString()}${others.map(({ name }) => `, as ${name}`).join('')}`);
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
