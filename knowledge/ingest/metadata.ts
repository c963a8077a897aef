/** What a document says of itself, from front matter, `<meta name="sportello:…">`, a folder's metadata.json or the command line. */
import { z } from 'zod';
import type { DocumentMeta } from '../documents/document.ts';
import { Unreadable } from '../readers/contract.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day, YYYY-MM-DD');

export const metadataSchema = z.object({
  id: z.string().min(1).max(200).optional(),
  title: z.string().min(1).optional(),
  office: z.string().optional(),
  lang: z
    .string()
    .regex(/^[a-z]{2}$/)
    .optional(),
  audience: z.enum(['citizen', 'staff']).optional(),
  url: z.string().optional(),
  updatedOn: day.optional(),
  validFrom: day.optional(),
  validUntil: day.optional(),
  owner: z.string().optional(),
  reviewBy: day.optional(),
});
export type Metadata = z.infer<typeof metadataSchema>;

/** Checks what a file carries; unknown keys are left alone. Throws Unreadable naming the key. */
export function checkMetadata(meta: Record<string, unknown>): Metadata {
  const given = Object.fromEntries(Object.entries(meta).filter(([, value]) => value !== '' && value !== null));
  const result = metadataSchema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Unreadable(`metadato «${issue?.path.join('.')}» non valido: ${issue?.message}`);
}

/** The complete metadata: command line over sidecar over the file's own, with safe defaults. */
export function completeMetadata(parts: {
  given: Metadata;
  own: Metadata;
  title: string;
  id: string;
  lang: string;
  today: string;
}): DocumentMeta {
  const meta = { ...parts.own, ...parts.given };
  return {
    id: meta.id ?? parts.id,
    title: meta.title ?? parts.title,
    lang: meta.lang ?? parts.lang,
    office: meta.office ?? '',
    audience: meta.audience ?? 'citizen',
    sourceUrl: meta.url ?? null,
    validFrom: meta.validFrom ?? null,
    validUntil: meta.validUntil ?? null,
    updatedOn: meta.updatedOn ?? parts.today,
    owner: meta.owner ?? null,
    reviewBy: meta.reviewBy ?? null,
  };
}

/** `Carta d'identità (CIE).pdf` → `carta-d-identita-cie`. */
export function slug(text: string, longest = 60): string {
  const words = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return (words.length <= longest ? words : words.slice(0, longest).replace(/-[^-]*$/, '')) || 'parte';
}
