/** What others post, as one of our report requests. */
import { z } from 'zod';
import type { ReportRequest } from '../../../connectors/reports/contract.ts';

const text = (most: number) => z.string().trim().max(most, `al massimo ${most} caratteri`).optional();
const degrees = z
  .string()
  .trim()
  .regex(/^-?\d{1,3}(?:\.\d{1,12})?$/, 'gradi decimali, per esempio 45.4642')
  .transform(Number)
  .optional();
const posted = z.object({
  service_code: z.string({ error: 'manca' }).trim().min(1, 'manca').max(100),
  description: text(4000),
  lat: degrees,
  long: degrees,
  address_string: text(300),
  address_id: text(100),
  email: text(200),
  first_name: text(100),
  last_name: text(100),
  phone: text(50),
  media_url: z
    .url({ protocol: /^https$/, error: 'serve un indirizzo https' })
    .max(1000)
    .optional(),
});

export type Read = { request: ReportRequest } | { wrong: Record<string, string> };

/** `attribute[code]=a` and `attribute[code][]=a&attribute[code][]=b`; empty values are none. */
export function readPosted(form: URLSearchParams): Read {
  const given = Object.fromEntries([...form].filter(([name, value]) => value.trim() !== '' && !name.startsWith('attribute[')));
  const parsed = posted.safeParse(given);
  if (!parsed.success) return { wrong: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join('.'), message])) };
  const { service_code, description, lat, long, address_string, address_id, media_url, email, phone, first_name, last_name } = parsed.data;
  const attributes = attributesIn(form);
  const name = [first_name, last_name].filter(Boolean).join(' ');
  const contact = { ...(name && { name }), ...(email && { email }), ...(phone && { phone }) };
  const address = address_string ?? address_id;
  return {
    request: {
      category: service_code,
      description: description ?? '',
      ...(address && { address }),
      ...(lat !== undefined && { lat }),
      ...(long !== undefined && { long }),
      ...(media_url && { mediaUrl: media_url }),
      ...(Object.keys(attributes).length > 0 && { attributes }),
      ...(Object.keys(contact).length > 0 && { contact }),
    },
  };
}

function attributesIn(form: URLSearchParams): Record<string, string | string[]> {
  const found = new Map<string, string | string[]>();
  for (const [name, value] of form) {
    const [, code, many] = /^attribute\[([\w-]{1,40})\](\[\])?$/.exec(name) ?? [];
    if (!code || value.trim() === '') continue;
    found.set(code, many ? [...[found.get(code) ?? []].flat(), value] : value);
  }
  return Object.fromEntries(found);
}
