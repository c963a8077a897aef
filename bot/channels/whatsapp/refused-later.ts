/** A file that Meta took and could not give the citizen, as it tells minutes later: its link goes instead, once. */
import { sql } from 'kysely';
import type { Database } from '../../../connectors/databases/contract.ts';
import { type Outgoing, outboxRow } from '../../conversation/commit.ts';
import { fileLinksIn } from '../pushed/files.ts';

/** Meta's numbers for media that it could not read, fetch or take. */
const MEDIA = /^13105[1-3]\b/;

/** Resolves with the conversation that has something new to be sent, else null. Told again it does nothing. */
export async function linkInstead(
  parts: { database: Database; channel: string; now(): number },
  externalId: string,
  error: string,
): Promise<string | null> {
  if (!MEDIA.test(error)) return null;
  const { database, channel } = parts;
  const row = await database.read
    .selectFrom('delivery')
    .innerJoin('outbox', (join) =>
      join
        .onRef('outbox.conversation_id', '=', 'delivery.conversation_id')
        .on(sql<boolean>`outbox.json like '{"activityId":"' || delivery.activity_id || '"%'`),
    )
    .select(['outbox.id', 'outbox.json', 'delivery.part'])
    .where('delivery.channel', '=', channel)
    .where('delivery.external_id', '=', externalId)
    .where('outbox.status', '=', 'sent')
    .executeTakeFirst();
  const outgoing = row && (JSON.parse(row.json) as Outgoing);
  const links = outgoing ? fileLinksIn(outgoing.reply.text) : [];
  if (!row || !outgoing || links.length === 0) return null;
  const bare = { ...outgoing.reply, text: links.map(asWords).join('\n'), speaker: 'bot' as const, choices: [], citations: [] };
  const lines = outgoing.reply.text.split('\n').map((line) => fileLinksIn(line).map(asWords)[0] ?? line);
  // A file that came first had the words of the reply under it: they were lost with it.
  const reply = row.part === 0 ? { ...outgoing.reply, text: lines.join('\n') } : bare;
  await database.write(async (tx) => {
    const moved = await tx
      .updateTable('outbox')
      .set({ status: 'moved', error: `${error} → link` })
      .where('id', '=', row.id)
      .where('status', '=', 'sent')
      .executeTakeFirst();
    if (Number(moved.numUpdatedRows) === 0) return;
    const instead = { ...outgoing, activityId: `${outgoing.activityId}.link`, reply };
    await tx
      .insertInto('outbox')
      .values(outboxRow(instead, channel, `link:${externalId}`, new Date(parts.now()).toISOString()))
      .onConflict((conflict) => conflict.column('dedup').doNothing())
      .execute();
  });
  return outgoing.conversationId;
}

/** A line with a sign before its link is words, not a file. */
const asWords = ({ title, url }: { title: string; url: string }): string => `📎 [${title}](${url})`;
