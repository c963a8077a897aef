/** A tool that takes a case and then cannot say how it stands. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../databases/contract.ts';
import openDatabase from '../../databases/embedded.ts';
import { temporary } from '../../databases/fixtures/engines.ts';
import { ok, type Result } from '../../result.ts';
import type { CaseRequest, Proof } from '../contract.ts';
import { createToolCases } from './plug.ts';
import type { EntryState } from './read.ts';

const person = { fiscalCode: 'GDUMRT84E52D612J', surname: 'Guidi', birthDate: '1984-05-12' };
const request: CaseRequest = { subject: 'Cambio di residenza', office: 'Servizi demografici', person };
const proof: Proof = { kind: 'fiscal_code', fiscalCode: person.fiscalCode };

let database: Database;
beforeEach(async () => {
  database = await openDatabase({ dataDir: temporary() });
});
afterEach(() => database.close());

test.each([{ kind: 'down', reason: 'aborted due to timeout' } as const, { kind: 'retry_after', seconds: 7 } as const])(
  'opened and then not read ($kind): the citizen has the number, one entry is made, and what is asked later is not guessed',
  async (trouble) => {
    let state: Result<EntryState> = trouble;
    let made = 0;
    const cases = await createToolCases(
      { database, now: () => Date.parse('2026-11-25T10:00:00Z') },
      {
        name: 'prova',
        create: async () => {
          made += 1;
          return ok(`T${made}`);
        },
        find: async () => ({ kind: 'not_found' }),
        state: async () => state,
        health: async () => ({ state: 'up', detail: '' }),
        filesOf: async () => ok([]),
        attach: async () => ok(undefined),
      },
    );
    const opened = await cases.open(request, 'k1');
    expect(opened).toMatchObject({ kind: 'ok', value: { status: 'received', receivedOn: '2026-11-25', year: 2026 } });
    if (opened.kind !== 'ok') return;
    expect(await cases.open(request, 'k1')).toEqual(opened);
    expect(made).toBe(1);
    expect(await cases.find(opened.value, proof)).toEqual(trouble);
    state = { kind: 'not_found' };
    expect((await cases.open(request, 'k1')).kind).toBe('not_found');
  },
);
