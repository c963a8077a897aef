/** Reads files of strangers at arm's length: real type by magic bytes, archives looked at before they are opened, conversion in a child with limits. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ReadDocument, Unreadable } from '../readers/contract.ts';
import { checkArchive } from './archive.ts';
import { checkType } from './file-type.ts';

const CHILDREN = 2;
const SECONDS = 30;
const MEMORY_MB = 700;
export const LARGEST_FILE_MB = 50;
const WATCH_MS = 50;

export interface Converter {
  /** Throws Unreadable with one line for the editor. */
  convert(bytes: Uint8Array, name: string): Promise<ReadDocument[]>;
  close(): void;
}

/** The child died. One that had waited may have died before it saw the file: then the file is tried again with a new one. */
class Fallen extends Unreadable {
  again = false;
}

/** Starts no child before the first file; two at most, each reused until a file breaks it. */
export function createConverter(limits: { seconds?: number; memoryMb?: number } = {}): Converter {
  const idle: ChildProcess[] = [];
  const busy = new Set<ChildProcess>();
  const waiting: (() => void)[] = [];
  let running = 0;
  let closed = false;
  const { seconds = SECONDS, memoryMb = MEMORY_MB } = limits;

  async function withChild<T>(work: (child: ChildProcess) => Promise<T>, fresh = false): Promise<T> {
    while (running >= CHILDREN) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    const waited = fresh ? undefined : readyChild();
    const child = waited ?? startChild();
    busy.add(child);
    try {
      const result = await work(child);
      // What a child has grown by is not the next file's fault.
      if (closed || (await memoryOf(child)) > memoryMb / 2) child.kill('SIGKILL');
      else idle.push(child);
      return result;
    } catch (error) {
      child.kill('SIGKILL');
      if (error instanceof Fallen && waited && !closed) error.again = true;
      throw error;
    } finally {
      busy.delete(child);
      running--;
      waiting.shift()?.();
    }
  }

  function readyChild(): ChildProcess | undefined {
    for (let child = idle.pop(); child; child = idle.pop()) if (child.connected && child.exitCode === null) return child;
    return undefined;
  }

  return {
    async convert(bytes, name) {
      if (bytes.length === 0) throw new Unreadable('il file è vuoto');
      if (bytes.length > LARGEST_FILE_MB * 2 ** 20)
        throw new Unreadable(`pesa ${Math.round(bytes.length / 2 ** 20)} MB, il limite è ${LARGEST_FILE_MB} MB`);
      const extension = checkType(bytes, name);
      if (extension === 'docx' || extension === 'odt') await checkArchive(bytes);
      const work = (child: ChildProcess) => ask(child, { extension, bytes, name: path.basename(name) }, seconds, memoryMb);
      return withChild(work).catch((error: unknown) => {
        if (error instanceof Fallen && error.again) return withChild(work, true);
        throw error;
      });
    },
    close() {
      closed = true;
      for (const child of [...idle.splice(0), ...busy]) child.kill('SIGKILL');
    },
  };
}

function startChild(): ChildProcess {
  const child = fork(path.join(import.meta.dirname, 'convert-child.ts'), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // The file being read may take the child over: it is given no secrets.
    env: {},
    execArgv: ['--max-old-space-size=512'],
  });
  // A child that cannot be started or written to also exits or answers no more: `ask` says so.
  child.on('error', () => {});
  child.unref();
  child.channel?.unref();
  return child;
}

function ask(child: ChildProcess, question: unknown, seconds: number, memoryMb: number): Promise<ReadDocument[]> {
  return new Promise((resolve, reject) => {
    let settled = false;
    child.ref();
    child.channel?.ref();
    const watch = setInterval(async () => {
      if ((await memoryOf(child)) > memoryMb) fail(`occupa più di ${memoryMb} MB di memoria quando viene aperto`);
    }, WATCH_MS);
    const timer = setTimeout(() => fail(`non è stato letto entro ${seconds} secondi`), seconds * 1000);
    const onExit = () => fail(new Fallen('ha fatto cadere il programma che lo leggeva: è rovinato'));
    const onMessage = (answer: { documents?: ReadDocument[]; unreadable?: string }) => {
      settle();
      if (answer.documents) resolve(answer.documents);
      else reject(new Unreadable(answer.unreadable));
    };
    function settle(): void {
      settled = true;
      clearInterval(watch);
      clearTimeout(timer);
      child.off('exit', onExit);
      child.off('error', onExit);
      child.off('message', onMessage as never);
      child.unref();
      child.channel?.unref();
    }
    function fail(reason: string | Unreadable): void {
      if (settled) return;
      settle();
      child.kill('SIGKILL');
      reject(typeof reason === 'string' ? new Unreadable(reason) : reason);
    }
    child.once('exit', onExit);
    child.once('error', onExit);
    child.once('message', onMessage as never);
    child.send(question as object, (error) => error && fail(new Fallen('non è arrivato al programma che lo legge')));
  });
}

/** Resident megabytes, from /proc; 0 where there is none (then the heap limit and the time alone guard). */
async function memoryOf(child: ChildProcess): Promise<number> {
  try {
    return (Number((await readFile(`/proc/${child.pid}/statm`, 'utf8')).split(' ')[1]) * 4096) / 2 ** 20;
  } catch {
    return 0;
  }
}
