/** Sites read again by themselves, against a real site on this machine: what changed arrives as drafts with the answers it touches. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Reply, startConsole } from './fixtures/console.ts';

type Call = (method: string, path: string, body?: unknown) => Promise<Reply>;
interface Change {
  id: string;
  documentId: string;
  kind: string;
  failed: string[];
  touched: number;
  to: number;
}
let house: Awaited<ReturnType<typeof startConsole>>;
let anna: Call;
let site: Server;
let here = '';
let pages: Record<string, string> = {};
let asked: string[] = [];

const html = (title: string, body: string) => `<html lang="it"><body><main><h1>${title}</h1>${body}</main></body></html>`;
const sitemap = (...paths: string[]) =>
  `<?xml version="1.0"?><urlset>${paths.map((path) => `<url><loc>http://${here}${path}</loc></url>`).join('')}</urlset>`;
const SERRA = (price: string) =>
  html(
    'Serra comunale',
    `<h2>Costi</h2><p>Il biglietto della serra comunale costa ${price} euro.</p><h2>Orari</h2><p>La serra comunale apre alle 9:00.</p>`,
  );
const VOLIERA = html('Voliera', '<h2>Orari</h2><p>La voliera comunale apre alle 10:00 e chiude alle 12:00.</p>');

beforeAll(async () => {
  site = createServer((request, response) => {
    const mark = request.headers['if-none-match'];
    const address = request.url ?? '';
    const body = pages[address];
    asked.push(`${request.url}${mark ? ' if changed' : ''}`);
    const etag = `"${createHash('sha256')
      .update(body ?? '')
      .digest('hex')}"`;
    response.statusCode = body === undefined ? 404 : mark === etag ? 304 : 200;
    response.setHeader('content-type', /xml$/.test(address) ? 'application/xml' : 'text/html');
    response.setHeader('x-wp-totalpages', String(Object.keys(pages).filter((path) => path.startsWith('/wp-json/')).length));
    response.setHeader('etag', etag);
    response.end(response.statusCode === 200 ? body : '');
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', () => resolve()));
  here = `127.0.0.1:${(site.address() as { port: number }).port}`;
  house = await startConsole({ CRAWL_HOSTS: here });
  anna = await house.signIn('Anna Redattrice');
});
afterAll(async () => {
  await house?.serving.stop();
  site?.close();
});

async function read(id: string): Promise<{ changes: Change[]; skipped: { reason: string }[] }> {
  const sourceOf = async () => {
    const { sources, changes } = (await anna('GET', '/api/sources')).body as unknown as {
      sources: { id: string; lastAt: string | null; reading: boolean; lastResult: { skipped: [] } | null }[];
      changes: Change[];
    };
    return { ...sources.find((one) => one.id === id), changes };
  };
  const before = (await sourceOf()).lastAt;
  expect((await anna('POST', `/api/sources/${id}/read`, {})).status).toBe(202);
  return vi.waitFor(
    async () => {
      const source = await sourceOf();
      expect(source.lastAt).not.toBe(before);
      return { changes: source.changes, skipped: source.lastResult?.skipped ?? [] };
    },
    { timeout: 30_000 },
  );
}
const add = async (path: string, more: object = {}): Promise<string> => {
  const made = await anna('POST', '/api/sources', { url: `http://${here}${path}`, ...more });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return (made.body as unknown as { id: string }).id;
};
const ask = (text: string) =>
  house.sportello.knowledge.answerQuestion({ text, lang: 'it', history: [], at: house.sportello.today(), audience: 'citizen' });

test('what changed waits as a draft, with its lines and the answers it touches; set aside, it does not come back', {
  timeout: 120_000,
}, async () => {
  pages = { '/sitemap.xml': sitemap('/serra', '/voliera'), '/serra': SERRA('3'), '/voliera': VOLIERA };
  const id = await add('/sitemap.xml', { office: 'Verde' });
  const first = await read(id);
  expect(first.changes.map(({ documentId, kind, touched }) => `${documentId} ${kind} ${touched}`).sort()).toEqual([
    'serra new 0',
    'voliera new 0',
  ]);
  expect((await ask('Quanto costa la serra comunale?')).outcome).not.toBe('answered');
  for (const page of ['serra', 'voliera']) expect((await anna('POST', `/api/documents/${page}/publish`, {})).status).toBe(200);
  expect((await anna('GET', '/api/documents/serra')).body).toMatchObject({
    office: 'Verde',
    published: { text: expect.stringContaining('3 euro') },
  });

  const citizen = await house.citizen();
  expect((await citizen.say('Quanto costa il biglietto della serra comunale?')).text).toContain('3 euro');
  asked = [];
  expect((await read(id)).changes).toEqual([]);
  expect(asked).toContain('/serra if changed');

  pages['/serra'] = SERRA('5');
  const { changes } = await read(id);
  expect(changes).toMatchObject([{ documentId: 'serra', kind: 'changed', touched: 1, to: 2 }]);
  const explained = (await anna('GET', `/api/sources/changes/${changes[0]?.id}`)).body as unknown as {
    lines: { kind: string; text: string }[];
    answers: { question: string; lost: string[] }[];
  };
  expect(explained.lines.filter(({ kind }) => kind !== 'same').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'removed Il biglietto della serra comunale costa 3 euro.',
    'added Il biglietto della serra comunale costa 5 euro.',
  ]);
  expect(explained.answers).toMatchObject([
    { question: 'Quanto costa il biglietto della serra comunale?', lost: [expect.stringContaining('3 euro')] },
  ]);
  expect((await ask('Quanto costa il biglietto della serra comunale?')).text).toContain('3 euro');

  expect((await anna('POST', `/api/sources/changes/${changes[0]?.id}/drop`, {})).status).toBe(200);
  expect((await anna('GET', '/api/documents/serra')).body.draft).toBeNull();
  pages['/serra'] = SERRA('5').replace('</html>', ' </html>');
  expect((await read(id)).changes).toEqual([]);
});

test('a page gone from the site is told once and stays until a person withdraws it', { timeout: 120_000 }, async () => {
  pages = {
    '/sitemap.xml': sitemap('/serra', '/altro'),
    '/serra': SERRA('3'),
    '/altro': html('Altro', '<p>Un’altra pagina del sito del verde.</p>'),
  };
  const id = ((await anna('GET', '/api/sources')).body as unknown as { sources: { id: string }[] }).sources[0]?.id ?? '';
  const gone = (await read(id)).changes.find(({ kind }) => kind === 'gone');
  expect(gone).toMatchObject({ documentId: 'voliera' });
  expect((await anna('GET', '/api/documents/voliera')).body.published).toMatchObject({ status: 'published' });
  expect((await anna('POST', `/api/sources/changes/${gone?.id}/drop`, {})).status).toBe(200);
  expect((await read(id)).changes.map(({ kind }) => kind)).not.toContain('gone');
});

test('a source that publishes by itself does so only with what passes the checks, and is audited', { timeout: 120_000 }, async () => {
  const GELSO = (how: string) =>
    html('Gelso', `<h2>Costi</h2><p>${how}</p><h2>Dove</h2><p>Il gelso monumentale si trova in piazza del Mercato.</p>`);
  pages = { '/gelso': GELSO('La visita al gelso monumentale costa 4 euro.') };
  const id = await add('/gelso', { publish: true, office: 'Verde' });
  await read(id);
  expect((await ask('Quanto costa la visita al gelso monumentale?')).text).toContain('4 euro');
  const audited = await house.sportello.database.read.selectFrom('audit').selectAll().where('actor', '=', `source:${id}`).execute();
  expect(audited).toMatchObject([{ action: 'document.publish', subject: 'gelso' }]);
  await anna('POST', '/api/documents/gelso/tests', { question: 'Quanto costa visitare il gelso monumentale?' });
  pages['/gelso'] = GELSO('Le visite guidate del parco sono sospese.');
  const { changes } = await read(id);
  expect(changes.filter(({ documentId }) => documentId === 'gelso')).toMatchObject([
    { kind: 'changed', failed: [expect.stringContaining('visitare')] },
  ]);
  expect((await ask('Quanto costa la visita al gelso monumentale?')).text).toContain('4 euro');
});

test('a draft that a person writes is never written over', { timeout: 120_000 }, async () => {
  const id = ((await anna('GET', '/api/sources')).body as unknown as { sources: { id: string; url: string }[] }).sources.find(({ url }) =>
    url.endsWith('/gelso'),
  )?.id as string;
  expect((await anna('PUT', '/api/documents/gelso/draft', { markdown: '# Gelso\n\nScrivo io del gelso.' })).status).toBe(200);
  pages['/gelso'] = html('Gelso', '<p>Il gelso monumentale è stato potato di nuovo.</p>');
  expect((await read(id)).skipped).toMatchObject([{ reason: expect.stringContaining('bozza') }]);
  expect((await anna('GET', '/api/documents/gelso')).body.draft.text).toContain('Scrivo io');
});

test('a source of another office that comes by a page does not make it that office’s', { timeout: 120_000 }, async () => {
  const OLMO = (price: string) => html('Olmo', `<h2>Costi</h2><p>La visita all’olmo comunale costa ${price} euro.</p>`);
  pages = { '/olmo': OLMO('5'), '/altri.xml': sitemap('/olmo') };
  await read(await add('/olmo', { publish: true, office: 'Verde' }));
  pages['/olmo'] = OLMO('6');
  await read(await add('/altri.xml', { publish: true, office: 'Ragioneria' }));
  expect((await ask('Quanto costa la visita all’olmo comunale?')).text).toContain('6 euro');
  expect((await anna('GET', '/api/documents/olmo')).body.office).toBe('Verde');
});

test('the services of a WordPress site arrive as cards, from their fields or from their pages; one that is taken off the site is told', {
  timeout: 120_000,
}, async () => {
  // The shapes a site may answer with: fields shown in boxes, the theme as it comes, WordPress' own objects.
  const passport = {
    id: 7,
    title: { rendered: 'Passaporto per l&#8217;asino' },
    link: `http://${here}/servizi/passaporto-asino/`,
    modified_gmt: '2026-10-01T08:00:00',
    cmb2: {
      _dci_servizio_box_destinatari: { _dci_servizio_a_chi_e_rivolto: '<p>A chi ha un <strong>asino</strong>.</p>' },
      _dci_servizio_box_accesso: {
        _dci_servizio_come_fare: '<p>Presentati allo sportello con l’asino.</p>',
        _dci_servizio_cosa_serve_list: ['Una foto dell’asino', 'Il libretto sanitario'],
        _dci_servizio_output: '',
      },
      _dci_servizio_box_costi: { _dci_servizio_costi: '<p>Il passaporto per l’asino costa 16 euro.</p>' },
    },
  };
  const listed = {
    id: 8,
    title: { rendered: 'Carro funebre' },
    link: `http://${here}/servizi/carro/`,
    modified_gmt: '2026-10-02T08:00:00',
  };
  const plain = {
    ID: 9,
    post_title: 'Fiera',
    guid: `http://${here}/servizi/fiera/`,
    post_modified_gmt: '2026-10-03T08:00:00',
    link: undefined,
  };
  const list = (page: number, items: object[]) => {
    pages[`/wp-json/wp/v2/servizi?per_page=100&page=${page}`] = JSON.stringify(items);
  };
  pages = {
    '/servizi/carro/': html(
      'Carro funebre',
      '<p>Il carro funebre comunale si chiede tre giorni prima al cimitero, con il certificato di morte e un documento.</p>',
    ),
    '/servizi/fiera/': html(
      'Fiera',
      '<p>Chi vuole un banco alla fiera del patrono lo chiede entro il 30 aprile di ogni anno all’ufficio commercio.</p>',
    ),
    '/servizi/passaporto-asino/': html('Passaporto', '<p>Pagina pubblica.</p>'),
  };
  list(1, [passport, listed]);
  list(2, [plain]);
  const id = await add('/', { kind: 'wordpress', office: 'Servizi' });
  const first = (await read(id)).changes.filter(({ documentId }) => documentId.startsWith('servizi-'));
  expect(first.map(({ documentId }) => documentId).sort()).toEqual(['servizi-carro', 'servizi-fiera', 'servizi-passaporto-asino']);
  const card = (await anna('GET', '/api/documents/servizi-passaporto-asino')).body.draft as unknown as Record<string, string>;
  expect(card).toMatchObject({ title: 'Passaporto per l’asino', updatedOn: '2026-10-01', sourceUrl: passport.link, office: 'Servizi' });
  expect(card['text']).toMatch(
    /A chi è rivolto\n+A chi ha un asino\.[\s\S]*Cosa serve\n[\s\S]*libretto sanitario[\s\S]*Costi\n+Il passaporto per l’asino costa 16 euro/,
  );
  expect(card['text']).not.toContain('Cosa si ottiene');
  for (const page of ['passaporto-asino', 'carro', 'fiera'])
    expect((await anna('POST', `/api/documents/servizi-${page}/publish`, {})).status).toBe(200);

  asked = [];
  passport.cmb2._dci_servizio_box_costi._dci_servizio_costi = '<p>Il passaporto per l’asino costa 20 euro.</p>';
  list(1, [passport]);
  delete pages['/servizi/carro/'];
  const next = (await read(id)).changes.filter(({ documentId }) => documentId.startsWith('servizi-'));
  expect(next.map(({ documentId, kind }) => `${documentId} ${kind}`).sort()).toEqual([
    'servizi-carro gone',
    'servizi-passaporto-asino changed',
  ]);
  expect(asked).not.toContain('/servizi/fiera/');
});

test('an address inside the network is refused, and another office’s sources are not one’s own', async () => {
  expect((await anna('POST', '/api/sources', { url: 'http://169.254.169.254/latest' })).body.error.code).toBe('AddressRefused');
  const bruno = await house.signIn('Bruno Tributi');
  expect((await bruno('POST', '/api/sources', { url: `http://${here}/x`, office: 'Verde' })).status).toBe(403);
  const { sources } = (await bruno('GET', '/api/sources')).body as unknown as { sources: unknown[] };
  expect(sources).toEqual([]);
  const { sources: all } = (await anna('GET', '/api/sources')).body as unknown as { sources: { id: string }[] };
  expect((await bruno('POST', `/api/sources/${all[0]?.id}/read`, {})).status).toBe(403);
  expect((await bruno('DELETE', `/api/sources/${all[0]?.id}`, {})).status).toBe(403);
});
