/**
 * Plug: any booking program with a REST interface, told by its OpenAPI document and a mapping file (JSON or YAML). Only mapped operations are called, and those that
 * change something only when the mapping names them one by one. Services, hours and codes are our plan's; who comes stands in the program.
 */
import { z } from 'zod';
import { ok, type Result } from '../result.ts';
import type { Bookings, BookingsParts, Person } from './contract.ts';
import { createOffice } from './embedded/office.ts';
import { createToolBookings } from './office-tool/plug.ts';
import { createRecordTool, type KeptRecord, type RecordTool, reference, referenceIn } from './office-tool/records.ts';
import { createAsk } from './openapi/ask.ts';
import { dataIn } from './openapi/data-in.ts';
import { readDocument } from './openapi/document.ts';
import { at, fill, type Values } from './openapi/fill.ts';
import { mappingFile, mistakesIn } from './openapi/mapping.ts';
import { createTimes } from './openapi/times.ts';

export const settings = z.object({
  OPENAPI_DOCUMENT: z
    .string()
    .min(1)
    .describe('Path of the OpenAPI 3 document (JSON or YAML) of the office’s booking program. Needed with BOOKINGS=openapi.'),
  OPENAPI_MAPPING: z.string().min(1).describe('Path of the mapping file: which of its operations book, and with which values.'),
  OPENAPI_URL: z.string().default('').describe('Address of the program’s interface; empty = the first server of the document.'),
  OPENAPI_USER: z.string().default('').describe('User of the booking program; empty = the token alone.'),
  OPENAPI_PASSWORD: z.string().default('').describe('Password of that user.'),
  OPENAPI_TOKEN: z.string().default('').describe('Bearer token of the booking program.'),
});

const MOST_PAGES = 50;

