/** Migrations that are interrupted, and started twice, on both engines. */
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { engines, temporary } from '../fixtures/engines.ts';

for (const engine of engines) {
  describe.skipIf(engine.why !== null)(engine.title, () => {
    beforeAll(() => engine.start());
    afterAll(() => engine.stop());
    const folders: string[] = [];
    afterEach(() => {
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    });
    /** Two small migrations; the second kills its process between two statements as long as `dying` exists. */
    function migrations(): { folder: string; dying: string } {
      const folder = temporary();
      folders.push(folder);
      const dying = join(folder, 'dying');
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
      writeFileSync(join(folder, '001-a.ts'), `export default () => ['create table a (x text)', "insert into a values ('1')"];`);
      writeFileSync(
        join(folder, '002-b.ts'),
        `import { existsSync } from 'node:fs';
         export default () => ({ *[Symbol.iterator]() {
           yield 'create table b (x text)'; yield "insert into b values ('1')";
           if (existsSync('${dying}')) process.kill(process.pid, 'SIGKILL');
           yield "insert into b values ('2')"; } });`,
      );
      return { folder, dying };
    }
    const run = (at: string, folder: string) =>
      new Promise<string>((resolve) => {
        const child = spawn(process.execPath, [join(import.meta.dirname, '../fixtures/open-and-hold.ts'), engine.name, at, folder], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        child.once('exit', (code, signal) => resolve(signal ?? String(code)));
      });

    test('killed in the middle, run again: everything once', async () => {
      const { folder, dying } = migrations();
      const at = await engine.place();
      writeFileSync(dying, '');
      expect(await run(at, folder)).toBe('SIGKILL');
      expect(await run(at, folder)).toBe('SIGKILL');
      rmSync(dying);
      expect(await run(at, folder)).toBe('0');
      const opened = await engine.open(at, folder);
      expect((await sql`select x from a`.execute(opened.read)).rows).toHaveLength(1);
      expect((await sql`select x from b`.execute(opened.read)).rows).toHaveLength(2);
      await opened.close();
    });

    test('two processes that start at once both come up', async () => {
      const { folder } = migrations();
      const at = await engine.place();
      expect(await Promise.all([run(at, folder), run(at, folder), run(at, folder)])).toEqual(['0', '0', '0']);
      const opened = await engine.open(at, folder);
      expect((await sql`select x from b`.execute(opened.read)).rows).toHaveLength(2);
      await opened.close();
    });
  });
}
