/** The mapping file: which operations of the operator's document book, how our values get into them and theirs out. Checked when the plug is opened. */
import { z } from 'zod';
import type { Operation } from './document.ts';
import { namesIn, type Template } from './fill.ts';

const template: z.ZodType<Template> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(template), z.record(z.string(), template)]),
);
const pointer = z.string().regex(/^(?:\/.*)?$/, 'a JSON pointer, such as /id');
const scalars = z.record(z.string(), z.union([z.string(), z.number()]));
const step = z.strictObject({
  operation: z.string(),
  path: z.record(z.string(), z.string()).default({}),
  query: z.record(z.string(), z.string()).default({}),
  body: template.optional(),
});

export const mappingFile = z.strictObject({
  /** Operations that change something; each must be named here to be called. */
  writes: z.array(z.string()).default([]),
  /** `local`: `2026-12-01 09:00:00` in the office's zone · `offset`: ISO with the offset. */
  times: z.enum(['local', 'offset']),
  /** What a counter, or a service, of our plan is called there. */
  counters: z.record(z.string(), scalars),
  services: z.record(z.string(), scalars).default({}),
  /** In the place of what a citizen did not give. */
  defaults: z.record(z.string(), z.string()).default({}),
  /** Somebody who must be there before an appointment can be made. */
  customer: z
    .strictObject({ find: step, items: pointer.default(''), same: z.record(z.string(), z.string()), make: step, id: pointer })
    .optional(),
  list: step.extend({
    items: pointer.default(''),
    /** A full page is followed by the next. */
    pages: z.strictObject({ query: z.string(), from: z.number().int(), size: z.number().int().positive() }).optional(),
  }),
  record: z.strictObject({
    id: pointer,
    start: pointer,
    end: pointer,
    reference: pointer,
    /** Smaller is earlier: a running number. */
    order: pointer,
    /** Pointer → what it must be for the record to be this counter's. */
    counter: z.record(z.string(), z.string()),
    /** Pointer → values of records that keep no time. */
    gone: z.record(z.string(), z.array(z.union([z.string(), z.number(), z.boolean()]))).default({}),
  }),
  create: step.extend({ id: pointer }),
  read: step,
  remove: step,
  /** The first that fits tells what a refusal is. */
  errors: z
    .array(
      z.strictObject({
        status: z.number().int().optional(),
        pointer: pointer.optional(),
        matches: z.string().optional(),
        kind: z.enum(['slot_taken', 'limit_reached', 'not_found', 'invalid', 'down']),
      }),
    )
    .default([]),
});
export type Mapping = z.infer<typeof mappingFile>;
export type Step = z.infer<typeof step>;

const COMMON = ['day', 'lastDay', 'start', 'end', 'id', 'code', 'title', 'reference', 'customer', 'page'];
const PERSON = ['name', 'firstName', 'lastName', 'email', 'phone', 'fiscalCode', 'note'].map((name) => `person.${name}`);

/** What is wrong between the two files, a line each. */
export function mistakesIn(mapping: Mapping, operations: Map<string, Operation>): string[] {
  const own = (kind: 'counter' | 'service', all: Record<string, Record<string, unknown>>) =>
    Object.values(all).flatMap((values) => Object.keys(values).map((name) => `${kind}.${name}`));
  const known = new Set([...COMMON, ...PERSON, ...own('counter', mapping.counters), ...own('service', mapping.services)]);
  const { customer } = mapping;
  const steps: [string, Step, boolean][] = [
    ['list', mapping.list, false],
    ['create', mapping.create, true],
    ['read', mapping.read, false],
    ['remove', mapping.remove, true],
    ...(customer
      ? ([
          ['customer.find', customer.find, false],
          ['customer.make', customer.make, true],
        ] as [string, Step, boolean][])
      : []),
  ];
  return steps.flatMap(([name, one, mayWrite]) => {
    const found = operations.get(one.operation);
    if (!found) return [`${name}: the document has no operation "${one.operation}"`];
    const writes = found.method !== 'GET';
    const unknown = [...namesIn(one.query), ...namesIn(one.path), ...namesIn(one.body ?? null)].filter((value) => !known.has(value));
    const missing = [...found.path.matchAll(/\{([^}]+)\}/g)].flatMap((match) => (match[1] && !(match[1] in one.path) ? [match[1]] : []));
    return [
      ...(writes && !mayWrite ? [`${name}: ${one.operation} is a ${found.method}, and this must not change anything`] : []),
      ...(writes && !mapping.writes.includes(one.operation)
        ? [`${name}: ${one.operation} changes something and is not among "writes"`]
        : []),
      ...(mayWrite && !writes ? [`${name}: ${one.operation} is a GET and changes nothing`] : []),
      ...Object.keys(one.query).flatMap((query) => (found.query.has(query) ? [] : [`${name}: ${one.operation} has no query "${query}"`])),
      ...missing.map((part) => `${name}: nothing is given for {${part}} of ${found.path}`),
      ...unknown.map((value) => `${name}: {${value}} is not a value we have`),
      ...(one.body !== undefined && !found.takesBody ? [`${name}: ${one.operation} takes no body`] : []),
    ];
  });
}
