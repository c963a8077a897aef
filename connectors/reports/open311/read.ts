/** What GeoReport servers answer, in JSON or XML, read leniently: numbers for texts, nulls, one instead of a list. Strict only on what we use. */
import { load } from 'cheerio';
import { z } from 'zod';
import type { Attribute, Category, Report } from '../contract.ts';

export type Format = 'json' | 'xml';

/** A list of records of that item, whatever stands around it; null = this is no such answer. */
export function records(text: string, format: Format, item: string): Record<string, unknown>[] | null {
  return format === 'json' ? fromJson(text, item) : fromXml(text, item);
}

function fromJson(text: string, item: string): Record<string, unknown>[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(value)) {
    if (typeof value !== 'object' || value === null) return null;
    // Some wrap the list in its name, some answer one as it is.
    const inner = Object.values(value).find(Array.isArray) as unknown[] | undefined;
    value = item === 'service_definition' || !inner ? [value] : inner;
  }
  const list = value as unknown[];
  return list.every((one) => typeof one === 'object' && one !== null) ? (list as Record<string, unknown>[]) : null;
}

function fromXml(text: string, item: string): Record<string, unknown>[] | null {
  if (!/^\s*(?:<\?xml[^>]*>\s*)?<(?:services|service_definition|service_requests|requests)\b/.test(text)) return null;
  const page = load(text, { xml: true });
  const read = (element: ReturnType<typeof page>): unknown => {
    const children = element.children().toArray();
    if (children.length === 0) return element.text().trim();
    if (['attributes', 'values'].includes((element.get(0) as { tagName?: string } | undefined)?.tagName ?? ''))
      return children.map((child) => read(page(child)));
    return Object.fromEntries(children.map((child) => [child.tagName, read(page(child))]));
  };
  return page(item)
    .toArray()
    .flatMap((one) => {
      const value = read(page(one));
      return typeof value === 'object' && value !== null ? [value as Record<string, unknown>] : [];
    });
}

const said = z.preprocess((value) => (value === null || value === undefined ? '' : String(value).trim()), z.string());
const needed = said.refine((value) => value !== '', 'missing');
const yes = z.preprocess((value) => String(value).toLowerCase() === 'true', z.boolean());
const degrees = z.preprocess(
  (value) => (value === null || value === undefined || value === '' ? Number.NaN : Number(value)),
  z.number().or(z.nan()),
);

const service = z.object({ service_code: needed, service_name: needed, description: said, metadata: yes, keywords: said, group: said });

/** Null when one of them names no service. */
export function toCategories(list: Record<string, unknown>[]): Category[] | null {
  const parsed = z.array(service).safeParse(list);
  if (!parsed.success) return null;
  return parsed.data.map((one) => ({
    code: one.service_code,
    name: one.service_name,
    words: one.keywords
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean),
    description: one.description,
    group: one.group,
    office: '',
    hasFields: one.metadata,
    days: null,
  }));
}

const TYPES = ['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist'] as const;
const attribute = z.object({
  variable: z.preprocess((value) => String(value).toLowerCase() !== 'false', z.boolean()),
  code: needed,
  datatype: z.enum(TYPES).catch('string'),
  required: yes,
  description: said,
  values: z.preprocess((value) => (Array.isArray(value) ? value : []), z.array(z.object({ key: needed, name: said }))),
});

/** What is only told, not asked (`variable` false), is left out. */
export function toAttributes(definition: Record<string, unknown>): Attribute[] | null {
  const list = definition['attributes'] ?? [];
  const parsed = z.array(attribute).safeParse(list === '' ? [] : list);
  if (!parsed.success) return null;
  return parsed.data
    .filter(({ variable }) => variable)
    .map(({ code, datatype, required, description, values }) => ({
      code,
      datatype,
      required,
      description: description || code,
      values: values.map(({ key, name }) => ({ key, name: name || key })),
    }));
}

const request = z.object({
  service_request_id: said,
  token: said,
  status: said,
  status_notes: said,
  service_name: said,
  service_code: said,
  description: said,
  agency_responsible: said,
  requested_datetime: said,
  updated_datetime: said,
  expected_datetime: said,
  address: said,
  lat: degrees,
  long: degrees,
  media_url: said,
});
export type RemoteRequest = z.infer<typeof request>;

export function toRemote(record: Record<string, unknown>): RemoteRequest | null {
  const parsed = request.safeParse(record);
  return parsed.success && (parsed.data.service_request_id || parsed.data.token) ? parsed.data : null;
}

const REFERENCE = /\s*\[rif\. sportello:([a-z]+)\]\s*$/;
export const withReference = (description: string, reference: string): string => `${description}\n\n[rif. sportello:${reference}]`;
export const referenceIn = (description: string): string | null => REFERENCE.exec(description)?.[1] ?? null;

export function toReport(remote: RemoteRequest, now: number): Report {
  const at = (text: string): string | null => {
    const time = Date.parse(text);
    return Number.isNaN(time) ? null : new Date(time).toISOString();
  };
  const closed = remote.status.toLowerCase() === 'closed';
  const requestedAt = at(remote.requested_datetime) ?? new Date(now).toISOString();
  const somewhere = !Number.isNaN(remote.lat) && !Number.isNaN(remote.long);
  return {
    id: remote.service_request_id,
    ...(!remote.service_request_id && remote.token && { token: remote.token }),
    category: { code: remote.service_code, name: remote.service_name || remote.service_code },
    status: closed ? 'solved' : 'received',
    statusNote: remote.status_notes || null,
    office: remote.agency_responsible,
    description: remote.description.replace(REFERENCE, ''),
    address: remote.address || null,
    lat: somewhere ? remote.lat : null,
    long: somewhere ? remote.long : null,
    mediaUrl: remote.media_url || null,
    history: [],
    expectedOn: closed ? null : (at(remote.expected_datetime)?.slice(0, 10) ?? null),
    requestedAt,
    updatedAt: at(remote.updated_datetime) ?? requestedAt,
  };
}
