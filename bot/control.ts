/** The control socket: while a server holds DATA_DIR, commands that need it run inside that server and give the same result. */
import { createHash } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A command by name with JSON arguments; `progress` shows one line to whoever waits. */
export type RunCommand = (name: string, args: unknown, progress: (line: string) => void) => Promise<unknown>;

/** What the user did wrong, said in one line (exit status 2). */
export class BadCommand extends Error {}

type Line = { progress: string } | { result: unknown } | { error: string; bad: boolean };

/** Unix socket paths end at about 100 bytes: a longer DATA_DIR gets one in the temporary folder, named after it. */
function socketPath(dataDir: string): string {
  const direct = path.resolve(dataDir, 'control.sock');
  if (Buffer.byteLength(direct) < 100) return direct;
  return path.join(tmpdir(), `sportello-${createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 16)}.sock`);
}

/** Listens for commands; only the operating system's user who runs the server may connect. Resolves with the function that stops it. */
export function serveControl(dataDir: string, run: RunCommand): Promise<() => Promise<void>> {
  const file = socketPath(dataDir);
  // The data lock is held, so a socket that is still there was left by a dead server.
  rmSync(file, { force: true });
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    waiting.add(socket);
    socket.once('close', () => waiting.delete(socket));
    serve(socket, run, () => waiting.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(file, () => {
      chmodSync(file, 0o600);
      resolve(() => {
        // Commands that run may end; who has said nothing yet is sent away.
        for (const socket of waiting) socket.destroy();
        return new Promise((done) => server.close(() => done()));
      });
    });
  });
}

function serve(socket: Socket, run: RunCommand, begun: () => void): void {
  const say = (line: Line) => socket.writable && socket.write(`${JSON.stringify(line)}\n`);
  socket.on('error', () => {});
  createInterface({ input: socket }).once('line', async (text) => {
    begun();
    try {
      const { name, args } = JSON.parse(text) as { name: string; args: unknown };
      say({ result: await run(name, args, (line) => say({ progress: line })) });
    } catch (error) {
      say({ error: error instanceof Error ? error.message : String(error), bad: error instanceof BadCommand });
    }
    socket.end();
  });
}

/** Sends one command to the running server. null = no server listens there. */
export function callControl(
  dataDir: string,
  name: string,
  args: unknown,
  progress: (line: string) => void,
): Promise<{ result: unknown } | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath(dataDir));
    let settled = false;
    socket.once('error', (error: NodeJS.ErrnoException) =>
      ['ENOENT', 'ECONNREFUSED'].includes(error.code ?? '') ? resolve(null) : reject(error),
    );
    socket.once('connect', () => {
      socket.write(`${JSON.stringify({ name, args })}\n`);
      createInterface({ input: socket }).on('line', listen);
    });
    const listen = (text: string) => {
      const line = JSON.parse(text) as Line;
      if ('progress' in line) return progress(line.progress);
      settled = true;
      if ('result' in line) resolve({ result: line.result });
      else reject(line.bad ? new BadCommand(line.error) : new Error(line.error));
    };
    socket.once('close', () => settled || reject(new Error('the running server ended before it answered: try again')));
  });
}
