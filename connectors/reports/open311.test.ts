/** What other GeoReport servers answer: numbers for texts, nulls, tokens, wrapped lists, empty elements. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../databases/contract.ts';
import openDatabase from '../databases/embedded.ts';
import open from './open311.ts';

const HOST = 'http://311.example';
const request = { category: '001', description: 'Buca profonda', address: 'via Roma 12' };
let now = Date.parse('2026-11-25T09:00:00+01:00');
let database: Database;
beforeEach(async () => {
  now = Date.parse('2026-11-25T09:00:00+01:00');
  database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-311-')) });
});
afterEach(async () => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  await database.close();
});
const plug = (settings: Record<string, string> = {}) =>
  open(
    { database, now: () => now },
    { OPEN311_URL: `${HOST}/v2/`, OPEN311_API_KEY: 'k', OPEN311_JURISDICTION: 'roma.example', ...settings },
  );
const services = () =>
  nock(HOST)
    .get('/v2/services.json')
    .query({ jurisdiction_id: 'roma.example' })
    .reply(200, [
      { service_code: 1, service_name: 'Holes', description: null, metadata: 'false', type: 'realtime', keywords: null, group: null },
    ]);

test('a numeric code and nulls are read; a number is sent back as the text it was', async () => {
  services();
  const reports = await plug();
  expect(await reports.categories()).toEqual({
    kind: 'ok',
    value: [{ code: '1', name: 'Holes', words: [], description: '', group: '', office: '', hasFields: false, days: null }],
  });
  let form = new URLSearchParams();
  nock(HOST)
    .post('/v2/requests.json', (body: Record<string, string>) => {
      form = new URLSearchParams(body);
      return true;
    })
    .reply(201, [{ service_request_id: 638344, service_notice: null, account_id: null }]);
  expect(await reports.submit({ ...request, category: '1', contact: { email: 'a@example.org' } }, 'k1')).toMatchObject({
    kind: 'ok',
    value: { id: '638344', category: { name: 'Holes' } },
  });
  expect(Object.fromEntries(form)).toMatchObject({
    api_key: 'k',
    jurisdiction_id: 'roma.example',
    service_code: '1',
    address_string: 'via Roma 12',
    email: 'a@example.org',
  });
  nock(HOST)
    .get('/v2/requests/638344.json')
    .query(true)
    .reply(200, {
      service_requests: [
        {
          service_request_id: 638344,
          status: 'closed',
          status_notes: 'Done',
          service_name: null,
          service_code: 1,
          description: null,
          agency_responsible: null,
          requested_datetime: '2026-11-25T09:00:00+01:00',
          updated_datetime: null,
          expected_datetime: null,
          address: null,
          lat: null,
          long: null,
          media_url: '',
        },
      ],
    });
  expect(await reports.get('638344')).toMatchObject({
    kind: 'ok',
    value: {
      id: '638344',
      status: 'solved',
      statusNote: 'Done',
      category: { code: '1', name: '1' },
      lat: null,
      address: null,
      requestedAt: '2026-11-25T08:00:00.000Z',
    },
  });
});

test('a token first, the number later: asked for at every look until it is there', async () => {
  services();
  const reports = await plug();
  nock(HOST)
    .post('/v2/requests.json')
    .reply(200, [{ token: 12345, service_notice: '' }]);
  expect(await reports.submit({ ...request, category: '1' }, 'k')).toMatchObject({ kind: 'ok', value: { id: '', token: '12345' } });
  nock(HOST)
    .get('/v2/tokens/12345.json')
    .query(true)
    .reply(200, [{ token: 12345, service_request_id: null }]);
  expect(await reports.lookup('k')).toMatchObject({ kind: 'ok', value: { id: '' } });
  nock(HOST)
    .get('/v2/tokens/12345.json')
    .query(true)
    .reply(200, [{ token: 12345, service_request_id: 9 }]);
  nock(HOST)
    .get('/v2/requests/9.json')
    .query(true)
    .times(2)
    .reply(200, [{ service_request_id: 9, status: 'open', service_code: 1, requested_datetime: '2026-11-25T08:00:00Z' }]);
  expect(await reports.lookup('k')).toMatchObject({ kind: 'ok', value: { id: '9' } });
  expect(await reports.submit({ ...request, category: '1' }, 'k')).toMatchObject({ kind: 'ok', value: { id: '9' } });
});

test('a silence: not sent again while it may be on its way; found in the list, or sent again once', async () => {
  services();
  const reports = await plug();
  const sent: string[] = [];
  const post = () => nock(HOST).post('/v2/requests.json', (body: Record<string, string>) => sent.push(String(body['description'])) > 0);
  post().reply(502, 'bad gateway');
  const one = { ...request, category: '1' };
  expect((await reports.submit(one, 'k')).kind).toBe('unknown');
  nock(HOST).get('/v2/requests.json').query(true).times(2).reply(200, []);
  expect((await reports.submit(one, 'k')).kind).toBe('unknown');
  expect(sent).toHaveLength(1);
  now += 31_000;
  post().replyWithError('socket hang up');
  expect((await reports.submit(one, 'k')).kind).toBe('unknown');
  expect(sent[1]).toBe(sent[0]);
  nock(HOST)
    .get('/v2/requests.json')
    .query({ jurisdiction_id: 'roma.example', service_code: '1', start_date: /.*/ as never })
    .reply(200, [
      { service_request_id: 'A', status: 'open', service_code: '1', description: 'altra', requested_datetime: '2026-11-25T08:00:00Z' },
      { service_request_id: 'B', status: 'open', service_code: '1', description: sent[0], requested_datetime: '2026-11-25T08:00:00Z' },
    ]);
  expect(await reports.lookup('k')).toMatchObject({ kind: 'ok', value: { id: 'B', description: 'Buca profonda' } });
});

