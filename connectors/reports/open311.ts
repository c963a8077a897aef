/** Plug: reports go to another body's Open311 GeoReport v2 server. */
import { z } from 'zod';
import { call } from '../call.ts';
import { type Health, ok, type Result } from '../result.ts';
import type { Attribute, Category, Report, ReportQuery, ReportRequest, Reports, ReportsParts } from './contract.ts';
import { wrongAttributes } from './embedded/categories.ts';
import { wrongFields } from './embedded/rows.ts';
import { type Format, records, referenceIn, toAttributes, toCategories, toRemote, toReport, withReference } from './open311/read.ts';
import { createSending } from './open311/sending.ts';

export const settings = z.object({
  OPEN311_URL: z
    .url({ protocol: /^https?$/, error: 'the address of the GeoReport v2 server, e.g. https://comune.example/open311/v2' })
    .describe('Address of the Open311 server, up to and without "/services". Needed with REPORTS=open311.'),
  OPEN311_API_KEY: z.string().default('').describe('Key of the Open311 server.'),
  OPEN311_JURISDICTION: z.string().default('').describe('Its jurisdiction_id, where it serves several bodies.'),
  OPEN311_FORMAT: z.enum(['json', 'xml']).default('json').describe('json or xml: every server has xml, some have json.'),
});

const KEPT_MS = 5 * 60_000;
/** Our clock and theirs. */
const SKEW_MS = 10 * 60_000;

