/** Looks at the running server from outside, as a proxy would. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Settings } from '../settings.ts';
import { type Finding, ok, reasonOf, warning, wrong } from './finding.ts';

const health = z.object({ status: z.string(), version: z.string(), dependencies: z.record(z.string(), z.string()) });

const MEANS: Record<string, string> = {
  degraded: 'answers go on without it; the log says what it lacks',
  unreachable: 'answers go on without it: is it running, and is its address right?',
  capped: 'its daily budget is used up; answers are quotations until tomorrow',
  down: 'nothing can be answered: the log says why',
};

/** Empty when no server holds the folder: that is no fault. */
export async function checkServer(settings: Settings, dataDir: string, published: number | undefined): Promise<Finding[]> {
  const holder = holderOf(dataDir);
  if (holder === null) return [ok('server', 'none runs on this folder'), ...indexAlone(settings, published)];
  const host = ['0.0.0.0', '::'].includes(settings.HOST) ? '127.0.0.1' : settings.HOST;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${settings.PORT}`;
  let answer: Response;
  try {
    answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) });
  } catch (error) {
    return [
      wrong(
        'server',
        `process ${holder} holds the folder but ${url} does not answer (${reasonOf(error)})`,
        'it may be starting: try again; else restart it, and check HOST and PORT',
      ),
    ];
  }
  const read = health.safeParse(await answer.json().catch(() => null));
  if (!read.success) return [wrong('server', `${url} is answered by another program`, 'stop that program, or set PORT to another')];
  const { version, status, dependencies } = read.data;
  const found = [
    status === 'ok'
      ? ok('server', `${version} at ${url}`)
      : wrong('server', `${version} at ${url} is not ready`, 'the lines below and the log say why'),
  ];
  for (const [name, state] of Object.entries(dependencies)) {
    if (name === 'index' && state === 'off') found.push(warning('index', 'no document is published', 'npm run ingest -- PATH_OR_URL'));
    else if (state === 'ok' || state === 'off') found.push(ok(name, state === 'off' ? 'not used' : state));
    else found.push((state === 'down' ? wrong : warning)(name, state, MEANS[state] ?? 'the log says why'));
  }
  return found;
}

function indexAlone(settings: Settings, published: number | undefined): Finding[] {
  if (published === undefined || settings.DEMO) return [];
  return [
    published > 0
      ? ok('index', `${published} documents are published`)
      : warning('index', 'no document is published', 'npm run ingest -- PATH_OR_URL'),
  ];
}

/** Pid of the process that holds the folder; null when none lives. */
function holderOf(dataDir: string): number | null {
  try {
    const pid = Number(readFileSync(path.join(dataDir, 'server.lock'), 'utf8').split(' ')[0]);
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? -1 : null;
  }
}
