/** What a webhook of Chatwoot says, as far as the citizen is concerned. Notes among agents, our own words and what is not ours are no news. */
import { z } from 'zod';
import type { News } from '../contract.ts';

const id = z.union([z.number(), z.string()]).transform(String);
const source = z.object({ source_id: z.string() }).nullish();
const person = z.object({ name: z.string().nullish() }).nullish();

const said = z.object({
  event: z.literal('message_created'),
  id,
  content: z.string().nullish(),
  message_type: z.union([z.string(), z.number()]),
  private: z.boolean().nullish(),
  sender: person,
  attachments: z.array(z.object({ data_url: z.string(), file_type: z.string().nullish() })).nullish(),
  conversation: z.object({ id, contact_inbox: source }),
});
const changed = z.object({
  event: z.enum(['conversation_status_changed', 'conversation_updated']),
  id,
  status: z.string(),
  contact_inbox: source,
  meta: z.object({ assignee: person }).nullish(),
});

/** With automatic assignment Chatwoot tells of the agent by `conversation_updated` alone. */
export function newsIn(body: string): News[] {
  const value = parse(body);
  const message = said.safeParse(value).data;
  if (message) {
    const { conversation, content, attachments } = message;
    const outgoing = message.message_type === 'outgoing' || message.message_type === 1;
    const files = (attachments ?? []).map(({ data_url, file_type }) => ({
      name: nameOf(data_url) || (file_type ?? 'allegato'),
      url: data_url,
    }));
    if (!outgoing || message.private || !conversation.contact_inbox || (!content && files.length === 0)) return [];
    const remote = `${conversation.contact_inbox.source_id} ${conversation.id}`;
    return [{ kind: 'said', remote, id: message.id, agent: message.sender?.name ?? '', text: content ?? '', attachments: files }];
  }
  const change = changed.safeParse(value).data;
  if (!change?.contact_inbox) return [];
  const remote = `${change.contact_inbox.source_id} ${change.id}`;
  if (change.status === 'resolved') return [{ kind: 'status', remote, state: 'completed', agent: null }];
  const agent = change.meta?.assignee?.name;
  return change.status === 'open' && agent ? [{ kind: 'status', remote, state: 'accepted', agent }] : [];
}

function nameOf(url: string): string {
  const name = /\/([^/?#]+)(?:[?#]|$)/.exec(url.replace(/^https?:\/\//, ''))?.[1] ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
