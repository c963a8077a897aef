/** Crawling against a real server on this machine, and what ingest makes of it. */
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import openDatabase from '../../connectors/databases/embedded.ts';
import openExtractive from '../composers/extractive.ts';
import openIndex from '../indexes/embedded.ts';
import { createKnowledge, type Knowledge } from '../knowledge.ts';
import it from '../languages/it.ts';
import { type CrawlOptions, crawl } from './crawl.ts';

type Answer = string | { status?: number; headers?: Record<string, string>; body?: string | Buffer };
let pages: Record<string, Answer> = {};
let asked: string[] = [];
let server: Server;
let here = '';
let database: Database;
let knowledge: Knowledge;

const html = (title: string, body = '') =>
  `<html lang="it"><body><main><h1>${title}</h1><p>Questa pagina parla di ${title} e di tutto ciò che serve sapere. ${body}</p></main></body></html>`;

function respond(address: string, mark: string | undefined, response: ServerResponse): void {
  const found = pages[address];
  if (found === undefined) return void response.writeHead(404).end();
  const { status = 200, headers = {}, body = '' } = typeof found === 'string' ? { body: found } : found;
  const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
  if (mark === etag) return void response.writeHead(304).end();
  response.writeHead(status, { 'content-type': 'text/html', ...(status === 200 ? { etag } : {}), ...headers }).end(body);
}

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.url}${request.headers['if-none-match'] ? ' if changed' : ''}`);
    respond(request.url ?? '', request.headers['if-none-match'], response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  here = `127.0.0.1:${(server.address() as { port: number }).port}`;
});
beforeEach(async () => {
  await knowledge?.close();
  await database?.close();
  database = await openDatabase({ dataDir: mkdtempSync(path.join(tmpdir(), 'sportello-crawl-')) });
  knowledge = await createKnowledge({
    database,
    index: openIndex(),
    composer: openExtractive(),
    languages: [it()],
    onSurprise(error) {
      throw error;
    },
    allow: [here],
  });
  pages = {};
  asked = [];
});
afterAll(async () => {
  await knowledge.close();
  await database.close();
  server.close();
});

async function run(start: string, options: Partial<CrawlOptions> = {}): Promise<string[]> {
  const found: string[] = [];
  for await (const page of crawl(start, { database, allow: [here], delayMs: 0, ...options })) {
    found.push(`${new URL(page.url).pathname} ${'failed' in page ? page.failed : 'unchanged' in page ? 'unchanged' : 'read'}`);
    if ('stored' in page) await page.stored(new URL(page.url).pathname.slice(1));
  }
  return found.sort();
}
const ingest = (address: string, more: { wholeSite?: boolean; draft?: boolean; given?: { office?: string } } = {}) =>
  knowledge.ingest({ sources: [address], given: {}, ...more });
const published = () =>
  database.read
    .selectFrom('document_version')
    .select(['document_id', 'version', 'office'])
    .where('status', '=', 'published')
    .orderBy('document_id')
    .execute();

test('a sitemap within a sitemap, packed: robots obeyed, other hosts left alone, unchanged pages not sent again, the inside never reached', async () => {
  pages = {
    '/robots.txt': 'User-agent: *\nDisallow: /segreto',
    '/sitemap.xml': `<?xml version="1.0"?><sitemapindex><sitemap><loc>http://${here}/pages.xml.gz</loc></sitemap></sitemapindex>`,
    '/pages.xml.gz': {
      headers: { 'content-type': 'application/gzip' },
      body: gzipSync(
        `<urlset>${['a', 'segreto', 'dentro', 'nascosta', 'mancante'].map((name) => `<url><loc>http://${here}/${name}</loc></url>`).join('')}<url><loc>http://altro.example/</loc></url></urlset>`,
      ),
    },
    '/a': html('a'),
    '/segreto': html('segreto'),
    '/dentro': { status: 302, headers: { location: 'http://10.0.0.1/' } },
    '/nascosta': { status: 302, headers: { location: '/segreto' } },
  };
  expect(await run(`http://${here}/sitemap.xml`)).toEqual([
    '/a read',
    expect.stringMatching(/^\/dentro 10\.0\.0\.1 è un indirizzo interno/),
    expect.stringMatching(/^\/mancante risponde 404/),
    expect.stringMatching(/^\/nascosta rimanda a .*robots/),
    expect.stringMatching(/^\/segreto robots/),
  ]);
  expect((await run(`http://${here}/sitemap.xml`))[0]).toBe('/a unchanged');
});

