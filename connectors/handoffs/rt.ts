/** Plug: Request Tracker (REST 2.0), for answers that come later. A request becomes one ticket; what the office writes to the requestor is told to the citizen, in chat too. */
import { z } from 'zod';
import { settings as shared } from '../cases/rt.ts';
import { ok, type Result } from '../result.ts';
import type { Handoffs, News } from './contract.ts';
import { emailIn } from './packet/email.ts';
import { packetInWords } from './packet/in-words.ts';
import { createTickets } from './rt/tickets.ts';

export const settings = shared.pick({ RT_URL: true, RT_TOKEN: true, RT_USER: true, RT_PASSWORD: true }).extend({
  RT_HANDOFF_QUEUE: z
    .string()
    .min(1)
    .default('Sportello')
    .describe('Queue of Request Tracker that takes requests for a person; it must exist.'),
});

/** Ours in the subject: the ticket is found by it when the answer to its making was lost. */
const referenceOf = ({ number, id }: { number: string; id: string }): string => `richiesta ${number} ${id.slice(0, 8)}`;
/** Its files are for those who sign in there. */
const FILE_ALONE = 'L’ufficio ha mandato un file, che da qui non si apre: chiedilo all’ufficio.';
const ENDED = ['resolved', 'rejected', 'deleted'];

export default async function open(_parts: object, given: unknown): Promise<Handoffs> {
  const { RT_HANDOFF_QUEUE, RT_URL, ...access } = settings.parse(given);
  const tickets = createTickets({ ...access, url: RT_URL, queue: RT_HANDOFF_QUEUE });
  const none = <T>(result: Result<T>): Result<null> => (result.kind === 'ok' ? ok(null) : result);

  return {
    name: 'rt',
    abilities: () => new Set(['later', 'asked']),
    async health() {
      const queue = await tickets.queue();
      const host = new URL(RT_URL).host;
      if (queue.kind === 'ok') return { state: 'up', detail: `coda ${RT_HANDOFF_QUEUE} su ${host}` };
      return { state: 'down', detail: queue.kind === 'not_found' ? `la coda ${RT_HANDOFF_QUEUE} non c’è` : `${host} non risponde` };
    },
    async initiate(packet) {
      const known = await tickets.search(referenceOf(packet));
      if (known.kind !== 'not_found') return known;
      const email = emailIn(packet.contact);
      const first = packet.transcript.find(({ role }) => role === 'citizen')?.text ?? 'Richiesta';
      return tickets.create({
        subject: `${first.replace(/\s+/g, ' ').slice(0, 80)} [${referenceOf(packet)}]`,
        requestor: email,
        content: packetInWords(packet),
      });
    },
    // A comment goes to the office alone: the citizen need not be mailed their own words.
    async say(remote, { text, again }) {
      const words = `Dal cittadino, in chat:\n\n${text}`;
      if (again !== undefined) {
        const there = await tickets.history(remote);
        if (there.kind !== 'ok') return there;
        if (there.value.filter(({ type, content }) => type === 'Comment' && content.trim() === words.trim()).length > again)
          return ok(null);
      }
      return none(await tickets.comment(remote, words));
    },
    async end(remote) {
      const state = await tickets.state(remote);
      if (state.kind !== 'ok') return state;
      return ENDED.includes(state.value.status) ? ok(null) : none(await tickets.put(remote, { Status: 'rejected' }));
    },
    receive: () => ({ kind: 'not_allowed', need: 'unsupported' }),
    async ask(remote, since) {
      const [state, past] = await Promise.all([tickets.state(remote), tickets.history(remote)]);
      if (state.kind !== 'ok') return state;
      if (past.kind !== 'ok') return past;
      const fresh = past.value.filter(({ id }) => id > Number(since || 0));
      const news: News[] = fresh
        .filter(({ type, by }) => type === 'Correspond' && !state.value.requestors.includes(by))
        .map(({ id, by, content }) => ({
          kind: 'said',
          remote,
          id: String(id),
          agent: by,
          text: content.trim() || FILE_ALONE,
          attachments: [],
        }));
      if (ENDED.includes(state.value.status)) news.push({ kind: 'status', remote, state: 'completed', agent: null });
      return ok({ news, since: String(past.value.at(-1)?.id ?? (since || '0')) });
    },
    close: async () => {},
  };
}
