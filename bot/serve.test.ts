/** A start whose database goes away half-way. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../scripts/bench/server-process.ts';
import { assemble } from './assemble.ts';
import { serve } from './serve.ts';

test('a start that fails ends before anybody can knock', async () => {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), 'sportello-serve-'));
  const environment = { DATA_DIR: folder, DEMO: 'false', PORT: String(port), HOST: '127.0.0.1' };
  const sportello = await assemble(environment, { progress() {}, logLevel: 'silent' });
  const { read } = sportello.database;
  const away = new Proxy(read, {
    get(target, key) {
      const value = Reflect.get(target, key);
      if (key !== 'selectFrom') return value;
      return (...table: unknown[]) => {
        if (table[0] === 'staff_user') throw new Error('the database is away');
        return value.apply(target, table);
      };
    },
  });
  const failed = serve({ ...sportello, database: { ...sportello.database, read: away } });
  await expect(failed).rejects.toThrow('the database is away');
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  await sportello.close();
});
