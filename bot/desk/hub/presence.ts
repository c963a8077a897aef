/** Who is there when another tool takes the requests: its own agents cannot be counted, so in the desk's hours it counts as one. */
import type { Handoffs } from '../../../connectors/handoffs/contract.ts';
import type { DeskHours } from '../../hours/desk-hours.ts';
import type { Queue } from '../queue.ts';

const ASKED_MS = 30_000;

export function queueWith(own: Queue, handoffs: Handoffs, hours: Pick<DeskHours, 'backAt'>, now: () => number = Date.now): Queue {
  const abilities = handoffs.abilities();
  if (abilities.has('own') || !abilities.has('live')) return own;
  let known: { at: number; up: boolean } | null = null;
  async function isUp(): Promise<boolean> {
    if (!known || now() - known.at > ASKED_MS) known = { at: now(), up: (await handoffs.health()).state === 'up' };
    return known.up;
  }
  return {
    async present(office) {
      const here = await own.present(office);
      return here > 0 || hours.backAt(office, now(), 'it') !== null || !(await isUp()) ? here : 1;
    },
    waitingSince: own.waitingSince,
  };
}
