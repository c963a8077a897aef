/** The GeoReport v2 server over real HTTP, against the prose of the specification and, where it is at hand, the community's own answer schemas. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import openDatabase from '../../connectors/databases/embedded.ts';
import { saveCategories } from '../../connectors/reports/embedded/categories.ts';
import openReports from '../../connectors/reports/embedded.ts';
import { categories, NOW } from '../../connectors/reports/fixtures/plugs.ts';
import { createLimit } from '../http/limits.ts';
import { createServer, type RunningServer } from '../http/server.ts';
import { open311Routes } from './open311.ts';

let database: Database;
let server: RunningServer;
let base = '';
let now = NOW;

beforeEach(async () => {
  now = NOW;
  database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-311-')) });
  await saveCategories(database, categories);
  const reports = await openReports({ database, now: () => now });
  const routes = open311Routes({
    reports,
    keys: ['chiave', 'altra'],
    contact: () => 'URP',
    reads: createLimit(60, 60),
    writes: createLimit(20, 60),
  });
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  server = createServer({ routes, log, publicUrl: '', trustProxy: false, identify: async () => null });
  base = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}/open311/v2`;
});
afterEach(async () => {
  await server.close(100);
  await database.close();
});

const get = async (path: string) => {
  const reply = await fetch(`${base}/${path}`);
  return {
    status: reply.status,
    type: reply.headers.get('content-type'),
    text: await reply.text(),
    retry: reply.headers.get('retry-after'),
  };
};
const post = async (fields: string, format = 'json', headers: Record<string, string> = {}) => {
  const reply = await fetch(`${base}/requests.${format}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: fields,
  });
  return { status: reply.status, text: await reply.text() };
};
const FIELDS = 'api_key=chiave&service_code=buca&address_string=via+Roma+12&description=Buca+%26+fango';
const json = (text: string) => JSON.parse(text) as Record<string, unknown>[];

test('discovery and services, in JSON and XML', async () => {
  const services = await get('services.json');
  expect([services.status, services.type]).toEqual([200, 'application/json; charset=utf-8']);
  expect(json(services.text)).toEqual([
    {
      service_code: 'buca',
      service_name: 'Buca nella strada',
      description: '',
      metadata: false,
      type: 'realtime',
      keywords: 'voragine',
      group: 'Strade',
    },
    {
      service_code: 'luce',
      service_name: 'Lampione spento',
      description: '',
      metadata: true,
      type: 'realtime',
      keywords: '',
      group: 'Strade',
    },
  ]);
  const xml = await get('services.xml');
  expect(xml.type).toBe('text/xml; charset=utf-8');
  const page = load(xml.text, { xml: true });
  expect(
    page('services > service > service_code')
      .map((_, one) => page(one).text())
      .get(),
  ).toEqual(['buca', 'luce']);
  expect((JSON.parse((await get('discovery.json')).text) as { endpoints: { url: string }[] }).endpoints[0]?.url).toBe(base);
  expect((await get('discovery.xml')).text).toContain('<formats><format>text/xml</format><format>application/json</format></formats>');
});

test('what a service asks', async () => {
  expect(JSON.parse((await get('services/luce.json')).text)).toMatchObject({
    service_code: 'luce',
    attributes: [
      { variable: true, code: 'palo', datatype: 'string', required: true, order: 1, description: 'Numero del palo' },
      {
        code: 'tipo',
        values: [
          { key: 'spento', name: 'È spento' },
          { key: 'lampeggia', name: 'Lampeggia' },
        ],
      },
    ],
  });
  const page = load((await get('services/luce.xml')).text, { xml: true });
  expect(page('service_definition > attributes > attribute > values > value > key').first().text()).toBe('spento');
});

test('a request sent, read, and listed by id, service, status and time', async () => {
  const sent = await post(`${FIELDS}&email=a%40example.org&first_name=Anna`);
  expect(sent.status).toBe(200);
  const [{ service_request_id: id, service_notice }] = json(sent.text) as [{ service_request_id: string; service_notice: string }];
  expect([id, service_notice]).toEqual(['S1-2026', 'Di solito si sistema entro il 10/12/2026.']);
  now += 3_600_000;
  const second = await post(
    'api_key=altra&service_code=luce&lat=45.4642&long=9.19&attribute[palo]=7&attribute[tipo][]=spento&attribute[tipo][]=lampeggia',
    'xml',
  );
  expect(second.text).toContain('<service_requests><request><service_request_id>S2-2026</service_request_id>');
  expect(
    (await database.read.selectFrom('report').select('attributes').where('id', '=', 'S2-2026').executeTakeFirstOrThrow()).attributes,
  ).toBe('{"palo":"7","tipo":["spento","lampeggia"]}');

  expect(json((await get(`requests/${id}.json`)).text)).toEqual([
    {
      service_request_id: 'S1-2026',
      status: 'open',
      service_name: 'Buca nella strada',
      service_code: 'buca',
      description: 'Buca & fango',
      agency_responsible: 'Lavori pubblici',
      requested_datetime: '2026-11-25T08:00:00.000Z',
      updated_datetime: '2026-11-25T08:00:00.000Z',
      expected_datetime: '2026-12-10T22:00:00.000Z',
      address: 'via Roma 12',
    },
  ]);
  expect((await get(`requests/${id}.xml`)).text).toContain('<description>Buca &amp; fango</description>');
  const ids = async (query: string) => json((await get(`requests.json?${query}`)).text).map((one) => one['service_request_id']);
  expect(await ids('')).toEqual(['S2-2026', 'S1-2026']);
  expect(await ids('service_request_id=S1-2026,S9-2026')).toEqual(['S1-2026']);
  expect(await ids('service_code=luce&status=open')).toEqual(['S2-2026']);
  expect(await ids('status=closed')).toEqual([]);
  expect(await ids('start_date=2026-11-25T09:30:00%2B01:00')).toEqual(['S2-2026']);
  expect(await ids('end_date=2026-11-25T08:30:00Z')).toEqual(['S1-2026']);
  expect(json((await get('tokens/S1-2026.json')).text)).toEqual([{ service_request_id: 'S1-2026', token: 'S1-2026' }]);
});

test('who reported is told to nobody, and what they wrote of themselves is masked', async () => {
  await post(`${FIELDS}+scrivetemi+a+anna%40example.org+o+333+1234567&email=anna%40example.org&phone=3331234567`);
  for (const path of ['requests.json', 'requests.xml', 'requests/S1-2026.json'])
    expect((await get(path)).text.replace('[e-mail]', '')).not.toMatch(/anna|333/);
});

test('errors in GeoReport’s own shape: 403 without a key, 400 for what is wrong, 404 for what is not there', async () => {
  const cases: [string, number, RegExp][] = [
    ['service_code=buca&address_string=x', 403, /api_key/],
    ['api_key=sbagliata&service_code=buca&address_string=x', 403, /api_key/],
    ['api_key=chiave&address_string=x', 400, /service_code: manca/],
    ['api_key=chiave&service_code=niente&address_string=x', 404, /niente/],
    ['api_key=chiave&service_code=buca', 400, /address/],
    ['api_key=chiave&service_code=buca&lat=45.1', 400, /lat/],
    ['api_key=chiave&service_code=buca&lat=1e2&long=9', 400, /lat/],
    ['api_key=chiave&service_code=buca&lat=95&long=9', 400, /lat/],
    ['api_key=chiave&service_code=luce&address_string=x', 400, /attribute\[palo\]/],
    ['api_key=chiave&service_code=luce&address_string=x&attribute[palo]=1&attribute[tipo]=verde', 400, /attribute\[tipo\]/],
    ['api_key=chiave&service_code=buca&address_string=x&media_url=javascript:alert(1)', 400, /media_url/],
  ];
  for (const [fields, status, why] of cases) {
    const reply = await post(fields);
    expect([fields, reply.status, json(reply.text)]).toEqual([fields, status, [{ code: status, description: expect.stringMatching(why) }]]);
  }
  expect((await post('api_key=x', 'xml')).text).toContain('<errors><error><code>403</code>');
  expect((await post('{}', 'json', { 'content-type': 'application/json' })).status).toBe(400);
  expect((await post(`${FIELDS}&x=${'y'.repeat(300_000)}`)).status).toBe(413);
  for (const path of ['requests/S9-2026.json', 'services/niente.json', 'altro.json', 'tokens/x.xml'])
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  for (const path of ['requests', 'requests.csv']) expect([path, (await get(path)).status]).toEqual([path, 404]);
  for (const query of ['status=chiuso', 'start_date=ieri'])
    expect([query, (await get(`requests.json?${query}`)).status]).toEqual([query, 400]);
  expect(await database.read.selectFrom('report').select('id').execute()).toEqual([]);
});

test('the same Idempotency-Key is one request; too many are told when to come back', async () => {
  const once = await post(FIELDS, 'json', { 'idempotency-key': 'k' });
  expect((await post(FIELDS, 'json', { 'idempotency-key': 'k' })).text).toBe(once.text);
  for (let i = 0; i < 18; i++) expect((await post(FIELDS)).status).toBe(200);
  expect((await post(FIELDS)).status).toBe(429);
  for (let i = 0; i < 60; i++) await get('services.json');
  const busy = await get('services.json');
  expect([busy.status, Number(busy.retry) > 0, json(busy.text)[0]?.['code']]).toEqual([429, true, 429]);
});

const SCHEMAS = '/work/shared/specs/open311-georeport-v2.swagger.json';
test.skipIf(!existsSync(SCHEMAS))('answers hold to the definitions of the community’s document (needs /work/shared)', async () => {
  interface Schema {
    $ref?: string;
    type?: string;
    enum?: string[];
    required?: string[];
    properties?: Record<string, Schema>;
    items?: Schema;
  }
  const { definitions } = JSON.parse(readFileSync(SCHEMAS, 'utf8')) as { definitions: Record<string, Schema> };
  const wrong = (value: unknown, schema: Schema, at: string): string[] => {
    const of = schema.$ref ? (definitions[schema.$ref.split('/').at(-1) ?? ''] as Schema) : schema;
    if (of.type === 'array' || of.items)
      return Array.isArray(value) ? value.flatMap((one, i) => wrong(one, of.items ?? {}, `${at}[${i}]`)) : [`${at} is no array`];
    if (of.properties) {
      const record = value as Record<string, unknown>;
      return [
        ...(of.required ?? []).filter((name) => record[name] === undefined).map((name) => `${at}.${name} is missing`),
        ...Object.keys(record)
          .filter((name) => !of.properties?.[name])
          .map((name) => `${at}.${name} is unknown`),
        ...Object.entries(of.properties).flatMap(([name, inner]) =>
          record[name] === undefined ? [] : wrong(record[name], inner, `${at}.${name}`),
        ),
      ];
    }
    if (of.enum && !of.enum.includes(String(value))) return [`${at} is ${value}`];
    const type = of.type === 'integer' ? 'number' : of.type;
    return type && typeof value !== type ? [`${at} is a ${typeof value}, not a ${type}`] : [];
  };
  await post(FIELDS);
  await post('api_key=chiave&service_code=luce&lat=45.4642&long=9.19&attribute[palo]=7&media_url=https%3A%2F%2Fexample.org%2Fa.jpg');
  const listOf = (name: string): Schema => ({ type: 'array', items: { $ref: `#/definitions/${name}` } });
  for (const [path, schema] of [
    ['services.json', listOf('Service')],
    ['services/luce.json', { $ref: '#/definitions/ServiceDefinition' }],
    ['requests.json', listOf('Request')],
    ['requests/S1-2026.json', listOf('Request')],
  ] as [string, Schema][])
    expect([path, wrong(JSON.parse((await get(path)).text), schema, 'answer')]).toEqual([path, []]);
});
