/** Colleagues named in a note: «@Bruno Blu, guarda tu». */
import type { Database } from '../../connectors/databases/contract.ts';

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Ids of those whose name stands after an @; of two names that begin alike the longer one counts. */
export async function mentionedIn(database: Database, text: string): Promise<string[]> {
  if (!text.includes('@')) return [];
  const users = await database.read.selectFrom('staff_user').select(['id', 'name']).where('disabled_at', 'is', null).execute();
  users.sort((a, b) => b.name.length - a.name.length);
  const found = plain(text)
    .split('@')
    .slice(1)
    .flatMap((rest) => users.find(({ name }) => rest.startsWith(plain(name)))?.id ?? []);
  return [...new Set(found)];
}