test('a page deep in the site is read again when it changes, although the pages that lead to it have not', async () => {
  pages = {
    '/': html('inizio', '<a href="uno/">uno</a> <a href="/vecchio">vecchio</a> <a href="https://altrove.example/x">fuori</a>'),
    '/uno/': html('uno', '<a href="due.html#sotto">due</a> <a href="foto.jpg">foto</a>'),
    '/uno/due.html': html('due', 'Il biglietto costa 5 euro.'),
    '/vecchio': { status: 301, headers: { location: '/uno/' } },
  };
  expect(await ingest(`http://${here}/`, { wholeSite: true })).toMatchObject({ documents: 3, skipped: [] });
  expect((await published()).map((row) => row.document_id)).toEqual(['home', 'uno', 'uno-due']);
  pages['/uno/due.html'] = html('due', 'Il biglietto costa 6 euro.');
  asked = [];
  expect(await ingest(`http://${here}/`, { wholeSite: true })).toMatchObject({ documents: 3, skipped: [] });
  expect(asked).toEqual(expect.arrayContaining(['/ if changed', '/uno/ if changed', '/uno/due.html if changed']));
  expect(await published()).toMatchObject([
    { document_id: 'home', version: 1 },
    { document_id: 'uno', version: 1 },
    { document_id: 'uno-due', version: 2 },
  ]);
});

test('pages that differ only after the question mark are two documents, at every run', async () => {
  pages = {
    '/': html('inizio', '<a href="/scheda?id=1">1</a> <a href="/scheda?id=2">2</a>'),
    '/scheda?id=1': html('anagrafe'),
    '/scheda?id=2': html('tributi'),
  };
  await ingest(`http://${here}/`, { wholeSite: true });
  const first = await published();
  expect(first.map((row) => row.document_id)).toEqual(['home', 'scheda-id-1', 'scheda-id-2']);
  await ingest(`http://${here}/`, { wholeSite: true });
  expect(await published()).toEqual(first);
});

test('a page is asked for again in full until it is in force as this run wants it', async () => {
  const address = `http://${here}/orari`;
  pages = { '/orari': html('orari') };
  await ingest(address, { draft: true });
  expect(await published()).toEqual([]);
  await ingest(address);
  expect(await published()).toMatchObject([{ document_id: 'orari', office: '' }]);
  await ingest(address, { given: { office: 'URP' } });
  expect(await published()).toMatchObject([{ document_id: 'orari', office: 'URP' }]);
  asked = [];
  await ingest(address);
  expect(asked).toContain('/orari if changed');
  // A withdrawal outlives the next reading of the same page.
  await knowledge.withdraw('orari');
  expect((await ingest(address)).skipped).toMatchObject([{ reason: expect.stringMatching(/resta ritirata/) }]);
  expect(await published()).toHaveLength(0);
});

test('what could not be stored is not taken for read', async () => {
  const address = `http://${here}/vuota`;
  pages = { '/vuota': '<html><body></body></html>' };
  expect((await ingest(address)).skipped).toMatchObject([{ source: address, reason: expect.stringMatching(/non contiene testo/) }]);
  asked = [];
  await ingest(address);
  expect(asked).toContain('/vuota');
});

test('the limit of pages is told; a bad address is one line', async () => {
  pages = { '/': html('inizio', ['a', 'b', 'c'].map((name) => `<a href="/${name}">x</a>`).join('')), '/a': html('a') };
  expect(await run(`http://${here}/`, { wholeSite: true, mostPages: 2 })).toEqual([
    expect.stringMatching(/^\/ read/),
    expect.stringMatching(/^\/ restano 2 pagine non lette: il limite è 2/),
    '/a read',
  ]);
  const { skipped } = await knowledge.ingest({ sources: ['http://', 'http://10.0.0.1/', 'file:///etc/passwd'], given: {} });
  expect(skipped.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/solo indirizzi http/),
    expect.stringMatching(/non è un indirizzo/),
    expect.stringMatching(/indirizzo interno/),
  ]);
});

test('a name that leads inside is not crawled', async () => {
  const lookup = ((_name: string, _options: unknown, callback: (error: null, found: { address: string; family: number }[]) => void) =>
    callback(null, [{ address: '127.0.0.1', family: 4 }])) as never;
  expect(await run('http://innocuo.example/', { lookup })).toEqual([
    expect.stringMatching(/innocuo\.example porta a un indirizzo interno/),
  ]);
  expect(asked).toEqual([]);
});
