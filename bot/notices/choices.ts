/** What a person lets us write to them, over all their conversations; seen and changed on their own page. */
import type { Database } from '../../connectors/databases/contract.ts';

export interface NoticeChoices {
  /** Topics they get news of; '' = all. Empty = no news. */
  news: string[];
  /** Appointments are remembered the day before. */
  reminders: boolean;
}

const conversationsOf = async (database: Database, person: string): Promise<string[]> => {
  const rows = await database.read.selectFrom('citizen_conversation').select('conversation_id').where('person', '=', person).execute();
  return rows.map(({ conversation_id }) => conversation_id);
};

export async function choicesOf(database: Database, person: string): Promise<NoticeChoices> {
  const ids = await conversationsOf(database, person);
  if (ids.length === 0) return { news: [], reminders: true };
  const rows = await database.read
    .selectFrom('notice_consent')
    .select(['kind', 'topic'])
    .distinct()
    .where('conversation_id', 'in', ids)
    .where('ended_at', 'is', null)
    .orderBy('topic')
    .execute();
  return {
    news: rows.filter(({ kind }) => kind === 'news').map(({ topic }) => topic),
    reminders: !rows.some(({ kind }) => kind === 'no-reminders'),
  };
}

/** `news`: no more of it · `reminders`: none, or again. In every conversation of theirs at once. */
export async function choose(
  database: Database,
  person: string,
  choice: 'stop-news' | 'stop-reminders' | 'start-reminders',
  now: string,
): Promise<void> {
  const ids = await conversationsOf(database, person);
  if (ids.length === 0) return;
  await database.write(async (tx) => {
    if (choice !== 'stop-reminders') {
      await tx
        .updateTable('notice_consent')
        .set({ ended_at: now })
        .where('conversation_id', 'in', ids)
        .where('kind', '=', choice === 'stop-news' ? 'news' : 'no-reminders')
        .where('ended_at', 'is', null)
        .execute();
      return;
    }
    const row = { lang: 'it', origin: '', given_at: now, ended_at: null };
    await tx
      .insertInto('notice_consent')
      .values(ids.map((conversation_id) => ({ conversation_id, kind: 'no-reminders', topic: '', ...row })))
      .onConflict((conflict) => conflict.columns(['conversation_id', 'kind', 'topic']).doUpdateSet({ given_at: now, ended_at: null }))
      .execute();
  });
}
