/** What the Omnichannel webhook of Rocket.Chat says. It signs nothing but carries a secret, so that an old post could be sent again: what was said long ago is refused. */
import { z } from 'zod';
import { ok, type Result } from '../../result.ts';
import type { News } from '../contract.ts';

/** It tries ten times, ten seconds apart; with slow clocks and queues an hour is much. */
const FRESH_MS = 60 * 60_000;

const person = z.object({ _id: z.string().optional(), username: z.string().optional(), name: z.string().optional() }).nullish();
const post = z.object({
  type: z.string(),
  /** The room. */
  _id: z.string(),
  visitor: z.object({ token: z.string() }),
  agent: person,
  servedBy: person,
  closedAt: z.string().nullish(),
  messages: z
    .array(
      z.object({
        _id: z.string(),
        msg: z.string().nullish(),
        ts: z.string(),
        /** Only on what an agent said. */
        agentId: z.string().nullish(),
        u: z.object({ name: z.string().nullish(), username: z.string().nullish() }).nullish(),
        closingMessage: z.boolean().nullish(),
        editedAt: z.unknown().optional(),
        fileUpload: z.object({ publicFilePath: z.string() }).nullish(),
        file: z.object({ name: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
});

export function newsIn(body: string, now: number): Result<News[]> {
  const value = post.safeParse(parse(body)).data;
  if (!value) return ok([]);
  const remote = `${value.visitor.token} ${value._id}`;
  const agent = value.agent?.name ?? value.servedBy?.username ?? value.agent?.username ?? '';
  const old = (at: string) => Math.abs(now - Date.parse(at)) > FRESH_MS || Number.isNaN(Date.parse(at));
  if (value.type === 'LivechatSessionTaken') return ok([{ kind: 'status', remote, state: 'accepted', agent }]);
  if (value.type === 'LivechatSession') {
    // Its messages are the whole conversation again: each was told when it was said.
    if (value.closedAt && old(value.closedAt)) return { kind: 'not_allowed', need: 'sign_in' };
    return ok([{ kind: 'status', remote, state: 'completed', agent: null }]);
  }
  if (value.type !== 'Message') return ok([]);
  const said = (value.messages ?? []).filter((one) => one.agentId && !one.closingMessage && !one.editedAt);
  if (said.some(({ ts }) => old(ts))) return { kind: 'not_allowed', need: 'sign_in' };
  return ok(
    said.map((one) => ({
      kind: 'said' as const,
      remote,
      id: one._id,
      agent: one.u?.name ?? agent,
      text: one.msg ?? '',
      attachments: one.fileUpload ? [{ name: one.file?.name ?? 'allegato', url: one.fileUpload.publicFilePath }] : [],
    })),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
