/** Where a conversation about an appointment stands. Plain JSON, kept with the conversation. */
import { z } from 'zod';
import type { FormState } from '../../conversation/filling/form.ts';

export const formState = z.object({
  form: z.string(),
  key: z.string(),
  values: z.record(z.string(), z.unknown()),
  checked: z.array(z.string()),
  given: z.array(z.string()),
  open: z.string().nullable(),
  stage: z.enum(['filling', 'confirming']),
  misses: z.record(z.string(), z.number()),
  offered: z.array(z.string()),
  interrupted: z.boolean(),
  asides: z.number().optional(),
}) satisfies z.ZodType<FormState>;

const bookingForm = formState.extend({ form: z.enum(['book', 'move', 'cancel', 'show']) });

const stages = z.discriminatedUnion('stage', [
  /** An answer named a service that can be booked. */
  z.object({ stage: z.literal('offered'), service: z.string() }),
  z.object({ stage: z.literal('form'), form: bookingForm }),
  z.object({ stage: z.literal('paused'), form: bookingForm }),
  /** A write was sent and nobody answered: looked up at every further message. */
  z.object({ stage: z.literal('unknown'), form: bookingForm }),
  /** There is an appointment; see, move or cancel it? */
  z.object({ stage: z.literal('which') }),
  /** A booking was read out: "and where is it?" is said of it. `signed`: a sign-in stood for the fact, and must stand still when it is used. */
  z.object({ stage: z.literal('told'), code: z.string(), fact: z.string(), signed: z.boolean().optional() }),
]);
export type Stage = z.infer<typeof stages>;

/** What a schema makes of a dialog's data, read once: several ask in a turn, and a turn never changes a state but makes the next one. Null = not of its shape. */
export function parsedOnce<T>(schema: z.ZodType<T>): (data: unknown) => T | null {
  const known = new WeakMap<object, { parsed: T | null }>();
  return (data) => {
    if (typeof data !== 'object' || data === null) return null;
    const read = known.get(data);
    if (read) return read.parsed;
    const parsed = schema.safeParse(data).data ?? null;
    known.set(data, { parsed });
    return parsed;
  };
}

const stageOf = parsedOnce(stages);

/** Null when the data is of another dialog, or of an older version of this one. */
export function stageIn(dialog: { name: string; data: unknown } | null, name: string): Stage | null {
  if (dialog?.name !== name) return null;
  // Most answers end with an offer, and the next message asks several times whether one stands.
  const { stage, service } = (dialog.data ?? {}) as { stage?: unknown; service?: unknown };
  if (stage === 'offered' && typeof service === 'string') return { stage, service };
  return stageOf(dialog.data);
}
