/** Cases that the office works on in a tool of its own: number, year and what proves a right to see a case are ours; how it stands is the tool's to say. */
import type { CaseFileTable } from '../../databases/schema/cases.ts';
import { createFacts } from '../../facts.ts';
import { type Health, ok, type Result } from '../../result.ts';
import type { Case, Cases, CasesParts } from '../contract.ts';
import { dayOf, openCase } from '../embedded/opening.ts';
import { proves, toCase } from '../embedded/rows.ts';
import { isNamed, nameInTool } from './file-name.ts';
import { asCase, type EntryState } from './read.ts';
import { type CaseKeeper, createSending } from './sending.ts';

export interface CaseTool extends CaseKeeper {
  name: string;
  state(id: string): Promise<Result<EntryState>>;
  health(): Promise<Health>;
  /** Names of the files that an entry holds, as far as they are ours to know. */
  filesOf(id: string): Promise<Result<string[]>>;
  /** `note`: who brought it, in words for the office. `unknown` when it was sent and no answer came. */
  attach(id: string, file: { name: string; contentType: string; content: Uint8Array; note: string }): Promise<Result<void>>;
}

export async function createToolCases({ database, now = Date.now }: CasesParts, tool: CaseTool): Promise<Cases> {
  const facts = await createFacts(database);
  const sending = createSending({ database, now, keeper: tool });
  const { read } = database;

  /** Nothing of a case is told that the tool does not have. */
  async function told(row: CaseFileTable): Promise<Result<Case>> {
    const entry = await sending.entryOf(row);
    if (entry.kind !== 'ok') return entry;
    const state = await tool.state(entry.value);
    return state.kind === 'ok' ? ok(asCase(row, state.value, dayOf(now()), dayOf)) : state;
  }

  return {
    name: tool.name,
    capabilities: () => new Set(['open', 'find', 'list', 'attach']),
    health: tool.health,
    async find({ number, year }, proof) {
      const row = await read.selectFrom('case_file').selectAll().where('year', '=', year).where('number', '=', number).executeTakeFirst();
      const right = proves(facts, proof, row ? (JSON.parse(row.facts) as string[]) : [facts.fiscalCode('')]);
      return row && right ? told(row) : { kind: 'not_found' };
    },
    async open(request, key) {
      const opened = await openCase({ database, facts, now }, request, key);
      if (opened.kind !== 'ok') return opened;
      const row = await read.selectFrom('case_file').selectAll().where('request_key', '=', key).executeTakeFirstOrThrow();
      const sent = await sending.send(row, request);
      if (sent.kind !== 'ok') return sent;
      const state = await told(row);
      // It is there: whoever opened it gets its number, even if the tool is too busy to say how it stands.
      return state.kind === 'down' || state.kind === 'retry_after' ? ok(toCase(row, dayOf(now()))) : state;
    },
    async list({ fiscalCode }) {
      const rows = await read
        .selectFrom('case_file')
        .selectAll()
        .where('person', '=', facts.fiscalCode(fiscalCode))
        .orderBy('received_on', 'desc')
        .orderBy('number', 'desc')
        .execute();
      const found = await Promise.all(rows.map(told));
      const trouble = found.find(({ kind }) => kind !== 'ok' && kind !== 'not_found');
      if (trouble && trouble.kind !== 'ok') return trouble;
      return ok(found.flatMap((one) => (one.kind === 'ok' ? [one.value] : [])));
    },
    async lookup(key) {
      const row = await read.selectFrom('case_file').selectAll().where('request_key', '=', key).executeTakeFirst();
      return row ? told(row) : { kind: 'not_found' };
    },
    async attach(key, file) {
      const row = await read.selectFrom('case_file').selectAll().where('request_key', '=', key).executeTakeFirst();
      if (!row) return { kind: 'not_found' };
      const entry = await sending.entryOf(row);
      if (entry.kind !== 'ok') return entry;
      // A try before may have come through though nobody heard of it.
      const there = await tool.filesOf(entry.value);
      if (there.kind !== 'ok') return there;
      if (there.value.some((name) => isNamed(name, file.id))) return ok(undefined);
      const name = nameInTool(file);
      const note = `Allegato alla pratica ${row.number}/${row.year}, domanda «${file.question}»: ${name.replace(/^\S+ /, '')}`;
      const { contentType, content } = file;
      return tool.attach(entry.value, { name, contentType: contentType.split(';')[0]?.trim() ?? '', content, note });
    },
    close: async () => {},
  };
}
