/** Scripted conversations through the real turn, against an office of its own for each script. What the connector holds in the end decides. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BadCommand } from '../../bot/control.ts';
import openDatabase from '../../connectors/databases/embedded.ts';
import { readLines } from '../corpus.ts';
import type { Suite } from './contract.ts';
import { openKnowledge } from './dialogs/citizen-town.ts';
import { judge } from './dialogs/judge.ts';
import { play } from './dialogs/play.ts';
import { scriptLine } from './dialogs/script.ts';

const NOW = '2026-11-18T09:00:00+01:00';

const suite: Suite = {
  values: ['scripts', 'now'],
  flags: ['facts-at-once'],
  usage: 'eval -- dialogs --scripts F [--now ISO] [--facts-at-once] [--out F]',
  async run(args) {
    const file = args.values['scripts'];
    if (!file) throw new BadCommand(`--scripts is missing: ${suite.usage}`);
    const now = new Date(args.values['now'] ?? NOW);
    if (Number.isNaN(now.getTime())) throw new BadCommand(`--now "${args.values['now']}" is not an ISO time such as ${NOW}`);
    const scripts = readLines(file, scriptLine);
    const dataDir = mkdtempSync(path.join(tmpdir(), 'sportello-dialogs-'));
    const town = await openKnowledge(path.join(dataDir, 'knowledge'), args.progress);
    // An office of its own for each script: the tables are made once and copied.
    const empty = path.join(dataDir, 'empty');
    await (await openDatabase({ dataDir: empty })).close();
    const counts = { succeeded: 0, wrongActions: 0, doubleActions: 0 };
    const failures: Record<string, unknown>[] = [];
    let turns = 0;
    const bookings: number[] = [];
    try {
      for (const [index, script] of scripts.entries()) {
        const own = path.join(dataDir, String(index));
        cpSync(empty, own, { recursive: true });
        const played = await play(script, {
          town,
          now,
          dataDir: own,
          factsAtOnce: args.flags.has('facts-at-once'),
        });
        const mark = judge(script, played);
        if (mark.succeeded) counts.succeeded++;
        counts.wrongActions += mark.wrong;
        counts.doubleActions += mark.doubles;
        turns += played.transcript.length;
        if (script.goal.action === 'book' && mark.succeeded && played.bookedAfter !== null) bookings.push(played.bookedAfter);
        if (!mark.succeeded || mark.wrong + mark.doubles > 0)
          failures.push({ id: script.id, why: mark.why, goal: script.goal, transcript: played.transcript });
        const tickets = played.tickets.map(({ line, day }) => ({ action: 'queue', service: line, start: day }));
        args.out({ id: script.id, actions: [...played.actions, ...tickets] });
      }
    } finally {
      await town.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
    return {
      n: scripts.length,
      ...counts,
      turnsPerScript: scripts.length > 0 ? Math.round((turns / scripts.length) * 10) / 10 : 0,
      bookingMessages: spread(bookings),
      failures,
    };
  },
};
/** Of messages until a booking stood. */
function spread(counts: number[]) {
  const sorted = [...counts].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { n: sorted.length, median: at(0.5), p90: at(0.9), most: sorted.at(-1) ?? 0, withinSix: sorted.filter((one) => one <= 6).length };
}
export default suite;
