/** The offer of a call-back, for whoever waits too long anywhere: in the queue, in the line, at a peak, out of hours. */
import type { Say } from '../../../knowledge/languages/speak.ts';
import type { Calls } from '../../desk/calls/calls.ts';

/** The choice to show below what is said, in the citizen's words; null where no time is free. One read. */
export async function offerCallBack(calls: Pick<Calls, 'slots'> | undefined, say: Say, office: string | null): Promise<string | null> {
  const free = (await calls?.slots(office)) ?? [];
  return free.length > 0 ? say('callOffer') : null;
}
