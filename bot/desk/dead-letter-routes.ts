/** What failed for good, with its reason, and trying it again. No words of citizens: whoever has the request reads those. */
import type { Line } from '../conversation/line.ts';
import { Refusal, type Role, type Route, type Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import { reasonOf } from './dead-reasons.ts';

const AT_THE_DESK: Role[] = ['agent', 'supervisor', 'administrator'];

/** Done by whom it is told: a staff user's id, or `operator`. */
export const retryAs = (line: Pick<Line, 'retryDeadLetter'>, actor: string, box: 'inbox' | 'outbox', id: number) =>
  line.retryDeadLetter({
    box,
    id,
    also: (tx) => appendAudit(tx, { actor, action: 'dead-letter.retry', subject: `${box}/${id}`, detail: {} }),
  });

export function deadLetterRoutes({ line }: { line: Pick<Line, 'listDeadLetters' | 'retryDeadLetter'> }): Route[] {
  return [
    {
      method: 'get',
      path: '/api/dead-letters',
      permission: AT_THE_DESK,
      summary: 'Messages and replies that failed for good, why, and which of them are being tried again',
      async handle() {
        const letters = await line.listDeadLetters();
        return { status: 200, body: { deadLetters: letters.map((letter) => ({ ...letter, reason: reasonOf(letter) })) } };
      },
    },
    {
      method: 'post',
      path: '/api/dead-letters/:box/:id/retry',
      permission: AT_THE_DESK,
      summary: 'Try a dead letter again (box: inbox = a message of a citizen, outbox = a reply); asked twice it is done once. Audited',
      async handle({ staff, params }) {
        const { box = '', id = '' } = params;
        if ((box !== 'inbox' && box !== 'outbox') || !/^\d{1,15}$/.test(id)) throw missing();
        const retried = await retryAs(line, (staff as Staff).id, box, Number(id));
        if (retried === 'unknown') throw missing();
        if (retried === 'moved') throw new Refusal(409, 'Moved', 'Il cittadino l’ha già ricevuto da un altro canale.');
        if (retried === 'elsewhere')
          throw new Refusal(
            409,
            'Elsewhere',
            'Sono parole del cittadino che il servizio collegato ha rifiutato: rispondi tu dalla sua richiesta.',
          );
        return { status: retried === 'delivered' ? 200 : 202, body: { state: retried === 'delivered' ? 'delivered' : 'retrying' } };
      },
    },
  ];
}

const missing = () => new Refusal(404, 'NotFound', 'Questo messaggio non c’è.');
