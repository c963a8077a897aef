/** SIGKILL under load: what was acknowledged must be there, answered once, in order. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import openDatabase from '../connectors/databases/embedded.ts';
import { type Citizen, openCitizen, openPool } from './bench/citizen.ts';
import { questionMaker } from './bench/questions.ts';
import { freePort, type ServerProcess, startProcess } from './bench/server-process.ts';
import { judge, percentile, type SentMessage, type Verdict } from './bench/verdict.ts';

const CONVERSATIONS = 50;
const PATIENCE_MS = 60_000;

export interface CrashFigures {
  sent: number;
  lost: number;
  duplicatedEffects: number;
  visibleDuplicates: number;
  outOfOrder: number;
  restartP95Ms: number;
  /** Processor time of the server until it was ready: what a start costs, whatever else the machine does. */
  restartCpuP95Ms: number;
}

export interface CrashOptions {
  messages: number;
  kills: number;
  progress: (line: string) => void;
  script?: string;
}

export async function benchCrash({ messages, kills, progress, script = 'bot/main.ts' }: CrashOptions): Promise<CrashFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-crash-'));
  const settings = { DATA_DIR: dataDir, DEMO: 'true', MESSAGES_PER_MINUTE: '1000000', READS_PER_MINUTE: '1000000' };
  const port = await freePort();
  progress('starting a server with the demo municipality');
  let server: ServerProcess = await startProcess(script, settings, port);
  const restarts: number[] = [];
  const restartsCpu: number[] = [];
  try {
    const pool = openPool(server.origin, CONVERSATIONS);
    const talks: { citizen: Citizen; sent: SentMessage[] }[] = [];
    for (let i = 0; i < CONVERSATIONS; i++) talks.push({ citizen: await openCitizen(pool), sent: [] });
    const ask = questionMaker();
    let acknowledged = 0;
    let next = 0;
    let restarting = false;
    // Kills fall at random counts of acknowledged messages, never at the same point of a message's way.
    const killAt = Array.from({ length: kills }, () => 1 + Math.floor(Math.random() * (messages - 1))).sort((a, b) => a - b);

    const writing = talks.map(async ({ citizen, sent }) => {
      while (next < messages) {
        const n = next++;
        const id = await citizen.post(ask(n), `m${n}`, 5000);
        sent.push({ id, clientActivityID: `m${n}` });
        acknowledged++;
      }
    });
    const killing = (async () => {
      for (const [index, count] of killAt.entries()) {
        while (acknowledged < count && acknowledged < messages) await sleep(1);
        restarting = true;
        await sleep(Math.random() * 20);
        await server.kill();
        server = await startProcess(script, settings, port);
        restarting = false;
        restarts.push(server.startMs);
        restartsCpu.push(server.startCpuMs);
        progress(
          `kill ${index + 1} of ${kills} after ${count} messages, back in ${Math.round(server.startMs)} ms, ${server.startCpuMs} ms of processor time`,
        );
      }
    })();
    await Promise.all([...writing, killing]);
    if (restarting) throw new Error('The server did not come back');

    progress('waiting for the last answers');
    const deadline = performance.now() + PATIENCE_MS;
    for (const { citizen, sent } of talks) {
      for (const { id } of sent) await citizen.answered(id, Math.max(1, deadline - performance.now())).catch(() => {});
    }
    progress('comparing what was sent with what the history holds');
    const verdicts: Verdict[] = [];
    let visible = 0;
    for (const { citizen, sent } of talks) {
      verdicts.push(judge(sent, await citizen.history()));
      visible += judge(sent, citizen.seen).duplicated;
      citizen.close();
    }
    await pool.destroy();
    await server.stop();
    const sum = (key: 'lost' | 'duplicated' | 'outOfOrder') => verdicts.reduce((total, verdict) => total + verdict[key], 0);
    return {
      sent: acknowledged,
      lost: sum('lost'),
      duplicatedEffects: sum('duplicated') + (await doubledRows(dataDir)),
      visibleDuplicates: visible,
      outOfOrder: sum('outOfOrder'),
      restartP95Ms: Math.round(percentile(restarts, 0.95)),
      restartCpuP95Ms: Math.round(percentile(restartsCpu, 0.95)),
    };
  } finally {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Effects in the database: messages stored twice, answers recorded twice. */
async function doubledRows(dataDir: string): Promise<number> {
  const database = await openDatabase({ dataDir });
  const counted = await sql<{ n: number }>`select
    (select count(*) - count(distinct external_id) from inbox) + (select count(*) - count(distinct message_id) from answer) as n`.execute(
    database.read,
  );
  await database.close();
  return counted.rows[0]?.n ?? 0;
}