export default async function open(parts: BookingsParts, given: unknown): Promise<Bookings> {
  const chosen = settings.parse(given);
  const office = createOffice(parts);
  const { server, operations } = readDocument(dataIn(chosen.OPENAPI_DOCUMENT));
  const mapping = mappingFile.parse(dataIn(chosen.OPENAPI_MAPPING));
  const mistakes = mistakesIn(mapping, operations);
  if (mistakes.length > 0) throw new Error(`${chosen.OPENAPI_MAPPING}: ${mistakes.join('; ')}`);
  const base = (chosen.OPENAPI_URL || server || '').replace(/\/+$/, '');
  if (!/^https?:\/\//.test(base)) throw new Error('OPENAPI_URL: the document names no server; set its address, https://…');
  const authorization = chosen.OPENAPI_TOKEN
    ? `Bearer ${chosen.OPENAPI_TOKEN}`
    : chosen.OPENAPI_USER && `Basic ${Buffer.from(`${chosen.OPENAPI_USER}:${chosen.OPENAPI_PASSWORD}`).toString('base64')}`;
  const ask = createAsk({ base, operations, mapping, headers: authorization ? { authorization } : {} });
  const times = createTimes(mapping.times, office.zone);

  const prefixed = (kind: string, values: Record<string, string | number> = {}): Values =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`${kind}.${name}`, value]));

  /** `gone`: keeps no time (any more) · null: lacks something we use, so nobody knows what time it keeps. */
  function kept(one: unknown): KeptRecord | 'gone' | null {
    const { record } = mapping;
    if (Object.entries(record.gone).some(([pointer, values]) => values.includes(at(one, pointer) as string))) return 'gone';
    const [start, end] = times.read(at(one, record.start), at(one, record.end));
    const id = at(one, record.id);
    if (start === null || end === null || (typeof id !== 'string' && typeof id !== 'number')) return null;
    const order = Number(at(one, record.order));
    // One whose age cannot be told counts as older than ours.
    return { id: String(id), start, end, ref: referenceIn(at(one, record.reference)), order: Number.isFinite(order) ? order : 0 };
  }

  async function pages(step: typeof mapping.list, values: Values): Promise<Result<unknown[]>> {
    const all: unknown[] = [];
    const { pages } = step;
    for (let page = 0; page < MOST_PAGES; page++) {
      const query = pages ? { ...step.query, [pages.query]: String(pages.from + page) } : step.query;
      const answer = await ask({ ...step, query }, values);
      if (answer.kind !== 'ok') return answer;
      const items = at(answer.value, step.items);
      if (!Array.isArray(items)) return { kind: 'down', reason: `${step.operation}: no list at "${step.items}"` };
      all.push(...items);
      if (!pages || items.length < pages.size) return ok(all);
    }
    return { kind: 'down', reason: `${step.operation}: more than ${MOST_PAGES} pages` };
  }

  /** Who books, as the program knows them: found, or made. Two at once with one address: the second finds the first. */
  async function customer(values: Values): Promise<Result<string | number | undefined>> {
    const { customer: one } = mapping;
    if (!one) return ok(undefined);
    const withDefaults = { ...values };
    for (const [name, text] of Object.entries(mapping.defaults)) if (!withDefaults[name]) withDefaults[name] = String(fill(text, values));
    const find = async (): Promise<Result<string | number>> => {
      const answer = await ask(one.find, values);
      if (answer.kind !== 'ok') return answer;
      const items = at(answer.value, one.items);
      const lower = (value: unknown) => String(value ?? '').toLowerCase();
      const found = (Array.isArray(items) ? items : []).find((item) =>
        Object.entries(one.same).every(([pointer, text]) => lower(at(item, pointer)) === lower(fill(text, withDefaults))),
      );
      return found === undefined ? { kind: 'not_found' } : ok(at(found, one.id) as string | number);
    };
    const known = await find();
    if (known.kind !== 'not_found') return known;
    const made = await ask(one.make, values);
    if (made.kind === 'ok') return ok(at(made.value, one.id) as string | number);
    const again = await find();
    if (again.kind === 'ok') return again;
    // No appointment was sent: what became of the customer is no harm.
    return made.kind === 'unknown' ? { kind: 'down', reason: made.reason } : made;
  }

  const tool: RecordTool = {
    name: 'openapi',
    async touching(counter, from, to) {
      const own = mapping.counters[counter];
      if (!own) return { kind: 'down', reason: `the mapping names no counter "${counter}"` };
      const values = { ...prefixed('counter', own), day: office.zone.iso(from).slice(0, 10), lastDay: office.zone.iso(to).slice(0, 10) };
      const listed = await pages(mapping.list, values);
      if (listed.kind !== 'ok') return listed;
      const same = (one: unknown) =>
        Object.entries(mapping.record.counter).every(([pointer, text]) => String(at(one, pointer)) === String(fill(text, values)));
      const records = listed.value.filter(same).map(kept);
      // It may stand anywhere: nothing is free before the office has put it right.
      if (records.includes(null))
        return { kind: 'down', reason: `${mapping.list.operation}: an appointment of "${counter}" that cannot be read` };
      return ok(records.flatMap((one) => (one && one !== 'gone' && one.start < to && one.end > from ? [one] : [])));
    },
    async create(record) {
      const values: Values = {
        ...prefixed('counter', mapping.counters[record.counter]),
        ...prefixed('service', mapping.services[record.service]),
        ...personValues(record.person),
        start: times.write(record.start),
        end: times.write(record.end),
        day: office.zone.dayOf(record.start),
        code: record.code,
        title: record.title,
        reference: reference(record.ref),
      };
      const who = await customer(values);
      if (who.kind !== 'ok') return who;
      const made = await ask(mapping.create, { ...values, customer: who.value });
      if (made.kind !== 'ok') return made;
      const id = at(made.value, mapping.create.id);
      return typeof id === 'string' || typeof id === 'number'
        ? ok(String(id))
        : { kind: 'unknown', reason: `${mapping.create.operation}: no id` };
    },
    async get(id) {
      const found = await ask(mapping.read, { id });
      if (found.kind !== 'ok') return found;
      const record = kept(found.value);
      if (record === 'gone') return { kind: 'not_found' };
      return record ? ok(record) : { kind: 'down', reason: `${mapping.read.operation}: an appointment that cannot be read` };
    },
    async remove(id) {
      const done = await ask(mapping.remove, { id });
      return done.kind === 'ok' ? ok(undefined) : done;
    },
    async detail() {
      const [first] = Object.keys(mapping.counters);
      const seen = await this.touching(first ?? '', office.now(), office.now() + 1);
      return seen.kind === 'ok' ? ok(`${new URL(base).host}: ${Object.keys(mapping.counters).length} sportelli`) : seen;
    },
  };
  return createToolBookings(office, createRecordTool(office, tool));
}

function personValues({ name, email, phone, fiscalCode, note }: Person): Values {
  const [firstName = name, ...rest] = name.split(/\s+/);
  const all = { name, firstName, lastName: rest.join(' ') || '-', email, phone, fiscalCode, note };
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [`person.${key}`, value]));
}
