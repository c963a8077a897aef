/** Plug: our own reports on the database. Categories are the office's data: embedded/categories.ts writes them. */
import { ok } from '../result.ts';
import type { ReportQuery, Reports, ReportsParts } from './contract.ts';
import { readCategories, toCategory } from './embedded/categories.ts';
import { toReport } from './embedded/rows.ts';
import { submit } from './embedded/submit.ts';

const DEFAULT_MS = 90 * 86_400_000;
const MOST = 1000;

export default async function open({ database, now = Date.now }: ReportsParts): Promise<Reports> {
  function rowsOf({ ids, category, status, from, to, limit }: ReportQuery) {
    let rows = database.read.selectFrom('report').selectAll();
    // As Open311 has it: ids asked for are found whenever they were made.
    if (ids) rows = rows.where('id', 'in', ids.length > 0 ? ids.slice(0, MOST) : ['']);
    else rows = rows.where('requested_at', '>=', from ?? new Date(now() - DEFAULT_MS).toISOString());
    if (to) rows = rows.where('requested_at', '<=', to);
    if (category) rows = rows.where('category', '=', category);
    if (status) rows = rows.where('status', 'in', status === 'open' ? ['received', 'in_progress'] : ['solved', 'declined']);
    return rows
      .orderBy('requested_at', 'desc')
      .orderBy('id')
      .limit(Math.min(limit ?? MOST, MOST))
      .execute();
  }

  async function one(column: 'id' | 'request_key', value: string) {
    const row = await database.read.selectFrom('report').selectAll().where(column, '=', value).executeTakeFirst();
    return row ? ok(toReport(row, await readCategories(database))) : ({ kind: 'not_found' } as const);
  }

  return {
    name: 'embedded',
    capabilities: () => new Set(['submit', 'get', 'list']),
    health: async () => ({ state: 'up', detail: `${(await readCategories(database)).length} categorie nel database` }),
    categories: async () => ok((await readCategories(database)).map(toCategory)),
    async fields(category) {
      const found = (await readCategories(database)).find(({ code }) => code === category);
      return found ? ok(found.attributes) : { kind: 'not_found' };
    },
    submit: (request, key) => submit({ database, now }, request, key),
    get: (id) => one('id', id.toUpperCase()),
    async list(query) {
      const categories = await readCategories(database);
      return ok((await rowsOf(query)).map((row) => toReport(row, categories)));
    },
    lookup: (key) => one('request_key', key),
    close: async () => {},
  };
}
