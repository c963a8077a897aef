import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Database } from '../../../connectors/databases/contract.ts';
import openEmbedded from '../../../connectors/databases/embedded.ts';
import { temporary } from '../../../connectors/databases/fixtures/engines.ts';
import { createMedia } from './media.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

test('the database goes away while a file is fetched: it is fetched again by itself, whether or not another one comes', async () => {
  const dataDir = temporary();
  const real = await openEmbedded({ dataDir });
  let isAway = false;
  let refused = 0;
  const write: Database['write'] = async (work) => {
    if (!isAway) return real.write(work);
    refused++;
    throw new Error('Connection terminated unexpectedly');
  };
  let fetched = 0;
  const media = createMedia({
    database: { ...real, write },
    dataDir,
    channel: 'telegram',
    async fetchFile() {
      isAway = fetched++ === 0;
      return PNG;
    },
    log: { warn() {} },
  });
  const { also } = media.note('c', [{ reference: randomUUID(), name: 'foto.png', contentType: 'image/png' }], '', new Date().toISOString());
  await real.write(also);
  media.fetchAll();
  // The file, and the note that it failed.
  await expect.poll(() => refused).toBe(2);
  isAway = false;
  const left = () => real.read.selectFrom('channel_media').selectAll().execute();
  await expect.poll(left).toEqual([]);
  expect(fetched).toBe(2);
  await media.stop();
  await real.close();
});
