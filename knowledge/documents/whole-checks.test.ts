/** What a console says of all the pages together: links that lead nowhere, pages of no use, translations left behind. */
import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import openDatabase from '../../connectors/databases/embedded.ts';
import { checkAll } from './all-checks.ts';
import { prepareMarkdown, saveDraft } from './draft.ts';
import { createLinkChecks } from './links.ts';
import { createPageReads } from './page-use.ts';
import { putInForce } from './put-in-force.ts';
import { setTranslation } from './translations.ts';

let database: Database;
let site: Server;
let here = '';
let asked: string[] = [];
const author = { id: 'a', name: 'Anna' };
const MONTHS_AGO = new Date(Date.now() - 60 * 86_400_000);

beforeAll(async () => {
  database = await openDatabase({ dataDir: mkdtempSync(path.join(tmpdir(), 'sportello-checks-')) });
  site = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.statusCode =
      request.url === '/c-e'
        ? 200
        : request.url?.startsWith('/rotto')
          ? 500
          : request.url === '/senza-head' && request.method === 'HEAD'
            ? 405
            : 404;
    if (request.url === '/senza-head' && request.method === 'GET') response.statusCode = 200;
    response.end();
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', () => resolve()));
  here = `http://127.0.0.1:${(site.address() as { port: number }).port}`;
});
afterAll(async () => {
  await database.close();
  site.close();
});

async function publish(id: string, lang: string, text: string, now = MONTHS_AGO): Promise<void> {
  const meta = { id, title: id, lang, office: 'URP', audience: 'citizen' as const, sourceUrl: null, validFrom: null, validUntil: null };
  const prepared = await prepareMarkdown(text, { ...meta, updatedOn: '2026-01-01', owner: 'a', reviewBy: '2030-01-01' }, `editor:${id}`);
  const version = await saveDraft(database, prepared, { markdown: text, phrasings: [], author }, now);
  await putInForce(database, id, version, {}, now);
}
const found = async (kind: string) =>
  (await checkAll(database, '2026-11-26', null)).flatMap(({ documentId, findings }) =>
    findings.filter((one) => one.kind === kind).map(({ detail }) => `${documentId}: ${detail}`),
  );

test('addresses are asked once a week, by HEAD where that is known; gone is said at once, a bad day only the second time; nothing inside the network', async () => {
  await publish(
    'link',
    'it',
    `# Link\n\nVedi ${here}/c-e e ${here}/sparito e ${here}/rotto e ${here}/senza-head.\n\nAnche http://10.0.0.1/segreto e https://www.comune.example/x.\n`,
  );
  const links = createLinkChecks({ database, allow: [here.replace('http://', '')], pauseMs: 0 });
  const now = new Date();
  expect(await links.checkDue(50, now)).toBe(5);
  expect(asked.sort()).toEqual(['GET /senza-head', 'GET /sparito', 'HEAD /c-e', 'HEAD /rotto', 'HEAD /senza-head', 'HEAD /sparito']);
  expect((await found('broken-link')).sort()).toEqual([
    expect.stringMatching(/10\.0\.0\.1\/segreto: .*interno/),
    `link: ${here}/sparito: risponde 404`,
  ]);
  asked = [];
  expect(await links.checkDue(50, new Date(now.getTime() + 3_600_000))).toBe(0);
  expect(await links.checkDue(50, new Date(now.getTime() + 25 * 3_600_000))).toBe(1);
  expect(asked).toEqual(['HEAD /rotto']);
  expect(await found('broken-link')).toContain(`link: ${here}/rotto: risponde 500`);
});

test('a translation falls behind when its original changes, and only then; languages others have are missed', async () => {
  await publish('anagrafe', 'it', '# Anagrafe\n\nIl certificato costa 1 euro.\n');
  await publish('tributi', 'it', '# Tributi\n\nLa tassa si paga a giugno.\n');
  await publish('registry', 'en', '# Registry\n\nThe certificate costs 1 euro.\n');
  await database.write((tx) => setTranslation(tx, 'registry', 'anagrafe'));
  expect(await found('stale-translation')).toEqual([]);
  expect(await found('missing-language')).toEqual(['link: inglese', 'tributi: inglese']);
  await publish('anagrafe', 'it', '# Anagrafe\n\nIl certificato costa 2 euro.\n');
  expect(await found('stale-translation')).toEqual([expect.stringMatching(/^registry: .*«anagrafe»/)]);
  await database.write((tx) => setTranslation(tx, 'registry', 'anagrafe'));
  expect(await found('stale-translation')).toEqual([]);
});

test('a page that no answer cites and nobody opens is told, once there are answers to judge by', async () => {
  expect(await found('unused')).toEqual([]);
  const json = JSON.stringify({ outcome: 'answered', citations: [{ documentId: 'anagrafe' }] });
  await database.write(async (tx) => {
    for (let i = 0; i < 60; i++)
      await tx
        .insertInto('answer')
        .values({
          id: `r${i}`,
          conversation_id: 'c',
          message_id: `m${i}`,
          question: 'q',
          lang: 'it',
          outcome: 'answered',
          reason: '',
          json,
          created_at: new Date(Date.now() - i * 1000).toISOString(),
        })
        .execute();
  });
  const reads = createPageReads(database);
  reads.note('tributi');
  reads.note('tributi');
  await reads.flush();
  await publish('nuova', 'it', '# Nuova\n\nAppena pubblicata.\n', new Date());
  expect((await found('unused')).map((line) => line.split(':')[0])).toEqual(['link', 'registry']);
  expect(await database.read.selectFrom('page_read').select(['document_id', 'count']).execute()).toEqual([
    { document_id: 'tributi', count: 2 },
  ]);
});

test('a host that is down for days is told even when nothing else is due; a line of our own that is down is not', async () => {
  const allow = [here.replace('http://', ''), '127.0.0.1:1', '127.0.0.1:2', '127.0.0.1:3'];
  const links = createLinkChecks({ database, allow, pauseMs: 0 });
  const later = (hours: number) => new Date(Date.now() + hours * 3_600_000);
  await publish('guasti', 'it', `# Guasti\n\nVedi ${here}/rotto-1 e ${here}/rotto-2 e ${here}/rotto-3.\n`);
  expect(await links.checkDue(50, later(27))).toBe(3);
  expect(await found('broken-link')).not.toContain(`guasti: ${here}/rotto-1: risponde 500`);
  await links.checkDue(50, later(53));
  expect(await found('broken-link')).toContain(`guasti: ${here}/rotto-1: risponde 500`);

  await publish('altrove', 'it', '# Altrove\n\nVedi http://127.0.0.1:1/a e http://127.0.0.1:2/a e http://127.0.0.1:3/a.\n');
  expect(await links.checkDue(50, later(54))).toBe(3);
  await links.checkDue(50, later(80));
  expect((await found('broken-link')).filter((line) => line.startsWith('altrove'))).toEqual([]);
});
