import { expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import openEmbedded from '../../connectors/databases/embedded.ts';
import { temporary } from '../../connectors/databases/fixtures/engines.ts';
import { createPageReads } from './page-use.ts';

test('openings of a page that could not be written are written the next time, with those that came since', async () => {
  const real = await openEmbedded({ dataDir: temporary() });
  let isAway = true;
  const write: Database['write'] = (work) => (isAway ? Promise.reject(new Error('Connection terminated unexpectedly')) : real.write(work));
  const reads = createPageReads({ ...real, write });
  reads.note('anagrafe');
  reads.note('anagrafe');
  await expect(reads.flush()).rejects.toThrow('Connection terminated');
  isAway = false;
  reads.note('anagrafe');
  await reads.flush(new Date('2026-11-26T10:00:00Z'));
  expect(await real.read.selectFrom('page_read').selectAll().execute()).toEqual([{ document_id: 'anagrafe', month: '2026-11', count: 3 }]);
  await real.close();
});