export default async function open({ database, now = Date.now }: ReportsParts, given: unknown): Promise<Reports> {
  const { OPEN311_URL, OPEN311_API_KEY, OPEN311_JURISDICTION, OPEN311_FORMAT } = settings.parse(given);
  const format: Format = OPEN311_FORMAT;
  const base = OPEN311_URL.replace(/\/+$/, '');
  let kept: { categories: Category[]; at: number } | null = null;

  async function ask(path: string, item: string, query: Record<string, string> = {}): Promise<Result<Record<string, unknown>[]>> {
    const url = new URL(`${base}/${path}.${format}`);
    if (OPEN311_JURISDICTION) url.searchParams.set('jurisdiction_id', OPEN311_JURISDICTION);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return understood(await call(url), item);
  }

  function understood(answer: Awaited<ReturnType<typeof call>>, item: string, writes = false): Result<Record<string, unknown>[]> {
    if (answer.kind !== 'answered') return answer;
    const { status, text } = answer;
    if (status === 404) return { kind: 'not_found' };
    if (status === 400) return { kind: 'invalid', fields: { request: wordsOf(text, format) } };
    const list = status >= 200 && status < 300 ? records(text, format, item) : null;
    return list ? ok(list) : { kind: writes ? 'unknown' : 'down', reason: `${status}: not an answer of Open311` };
  }

  async function categories(fresh = false): Promise<Result<Category[]>> {
    if (!fresh && kept && now() - kept.at < KEPT_MS && now() >= kept.at) return ok(kept.categories);
    const answer = await ask('services', 'service');
    if (answer.kind !== 'ok') return answer;
    const list = toCategories(answer.value);
    if (!list) return { kind: 'down', reason: 'services without a code or a name' };
    kept = { categories: list, at: now() };
    return ok(list);
  }

  async function fields(code: string): Promise<Result<Attribute[]>> {
    const listed = await categories();
    if (listed.kind !== 'ok') return listed;
    const known = listed.value.find((one) => one.code === code);
    if (!known) return { kind: 'not_found' };
    if (!known.hasFields) return ok([]);
    const answer = await ask(`services/${encodeURIComponent(code)}`, 'service_definition');
    if (answer.kind !== 'ok') return answer;
    const attributes = answer.value[0] && toAttributes(answer.value[0]);
    return attributes ? ok(attributes) : { kind: 'down', reason: 'a service definition that cannot be read' };
  }

  /** Of an answer that should hold exactly one. */
  async function one(answer: Result<Record<string, unknown>[]>, writes = false): Promise<Result<Report>> {
    if (answer.kind !== 'ok') return answer;
    if (answer.value.length === 0 && !writes) return { kind: 'not_found' };
    const remote = answer.value[0] && toRemote(answer.value[0]);
    return remote ? ok(toReport(remote, now())) : { kind: writes ? 'unknown' : 'down', reason: 'a request without an id' };
  }

  const get = async (id: string): Promise<Result<Report>> => one(await ask(`requests/${encodeURIComponent(id)}`, 'request'));

  async function list(query: ReportQuery): Promise<Result<Report[]>> {
    const { ids, category, status, from, to, limit } = query;
    const answer = await ask('requests', 'request', {
      ...(ids && { service_request_id: ids.join(',') }),
      ...(category && { service_code: category }),
      ...(status && { status }),
      ...(from && { start_date: from }),
      ...(to && { end_date: to }),
    });
    if (answer.kind !== 'ok') return answer;
    const reports = answer.value.flatMap((record) => toRemote(record) ?? []).map((remote) => toReport(remote, now()));
    reports.sort((a, b) => b.requestedAt.localeCompare(a.requestedAt));
    return ok(reports.slice(0, Math.min(limit ?? 1000, 1000)));
  }

  async function post(request: ReportRequest, reference: string): Promise<Result<Report>> {
    const body = formOf(request, withReference(request.description, reference));
    if (OPEN311_API_KEY) body.set('api_key', OPEN311_API_KEY);
    if (OPEN311_JURISDICTION) body.set('jurisdiction_id', OPEN311_JURISDICTION);
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const sent = await call(new URL(`${base}/requests.${format}`), { method: 'POST', headers, body: body.toString(), writes: true });
    const answer = await one(understood(sent, 'request', true), true);
    if (answer.kind !== 'ok') return answer;
    // The receipt says little more than the number: the rest is what we sent.
    const name = kept?.categories.find(({ code }) => code === request.category)?.name ?? request.category;
    return ok({
      ...answer.value,
      category: { code: request.category, name },
      description: request.description,
      address: request.address ?? null,
      lat: request.lat ?? null,
      long: request.long ?? null,
      mediaUrl: request.mediaUrl ?? null,
    });
  }

  async function search(category: string, reference: string, since: string): Promise<Result<Report>> {
    const answer = await ask('requests', 'request', {
      service_code: category,
      start_date: new Date(Date.parse(since) - SKEW_MS).toISOString(),
    });
    if (answer.kind !== 'ok') return answer;
    const found = answer.value
      .flatMap((record) => toRemote(record) ?? [])
      .find(({ description }) => referenceIn(description) === reference);
    return found ? ok(toReport(found, now())) : { kind: 'not_found' };
  }

  async function resolve(token: string): Promise<Result<Report>> {
    const found = await one(await ask(`tokens/${encodeURIComponent(token)}`, 'request'));
    return found.kind === 'ok' && found.value.id ? get(found.value.id) : found;
  }

  const sending = createSending({ database, now, wire: { post, get, resolve, search } });
  return {
    name: 'open311',
    capabilities: () => new Set(['submit', 'get', 'list']),
    async health(): Promise<Health> {
      const listed = await categories(true);
      if (listed.kind === 'ok') return { state: 'up', detail: `${listed.value.length} categorie da ${new URL(base).host}` };
      return { state: 'down', detail: 'reason' in listed ? listed.reason : listed.kind };
    },
    categories: () => categories(),
    fields,
    async submit(request, key) {
      const wrong = wrongFields(request, key);
      if (wrong) return { kind: 'invalid', fields: wrong };
      const asked = await fields(request.category);
      if (asked.kind !== 'ok') return asked;
      const missing = wrongAttributes(asked.value, request.attributes ?? {});
      return Object.keys(missing).length > 0 ? { kind: 'invalid', fields: missing } : sending.submit(request, key);
    },
    get,
    list,
    lookup: sending.lookup,
    close: async () => {},
  };
}

/** Photos of ours stay here: the protocol carries addresses, and ours are not open to everybody. */
function formOf({ category, address, lat, long, mediaUrl, contact, attributes = {} }: ReportRequest, description: string): URLSearchParams {
  const form = new URLSearchParams({ service_code: category, description });
  const optional = {
    address_string: address,
    lat,
    long,
    media_url: mediaUrl,
    first_name: contact?.name,
    email: contact?.email,
    phone: contact?.phone,
  };
  for (const [name, value] of Object.entries(optional)) if (value !== undefined) form.set(name, String(value));
  for (const [code, value] of Object.entries(attributes))
    if (Array.isArray(value)) for (const item of value) form.append(`attribute[${code}][]`, item);
    else form.set(`attribute[${code}]`, value);
  return form;
}

/** What it says is wrong, for the operator's log and the citizen alike; short. */
function wordsOf(text: string, format: Format): string {
  const found = format === 'json' ? /"description"\s*:\s*"([^"]{1,300})"/.exec(text)?.[1] : /<description>([^<]{1,300})</.exec(text)?.[1];
  return found ?? 'richiesta non accettata';
}
