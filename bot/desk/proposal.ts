/** An appointment that an agent proposes: read from what the desk sends, and read back from the conversation for the desk to see how it stands. */
import { z } from 'zod';
import type { Bookings } from '../../connectors/bookings/contract.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { BOOKING } from '../dialogs/booking/reply.ts';
import { stageIn } from '../dialogs/booking/stages.ts';
import { slotOf } from '../dialogs/booking/slot-field.ts';
import { checkCodiceFiscale } from '../dialogs/codes/codice-fiscale.ts';
import { Refusal } from '../http/route.ts';
import type { Proposal } from './act.ts';

const start = z.iso.datetime({ offset: true, error: 'data e ora con lo scarto da UTC' });
const code = z.string().trim().toUpperCase().min(4).max(10);
/** Fiscal code, telephone or e-mail given at booking; absent = the citizen is asked. */
const fact = z.string().trim().min(4).max(120).optional();

export const proposing = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('book'),
    service: z.string().min(1).max(120),
    place: z.string().min(1).max(120).optional(),
    start,
    /** What is known already; the citizen is asked for the rest, and reads everything back. */
    name: z.string().trim().min(3).max(80).optional(),
    fiscalCode: z.string().trim().toUpperCase().max(20).optional(),
    phone: z.string().trim().min(6).max(40).optional(),
    email: z.email().max(200).optional(),
  }),
  z.object({ what: z.literal('move'), code, fact, start }),
  z.object({ what: z.literal('cancel'), code, fact }),
]);
export type Proposing = z.infer<typeof proposing>;

/** Throws Refusal 409 when the time is not free any more, 422 for a wrong codice fiscale. */
export async function readProposal(given: Proposing, bookings: Pick<Bookings, 'slots'>, today: string): Promise<Proposal> {
  const wish = (at: string) => ({ slot: { wish: { day: at.slice(0, 10), time: at.slice(11, 16) } } });
  if (given.what !== 'book') {
    const proof = given.fact ? { fact: { fact: given.fact } } : {};
    return { form: given.what, values: { code: given.code, ...proof, ...(given.what === 'move' ? wish(given.start) : {}) } };
  }
  const { service, place, name, fiscalCode, phone, email } = given;
  const checked = fiscalCode ? checkCodiceFiscale(fiscalCode, today) : null;
  if (checked?.kind === 'wrong') throw new Refusal(422, 'BadFiscalCode', checked.message);
  const day = given.start.slice(0, 10);
  const free = await bookings.slots({ service, ...(place ? { place } : {}), from: day, to: day });
  if (free.kind !== 'ok') throw new Refusal(503, 'BookingsAway', 'L’agenda non risponde: riprova tra poco.');
  if (!free.value.some((slot) => slot.start === given.start))
    throw new Refusal(409, 'SlotTaken', 'Quell’orario non è più libero: scegline un altro.');
  const contact = { ...(phone ? { phone } : {}), ...(email ? { email } : {}) };
  return {
    form: 'book',
    values: {
      service,
      ...(place ? { place } : {}),
      ...wish(given.start),
      ...(name ? { name } : {}),
      ...(checked?.kind === 'ok' ? { codice_fiscale: checked.value } : {}),
      ...(phone || email ? { contact } : {}),
    },
  };
}

export interface Standing {
  form: string;
  /** `asking`: something is missing · `confirming`: everything was read back · `unknown`: written, nobody answered. */
  stage: 'asking' | 'confirming' | 'unknown';
  /** What the citizen is asked for. */
  missing: string | null;
  service: string | null;
  /** ISO; the seat is kept for the citizen. */
  start: string | null;
}

/** Null when no appointment stands open before the citizen. */
export function standingIn(state: Pick<Conversation['state'], 'dialog'>): Standing | null {
  const stage = stageIn(state.dialog ?? null, BOOKING);
  if (stage?.stage !== 'form' && stage?.stage !== 'unknown') return null;
  const { form, values, open } = stage.form;
  const confirming = stage.form.stage === 'confirming' ? 'confirming' : 'asking';
  return {
    form,
    stage: stage.stage === 'unknown' ? 'unknown' : confirming,
    missing: open,
    service: typeof values['service'] === 'string' ? values['service'] : null,
    start: slotOf(values)?.hold?.slot.start ?? null,
  };
}
