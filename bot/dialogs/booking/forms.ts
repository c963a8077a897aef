/** The forms about appointments: book, move, cancel, show. */
import { z } from 'zod';
import type { Booking, Bookings, Place, Proof, Service } from '../../../connectors/bookings/contract.ts';
import { field, type Field, type Form, type Reading } from '../../conversation/filling/form.ts';
import { codesIn } from './codes.ts';
import { behalfField, contactField, fiscalField, fiscalIn, whoField } from './person-fields.ts';
import { chosenPlace, placeField } from './place-field.ts';
import { serviceField } from './service-field.ts';
import { slotField, slotOf, whenWhere } from './slot-field.ts';

export type FormName = 'book' | 'move' | 'cancel' | 'show';

/** The second fact and, once the two fit together, the booking they open. */
export interface Proven {
  fact: string;
  booking?: Booking;
}
const proven = z.object({
  fact: z.string(),
  booking: z.looseObject({ code: z.string(), start: z.string(), service: z.looseObject({ id: z.string(), name: z.string() }) }).optional(),
});
const CANCEL_WORDS = /\b(?:(?:cancell|disdi|annull|elimin)\w*|disdett\w+|cancel|absagen|stornieren|annuler|anular|cancelar)\b/;

export const provenOf = (values: Record<string, unknown>): Proven | null =>
  (proven.safeParse(values['fact']).data as Proven | undefined) ?? null;

export const proofOf = (fact: string): Proof => ({ kind: 'fact', fact });

export interface FormParts {
  bookings: Bookings;
  /** As the connector listed them for this turn. */
  services: Service[];
  /** Where a service is given. */
  places(service: unknown): Place[];
  timeZone: string;
}

export function createForm(name: FormName, parts: FormParts): Form {
  const { bookings, services } = parts;
  if (name === 'book') {
    const slot = slotField({
      ...parts,
      needs: ['service', 'place'],
      moving: false,
      waits: bookings.capabilities().has('waiting'),
      about: (values) => (typeof values['service'] === 'string' ? { service: values['service'], ...chosenPlace(values) } : null),
    });
    return {
      name,
      fields: [serviceField(services, false), placeField(parts.places), slot, whoField, fiscalField, behalfField, contactField],
      refusal: 'change',
      confirm: ({ say }) => ({
        before: say('bookSummary'),
        after: say('bookConfirm'),
        choices: [say('yesBook'), say('change'), say('cancel')],
      }),
    };
  }
  const known: Field[] = [serviceField(services, true), codeField, factField(bookings)];
  const whatIs = (values: Record<string, unknown>): Booking | undefined => provenOf(values)?.booking;
  if (name === 'move') {
    const slot = slotField({
      ...parts,
      needs: ['fact'],
      moving: true,
      waits: false,
      about(values) {
        const booking = whatIs(values);
        return booking ? { service: booking.service.id, start: booking.start } : null;
      },
    });
    return {
      name,
      fields: [...known, slot],
      refusal: 'change',
      yes: /\b(?:spost\w+|cambi\w+|move|reschedule|verschieben|deplacer|cambiar)\b/,
      own: /\b(?:annull\w* (?:l |la )?(?:appuntamento|prenotazione))\b/,
      confirm({ say, values, lang }) {
        const booking = whatIs(values);
        const old = booking ? whenWhere(booking, lang) : '';
        return {
          before: say('moveSummary', { service: booking?.service.name ?? '', old }),
          after: say('moveConfirm'),
          choices: [say('yesMove'), say('change'), say('cancel')],
        };
      },
    };
  }
  return {
    name,
    fields: known,
    refusal: 'cancel',
    yes: CANCEL_WORDS,
    own: CANCEL_WORDS,
    confirm({ say, values, lang }) {
      const booking = whatIs(values);
      const when = booking ? whenWhere(booking, lang) : '';
      return {
        before: say('cancelSummary', { service: booking?.service.name ?? '', when }),
        after: say('cancelConfirm'),
        choices: [say('yesCancel'), say('noKeep')],
      };
    },
  };
}

const codeField = field<string>({
  name: 'code',
  schema: z.string().min(4).max(10),
  read: (around) => {
    const { booking } = codesIn(around.text);
    return booking ? { kind: 'value', value: booking } : { kind: 'none' };
  },
  ask: ({ say }) => ({ text: say('bookAskCode'), choices: [] }),
  label: ({ say }) => say('bookCode'),
  called: /\b(?:codice|code|codigo)\b/i,
  show: (value) => value,
});

function factField(bookings: Bookings): Field {
  return field<Proven>({
    name: 'fact',
    schema: proven as unknown as z.ZodType<Proven>,
    needs: ['code'],
    read(around) {
      const { fiscal, phone, email } = codesIn(around.text);
      const before = provenOf(around.values);
      const taken = (fact: string): Reading => ({ kind: 'value', value: before?.fact === fact ? before : { fact } });
      if (!fiscal) return phone || email ? taken(phone ?? email ?? '') : { kind: 'none' };
      const reading = fiscalIn(around, fiscal);
      return reading.kind === 'value' ? taken(String(reading.value)) : reading;
    },
    async check({ fact }, { values, say }) {
      const result = await bookings.get(String(values['code']), proofOf(fact));
      if (result.kind === 'ok') {
        if (result.value.status === 'cancelled')
          return { kind: 'stop', note: say('bookAlreadyCancelled', { service: result.value.service.name }) };
        return { kind: 'ok', value: { fact, booking: result.value } };
      }
      if (result.kind === 'retry_after')
        return { kind: 'stop', note: say('bookTooManyTries', { minutes: String(Math.ceil(result.seconds / 60)) }) };
      return result.kind === 'not_found' ? { kind: 'refused', note: say('bookNotFound') } : { kind: 'stop', note: say('bookDown') };
    },
    ask: ({ say }) => ({ text: say('bookAskFact'), choices: [] }),
    label: ({ say }) => say('bookFact'),
    called: /\b(?:codice fiscale|cf|telefono|e-?mail)\b/i,
    show: () => null,
  });
}

/** What the citizen gave, as the office keeps it. */
export function personOf(values: Record<string, unknown>): {
  name: string;
  fiscalCode: string;
  phone?: string;
  email?: string;
  note?: string;
} {
  const behalf = values['behalf'];
  const contact = (values['contact'] ?? {}) as { phone?: string; email?: string };
  return {
    name: String(values['name']),
    fiscalCode: String(values['codice_fiscale']),
    ...(contact.phone && { phone: contact.phone }),
    ...(contact.email && { email: contact.email }),
    // Whoever opens the appointment sees both names.
    ...(typeof behalf === 'string' && { note: behalf }),
  };
}

export const holdOf = (values: Record<string, unknown>) => slotOf(values)?.hold;

/** What the citizen could prove the new booking with. */
export function factIn(values: Record<string, unknown>): string {
  const contact = values['contact'] as { phone?: string; email?: string } | undefined;
  return provenOf(values)?.fact ?? (values['codice_fiscale'] as string | undefined) ?? contact?.email ?? contact?.phone ?? '';
}
