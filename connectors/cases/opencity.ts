/**
 * Plug: cases are applications of OpenCity Italia (Stanza del Cittadino), under one of its services; our key is their external id. Written from what the
 * vendor's public clients send; **never run on a tenant**.
 */
import { z } from 'zod';
import { createOpenCity, openCitySettings } from '../opencity.ts';
import { ok } from '../result.ts';
import type { Cases, CasesParts, CaseStatus } from './contract.ts';
import { createToolCases } from './office-tool/plug.ts';

export const settings = openCitySettings.extend({
  OPENCITY_SERVICE: z
    .string()
    .min(1)
    .default('sportello')
    .describe('Service of OpenCity Italia under which our cases are opened; it must exist.'),
});

/** What both of the vendor's public clients send at creation. */
const SUBMITTED = 1900;
/** By name: the numbers were not always the same. */
const NAMED: [RegExp, CaseStatus][] = [
  [/withdraw/, 'withdrawn'],
  [/request_integration|draft_for_integration/, 'waiting'],
  [/cancelled/, 'refused'],
  [/complete/, 'granted'],
  [/pending_after|^status_pending$|processing/, 'in_progress'],
  [/draft|pre_submit|submitted|registered|payment/, 'received'],
];
/** Where no name is told. How one that ended did end is then not said. */
const NUMBERED: Record<number, CaseStatus> = {
  1900: 'received',
  2000: 'received',
  3000: 'received',
  4000: 'in_progress',
  9000: 'closed',
  20000: 'withdrawn',
};

const number = z.coerce.number().catch(0);
const application = z.object({
  id: z.string(),
  status: number,
  status_name: z.string().nullish(),
  protocol_number: z.string().nullish(),
});
const service = z.object({ slug: z.string().nullish(), id: z.string().nullish() });
const message = z.object({
  attachments: z.array(z.object({ name: z.string().nullish(), original_name: z.string().nullish() })).nullish(),
});
const change = z.object({
  status_code: number.nullish(),
  status: z.union([z.string(), z.number()]).nullish(),
  status_name: z.string().nullish(),
  date: z.union([z.string(), z.number()]).nullish(),
  message: z.string().nullish(),
});

function statusOf(code: number, name: string | null | undefined): CaseStatus {
  const named = name ? NAMED.find(([words]) => words.test(name)) : undefined;
  return named?.[1] ?? NUMBERED[code] ?? 'in_progress';
}

/** Seconds, or a date. */
function iso(at: string | number | null | undefined): string {
  const time = typeof at === 'number' ? at * 1000 : Date.parse(at ?? '');
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}

export default async function open(parts: CasesParts, given: unknown): Promise<Cases> {
  const chosen = settings.parse(given);
  const city = createOpenCity(chosen);
  return createToolCases(parts, {
    name: 'opencity',
    async create(row, { text, person }) {
      const made = await city.send(
        'POST',
        '/applications',
        {
          service: chosen.OPENCITY_SERVICE,
          status: SUBMITTED,
          external_id: row.id,
          data: {
            applicant: {
              data: {
                completename: { data: { surname: person.surname } },
                fiscal_code: { data: { fiscal_code: person.fiscalCode } },
                email_address: person.email ?? '',
              },
            },
            subject: row.subject,
            details: text ?? row.subject,
            office: row.office,
            reference: `${row.number}/${row.year}`,
          },
        },
        z.object({ id: z.string() }),
      );
      return made.kind === 'ok' ? ok(made.value.id) : made;
    },
    async find(row) {
      const found = await city.ask(`/applications/byexternal-id/${encodeURIComponent(row.id)}?version=2`, application);
      return found.kind === 'ok' ? ok(found.value.id) : found;
    },
    async state(id) {
      const now = await city.ask(`/applications/${id}?version=2`, application);
      if (now.kind !== 'ok') return now;
      const told = await city.ask(`/applications/${id}/history`, z.array(z.unknown()));
      // The state alone is worth telling where its history is not given.
      const steps = told.kind === 'ok' ? told.value.flatMap((one) => change.safeParse(one).data ?? []) : [];
      const changes = steps
        .map((one) => ({
          to: statusOf(
            one.status_code ?? (Number(one.status) || 0),
            one.status_name ?? (typeof one.status === 'string' ? one.status : null),
          ),
          at: iso(one.date),
          ...(one.message && { note: one.message }),
        }))
        .filter(({ at, to }, index) => at !== '' && !(index === 0 && to === 'received'))
        .sort((a, b) => a.at.localeCompare(b.at));
      const { status, status_name, protocol_number } = now.value;
      return ok({ status: statusOf(status, status_name), started: '', resolved: '', changes, protocol: protocol_number ?? null });
    },
    async filesOf(id) {
      const listed = await city.list(`/applications/${id}/messages`);
      if (listed.kind !== 'ok') return listed;
      const held = listed.value.flatMap((one) => message.safeParse(one).data?.attachments ?? []);
      return ok(held.flatMap(({ original_name, name }) => [original_name, name].filter((one) => typeof one === 'string')));
    },
    async attach(id, { name, contentType, content, note }) {
      const file = { name, original_name: name, mime_type: contentType, file: Buffer.from(content).toString('base64') };
      const made = await city.send(
        'POST',
        `/applications/${id}/messages`,
        { message: note, visibility: 'internal', attachments: [file] },
        z.unknown(),
      );
      return made.kind === 'ok' ? ok(undefined) : made;
    },
    async health() {
      const services = await city.list('/services');
      if (services.kind !== 'ok') return { state: 'down', detail: 'reason' in services ? services.reason : services.kind };
      const known = services.value.some((one) => {
        const { slug, id } = service.safeParse(one).data ?? {};
        return slug === chosen.OPENCITY_SERVICE || id === chosen.OPENCITY_SERVICE;
      });
      return known
        ? { state: 'up', detail: `servizio ${chosen.OPENCITY_SERVICE} su ${new URL(chosen.OPENCITY_URL).host}` }
        : { state: 'down', detail: `il servizio ${chosen.OPENCITY_SERVICE} non c’è` };
    },
  });
}
