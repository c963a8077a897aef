/** `handoff.status` and what was said there, as acts of an agent here: each once, whatever is sent again. */
import type { Database } from '../../../connectors/databases/contract.ts';
import type { Handoffs, News } from '../../../connectors/handoffs/contract.ts';
import { Refusal, type Staff } from '../../http/route.ts';
import type { Desk } from '../desk.ts';
import { findHandoff, type Handoff } from '../handoffs.ts';

/** Sees every request. */
const WATCHER: Staff = { id: 'system', name: 'system', role: 'administrator', office: null };
const NOBODY = 'Operatore';

/** All agents of another tool are one to our desk; their names are told. */
export const agentOf = (plug: string, name: string | null): Staff => ({
  id: `remote:${plug}`,
  name: name || NOBODY,
  role: 'agent',
  office: null,
});

export interface NewsParts {
  database: Database;
  desk: Pick<Desk, 'claim' | 'say' | 'answer' | 'close' | 'reopen'>;
  handoffs: Pick<Handoffs, 'name' | 'abilities'>;
  log: { warn(fields: object, message: string): void };
  now(): number;
}

/** False = about no request of ours. Rejects only on surprises: then it may be told again. */
export function createNews({ database, desk, handoffs, log, now }: NewsParts): (news: News) => Promise<boolean> {
  const plug = handoffs.name;
  const own = (handoff: Handoff) => handoff.agent?.id === `remote:${plug}`;

  async function requestOf(remote: string): Promise<Handoff | null> {
    const row = await database.read
      .selectFrom('handoff_remote')
      .select('handoff_id')
      .where('plug', '=', plug)
      .where('remote_id', '=', remote)
      .executeTakeFirst();
    return row ? findHandoff(database, WATCHER, row.handoff_id) : null;
  }

  const over = (handoff: Handoff) =>
    database.write((tx) =>
      tx
        .updateTable('handoff_remote')
        .set({ ended_at: new Date(now()).toISOString() })
        .where('handoff_id', '=', handoff.id)
        .where('ended_at', 'is', null)
        .execute(),
    );

  /** Of two webhooks that come at once both find it untaken: the slower one has it too. */
  async function takeUp(handoff: Handoff, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const now = await findHandoff(database, WATCHER, handoff.id);
      if (!(error instanceof Refusal && error.status === 409 && now?.state === 'accepted' && own(now))) throw error;
    }
  }

  /** The citizen's words go there again, those of the meantime too. */
  const goesOn = (handoff: Handoff) =>
    database.write((tx) =>
      tx.updateTable('handoff_remote').set({ ended_at: null }).where('handoff_id', '=', handoff.id).where('plug', '=', plug).execute(),
    );

  async function status(handoff: Handoff, staff: Staff, state: 'accepted' | 'completed', remote: string): Promise<void> {
    const waits = handoff.state === 'queued' || handoff.state === 'requested';
    if (state === 'accepted') return waits ? desk.claim(handoff, staff) : undefined;
    await over(handoff);
    if (handoff.state === 'queued') await takeUp(handoff, () => desk.claim(handoff, staff));
    const now = await requestOf(remote);
    if (now && (now.state === 'requested' || (now.state === 'accepted' && own(now))))
      await desk.close(now, staff, { outcome: 'solved', topic: null });
  }

  async function said(handoff: Handoff, staff: Staff, { text, id, attachments }: Extract<News, { kind: 'said' }>): Promise<void> {
    const links = attachments.filter(({ url }) => /^https?:\/\//.test(url)).map(({ name, url }) => `[${name}](${url})`);
    const words = [text, ...links].filter(Boolean).join('\n\n');
    if (!handoffs.abilities().has('live')) return desk.answer(handoff, staff, { text: words, key: id });
    if (handoff.state === 'queued' || handoff.state === 'requested') await takeUp(handoff, () => desk.claim(handoff, staff));
    // Whoever writes into a conversation that was closed takes it up again.
    if (handoff.state === 'completed' && own(handoff)) {
      await takeUp(handoff, () => desk.reopen(handoff, staff));
      await goesOn(handoff);
    }
    await desk.say(handoff, staff, { text: words, citations: [], key: id, origin: '' });
  }

  /** Heard of before: a webhook that is sent again must not open anew what was closed since. */
  async function isKnown(handoff: Handoff, id: string): Promise<boolean> {
    const row = await database.read
      .selectFrom('inbox')
      .select('id')
      .where('external_id', '=', `desk:${handoff.id}:say:remote:${plug}:${id}`)
      .where('channel', '=', handoff.channel)
      .executeTakeFirst();
    return row !== undefined;
  }

  return async (news) => {
    const handoff = await requestOf(news.remote);
    if (!handoff) return false;
    const staff = agentOf(plug, news.agent ?? handoff.agent?.name ?? null);
    try {
      if (news.kind === 'status') await status(handoff, staff, news.state, news.remote);
      else if (!(await isKnown(handoff, news.id))) await said(handoff, staff, news);
    } catch (error) {
      // Somebody here has it, or it is over: no fault of the other tool's, and nothing to be sent again.
      if (!(error instanceof Refusal && error.status === 409)) throw error;
      log.warn({ handoff: handoff.id, plug, kind: news.kind }, 'news of another tool came too late');
    }
    return true;
  };
}
