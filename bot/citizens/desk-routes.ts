/** What an agent may see and record about a citizen: the timeline of whoever asked for a person, and mandates whose deed the office has seen. Each look is audited. */
import { z } from 'zod';
import { findHandoff } from '../desk/handoffs.ts';
import { checkCodiceFiscale } from '../dialogs/codes/codice-fiscale.ts';
import { Refusal, type Role, type Route, type Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import { deadLettersOf } from './dead-letters.ts';
import { KINDS, type Mandates, SCOPES } from './mandates.ts';
import type { Profiles } from './profile.ts';
import { timelineOf, type TimelineParts } from './timeline.ts';

export interface CitizenDeskParts extends TimelineParts {
  profiles: Profiles;
  mandates: Mandates;
  today(): string;
  now(): number;
}

const AT_THE_DESK: Role[] = ['agent', 'supervisor', 'administrator'];
const party = z.object({ name: z.string().trim().min(3).max(80), fiscalCode: z.string().trim().max(16) });
const recording = z.object({
  kind: z.enum(KINDS).exclude(['delegate']),
  scope: z.enum(SCOPES),
  principal: party,
  holder: party,
  until: z.iso.date(),
  basis: z.string().trim().min(3).max(200),
});

export function citizenDeskRoutes(parts: CitizenDeskParts): Route[] {
  const { database, profiles, mandates } = parts;

  /** A company has eleven figures. */
  function codeOf(written: string, isCompany: boolean): string {
    if (isCompany && /^\d{11}$/.test(written)) return written;
    const checked = checkCodiceFiscale(written, parts.today());
    if (checked.kind === 'wrong') throw new Refusal(422, 'BadArgument', checked.message);
    return checked.value;
  }

  return [
    {
      method: 'get',
      path: '/api/handoffs/:id/undelivered',
      permission: AT_THE_DESK,
      summary: 'Messages and letters of a request’s conversation that did not arrive, and where those that were moved went',
      async handle(request) {
        const handoff = await findHandoff(database, request.staff as Staff, request.params['id'] ?? '');
        if (!handoff) throw new Refusal(404, 'NotFound', 'Questa richiesta non esiste o è di un altro ufficio.');
        return { status: 200, body: { undelivered: await deadLettersOf(database, handoff.conversationId) } };
      },
    },
    {
      method: 'get',
      path: '/api/handoffs/:id/citizen',
      permission: AT_THE_DESK,
      summary:
        'Profile, mandates and timeline of the citizen who asked for a person and has signed in; an agent sees those of requests they have taken. Each look is audited',
      async handle(request) {
        const staff = request.staff as Staff;
        const handoff = await findHandoff(database, staff, request.params['id'] ?? '');
        if (!handoff) throw new Refusal(404, 'NotFound', 'Questa richiesta non esiste o è di un altro ufficio.');
        // Need: an agent who has the request, while it is open.
        if (staff.role === 'agent' && !(handoff.state === 'accepted' && handoff.agent?.id === staff.id))
          throw new Refusal(409, 'NotYours', 'Prendi in carico la richiesta per vedere la storia del cittadino.');
        const people = await database.read
          .selectFrom('citizen_conversation')
          .select('person')
          .where('conversation_id', '=', handoff.conversationId)
          .execute();
        // Two people have signed in there: nobody can tell whose request it is.
        const person = people.length === 1 ? people[0]?.person : undefined;
        const session = await database.read
          .selectFrom('citizen_session')
          .select('fiscal_code')
          .where('conversation_id', '=', handoff.conversationId)
          .where('confirm', 'is', null)
          .where('expires_at', '>', new Date(parts.now()).toISOString())
          .executeTakeFirst();
        const fiscalCode = person ? (session?.fiscal_code ?? (await profiles.fiscalCodeOf(person))) : null;
        const timeline = person
          ? await timelineOf(parts, { person, fiscalCode })
          : { events: [], missing: ['Il cittadino non ha fatto l’accesso.'] };
        await database.write((tx) =>
          appendAudit(tx, { actor: staff.id, action: 'citizen.timeline', subject: handoff.id, detail: { events: timeline.events.length } }),
        );
        return {
          status: 200,
          body: {
            verified: person !== undefined,
            profile: person ? await profiles.of(person) : null,
            mandates: person ? await mandates.of(person) : null,
            ...timeline,
          },
        };
      },
    },
    {
      method: 'post',
      path: '/api/mandates',
      permission: AT_THE_DESK,
      summary: 'Records that a parent, guardian or company’s representative may act for somebody: the office has seen the deed',
      body: recording,
      async handle({ staff, body }) {
        const { kind, principal, holder, ...rest } = body as z.infer<typeof recording>;
        const recorded = await mandates.record({
          ...rest,
          kind,
          principal: { ...principal, fiscalCode: codeOf(principal.fiscalCode, kind === 'company') },
          holder: { ...holder, fiscalCode: codeOf(holder.fiscalCode, false) },
          recordedBy: (staff as Staff).id,
        });
        if (recorded.kind === 'invalid') throw new Refusal(422, 'BadArgument', recorded.why);
        return { status: 201, body: { id: recorded.id } };
      },
    },
  ];
}