test('a clear refusal frees the key and says why', async () => {
  services();
  const reports = await plug();
  nock(HOST)
    .post('/v2/requests.json')
    .reply(400, [{ code: 400, description: 'lat out of the city' }]);
  expect(await reports.submit({ ...request, category: '1' }, 'k')).toEqual({ kind: 'invalid', fields: { request: 'lat out of the city' } });
  nock(HOST).post('/v2/requests.json').reply(429, '', { 'retry-after': '30' });
  expect(await reports.submit({ ...request, category: '1' }, 'k')).toEqual({ kind: 'retry_after', seconds: 30 });
  expect(await reports.lookup('k')).toEqual({ kind: 'not_found' });
});

test('XML as the specification has it, with empty elements and entities', async () => {
  const reports = await plug({ OPEN311_FORMAT: 'xml', OPEN311_JURISDICTION: '' });
  nock(HOST)
    .get('/v2/services.xml')
    .reply(
      200,
      `<?xml version="1.0" encoding="utf-8"?><services><service><service_code>001</service_code><service_name>Rami &amp; alberi</service_name><description/><metadata>true</metadata><type>batch</type><keywords>verde, rami</keywords><group/></service></services>`,
    );
  expect(await reports.categories()).toMatchObject({
    value: [{ code: '001', name: 'Rami & alberi', words: ['verde', 'rami'], hasFields: true }],
  });
  nock(HOST)
    .get('/v2/services/001.xml')
    .reply(
      200,
      `<service_definition><service_code>001</service_code><attributes><attribute><variable>true</variable><code>A</code><datatype>singlevaluelist</datatype><required>true</required><datatype_description/><order>1</order><description>Quanto?</description><values><value><key>1</key><name>poco</name></value><value><key>2</key><name>molto</name></value></values></attribute><attribute><variable>false</variable><code>nota</code><datatype>text</datatype><required>false</required><description>Solo in città</description></attribute></attributes></service_definition>`,
    );
  expect(await reports.fields('001')).toEqual({
    kind: 'ok',
    value: [
      {
        code: 'A',
        description: 'Quanto?',
        datatype: 'singlevaluelist',
        required: true,
        values: [
          { key: '1', name: 'poco' },
          { key: '2', name: 'molto' },
        ],
      },
    ],
  });
});
