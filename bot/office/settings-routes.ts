/** What administrators set from /settings: users, offices, the body itself, days without appointments. Every change is in the audit. */
import { z } from 'zod';
import { createDesk } from '../../connectors/bookings/embedded/desk.ts';
import { day, type OfficePlanInput } from '../../connectors/bookings/embedded/plan.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { Refusal, type Role, type Route, type Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import { changeUser, listUsers } from '../staff/change-user.ts';
import { PASSWORD_MINIMUM } from '../staff/password.ts';
import { BadUser, createUser, ROLES } from '../staff/users.ts';
import { type BodyOwn, bodySettings } from './body.ts';
import { unchanged, versionIn } from './plan-version.ts';

const ADMINISTRATORS: Role[] = ['administrator'];
const password = z.string().min(PASSWORD_MINIMUM, `almeno ${PASSWORD_MINIMUM} caratteri`).max(256);
const office = z.string().trim().max(200).nullable();
const newUser = z.object({
  name: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@ -]{1,63}$/u, 'da 2 a 64 lettere, cifre, punti, trattini o spazi'),
  role: z.enum(ROLES as [Role, ...Role[]]),
  office: office.default(null),
  password,
});
const changedUser = z.object({
  role: z.enum(ROLES as [Role, ...Role[]]).optional(),
  office: office.optional(),
  disabled: z.boolean().optional(),
  password: password.optional(),
});
const savedOffice = z.object({
  name: z.string().trim().min(2).max(120),
  address: z.string().trim().max(200).default(''),
  hours: z.string().trim().max(300).default(''),
  phone: z.string().trim().max(40).default(''),
  email: z.string().trim().max(120).default(''),
  topics: z.array(z.string().trim().min(2).max(60)).max(60).default([]),
});
const closures = z.object({
  closures: z
    .array(
      z.object({
        from: day,
        to: day,
        place: z.string().optional(),
        counter: z.string().optional(),
        hours: z.tuple([z.string(), z.string()]).optional(),
        reason: z.string().trim().max(120).default(''),
      }),
    )
    .max(200),
  /** The version it is to replace; absent = whatever there is. */
  version: z.string().max(60).optional(),
});

export interface SettingsParts {
  database: Database;
  knowledge: Pick<Knowledge, 'offices' | 'saveOffices'>;
  body: BodyOwn;
  /** As citizens read it now. */
  bodyName(): string;
}

export function settingsRoutes({ database, knowledge, body, bodyName }: SettingsParts): Route[] {
  const plan = createDesk({ database });
  const actor = (staff: Staff | null) => (staff as Staff).id;
  const known = (name: string | null | undefined) => {
    if (name && !knowledge.offices().some((one) => one.name === name))
      throw new Refusal(400, 'BadArgument', `L’ufficio «${name}» non c’è.`);
  };
  const read = { method: 'get', permission: ADMINISTRATORS } as const;
  return [
    {
      ...read,
      path: '/api/users',
      summary: 'Staff users',
      handle: async () => ({ status: 200, body: { users: await listUsers(database) } }),
    },
    {
      method: 'post',
      path: '/api/users',
      permission: ADMINISTRATORS,
      summary: 'Make a staff user',
      body: newUser,
      async handle({ body: given, staff }) {
        const user = given as z.infer<typeof newUser>;
        known(user.office);
        try {
          return { status: 201, body: await createUser(database, { ...user, office: user.office || null }, actor(staff)) };
        } catch (error) {
          if (error instanceof BadUser) throw new Refusal(409, 'BadUser', `C’è già un utente di nome «${user.name}».`);
          throw error;
        }
      },
    },
    {
      method: 'put',
      path: '/api/users/:id',
      permission: ADMINISTRATORS,
      summary: 'Change role, office or password of a user, or disable them; 409 for the last administrator',
      body: changedUser,
      async handle({ body: given, staff, params }) {
        const change = given as z.infer<typeof changedUser>;
        known(change.office);
        await changeUser(database, params['id'] ?? '', { ...change, ...(change.office === '' ? { office: null } : {}) }, actor(staff));
        return { status: 200, body: { users: await listUsers(database) } };
      },
    },
    {
      ...read,
      path: '/api/offices',
      summary: 'Offices with their contacts and the words that name their work',
      handle: async () => ({ status: 200, body: { offices: knowledge.offices() } }),
    },
    {
      method: 'put',
      path: '/api/offices',
      permission: ADMINISTRATORS,
      summary: 'Add an office, or change the one of that name; answers name it from now on',
      body: savedOffice,
      async handle({ body: given, staff }) {
        const saved = given as z.infer<typeof savedOffice>;
        await knowledge.saveOffices([saved]);
        await database.write((tx) => appendAudit(tx, { actor: actor(staff), action: 'office.save', subject: saved.name, detail: {} }));
        return { status: 200, body: { offices: knowledge.offices() } };
      },
    },
    {
      ...read,
      path: '/api/body',
      summary: 'The body’s name as citizens read it, its welcome and what a contact costs',
      handle: async () => ({ status: 200, body: { ...body.value(), shownName: bodyName() } }),
    },
    {
      method: 'put',
      path: '/api/body',
      permission: ADMINISTRATORS,
      summary: 'Change name, welcome and costs; they count at once',
      body: bodySettings,
      async handle({ body: given, staff }) {
        await body.save(given as z.infer<typeof bodySettings>, (tx) =>
          appendAudit(tx, { actor: actor(staff), action: 'body.save', subject: 'body', detail: {} }),
        );
        return { status: 200, body: { ...body.value(), shownName: bodyName() } };
      },
    },
    {
      ...read,
      path: '/api/bookings/closures',
      summary: 'Days (or hours) without appointments, and the places and counters they can name',
      async handle() {
        const { written, closuresVersion: version } = await plan.saved.get();
        return {
          status: 200,
          headers: { etag: `"${version}"` },
          body: {
            closures: written.closures ?? [],
            version,
            places: written.places,
            counters: written.counters.map(({ id, name }) => ({ id, name })),
          },
        };
      },
    },
    {
      method: 'put',
      path: '/api/bookings/closures',
      permission: ADMINISTRATORS,
      summary:
        'Set the days without appointments; bookings already made stay as they are. With version (or If-Match) only over that one (412 otherwise)',
      body: closures,
      async handle({ body: given, headers, staff }) {
        const { closures: wanted, version } = given as z.infer<typeof closures>;
        const saved = unchanged(
          await plan.saved.saveClosures(wanted as OfficePlanInput['closures'], version ?? versionIn(headers['if-match'])),
        );
        if (saved.kind !== 'ok')
          throw new Refusal(
            400,
            'BadArgument',
            saved.kind === 'invalid' ? Object.values(saved.fields).join('; ') : 'Non è stato possibile salvare.',
          );
        await database.write((tx) => appendAudit(tx, { actor: actor(staff), action: 'closures.save', subject: 'bookings', detail: {} }));
        const now = await plan.saved.get();
        return {
          status: 200,
          headers: { etag: `"${now.closuresVersion}"` },
          body: { closures: now.written.closures ?? [], version: now.closuresVersion },
        };
      },
    },
  ];
}
