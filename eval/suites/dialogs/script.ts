/** One script: what the citizen says in order, what must be true in the end, and facts to give when asked. */
import { z } from 'zod';

export const scriptLine = z.object({
  id: z.string(),
  turns: z.array(z.string()),
  goal: z.object({
    action: z.enum(['book', 'reschedule', 'cancel', 'status', 'queue', 'none']),
    service: z.string(),
    date: z.iso.date().optional(),
    time: z
      .string()
      .regex(/^\d\d:\d\d$/)
      .optional(),
    code: z.string().optional(),
  }),
  facts: z.object({ name: z.string(), codice_fiscale: z.string(), phone: z.string(), email: z.string() }),
  seed: z
    .object({ code: z.string(), service: z.string(), date: z.iso.date(), time: z.string(), name: z.string(), codice_fiscale: z.string() })
    .optional(),
});
export type Script = z.infer<typeof scriptLine>;

/** What a turn of the citizen gives of the facts, wrong or right: looked at from outside, without the reader under test. */
export function gives(turn: string, facts: Script['facts']): Set<string> {
  const found = new Set<string>();
  if (/@/.test(turn)) found.add('contact');
  if (/\d(?:[ .-]?\d){7}/.test(turn)) found.add('contact');
  const packed = turn.replace(/[\s.-]/g, '').toUpperCase();
  if (/[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d/.test(packed)) found.add('codice_fiscale');
  const words = new Set(turn.toLowerCase().split(/[^\p{L}]+/u));
  if (
    facts.name
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .every((word) => words.has(word))
  )
    found.add('name');
  return found;
}
