/** What a citizen agreed to be remembered by: name, preferred channel and language, an e-mail address shown to be theirs. Nothing is kept without their yes. */
import { randomInt } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { SignedIn } from './sessions.ts';
import type { Keyed } from './thread.ts';

const DAY_MS = 86_400_000;
/** How long figures sent to an address are good. */
const FIGURES_MS = 30 * 60_000;
const TRIES = 3;
/** Days without a change or a sign-in after which a profile goes. */
const KEPT_DAYS = 730;

export interface Profile {
  name: string;
  /** Where they would rather be reached; null = where they wrote last. */
  channel: string | null;
  lang: string | null;
  /** What cannot be delivered where they wrote may go to another channel or contact of theirs. */
  elsewhere: boolean;
  consentAt: string;
  /** Null = none given. */
  email: { address: string; verified: boolean } | null;
}

export interface Wishes {
  channel: string | null;
  lang: string | null;
  elsewhere: boolean;
}

export interface Profiles {
  /** Null = they never agreed to one. */
  of(person: string): Promise<Profile | null>;
  /** Only what a consent in force covers: the fiscal code that it was given under. */
  fiscalCodeOf(person: string): Promise<string | null>;
  /** The citizen says yes, or changes what they said. */
  keep(who: Pick<SignedIn, 'person' | 'fiscalCode' | 'name'>, wishes: Wishes): Promise<void>;
  /** Six figures for a letter to the address; it counts for nothing until they come back. Null = no profile, or asked too often. */
  askEmail(person: string, address: string, also: (tx: Writer, figures: string) => Promise<void>): Promise<boolean>;
  confirmEmail(person: string, figures: string): Promise<'ok' | 'wrong' | 'gone'>;
  /** Consent withdrawn: everything of the profile goes. */
  forget(person: string): Promise<void>;
  sweep(): Promise<number>;
}

export function createProfiles(parts: { database: Database; keyed: Keyed; now(): number }): Profiles {
  const { database, keyed } = parts;
  const at = (ms = 0) => new Date(parts.now() + ms).toISOString();
  const codeOf = (person: string, address: string, figures: string) => keyed.of(`email ${person} ${address} ${figures}`);

  const forgetIn = async (tx: Writer, person: string) => {
    for (const table of ['citizen_profile', 'citizen_contact'] as const) await tx.deleteFrom(table).where('person', '=', person).execute();
  };

  return {
    async of(person) {
      const row = await database.read.selectFrom('citizen_profile').selectAll().where('person', '=', person).executeTakeFirst();
      if (!row) return null;
      const mail = await database.read
        .selectFrom('citizen_contact')
        .select(['address', 'verified_at'])
        .where('person', '=', person)
        .where('kind', '=', 'email')
        .executeTakeFirst();
      const { name, channel, lang, elsewhere, consent_at: consentAt } = row;
      return {
        name,
        channel,
        lang,
        elsewhere: elsewhere === 1,
        consentAt,
        email: mail ? { address: mail.address, verified: mail.verified_at !== null } : null,
      };
    },
    async fiscalCodeOf(person) {
      const row = await database.read.selectFrom('citizen_profile').select('fiscal_code').where('person', '=', person).executeTakeFirst();
      return row?.fiscal_code ?? null;
    },
    async keep({ person, fiscalCode, name }, { channel, lang, elsewhere }) {
      const said = { name, channel, lang, elsewhere: elsewhere ? 1 : 0, updated_at: at() };
      await database.write((tx) =>
        tx
          .insertInto('citizen_profile')
          .values({ person, fiscal_code: fiscalCode, consent_at: at(), ...said })
          .onConflict((conflict) => conflict.column('person').doUpdateSet(said))
          .execute(),
      );
    },
    async askEmail(person, address, also) {
      const figures = String(randomInt(1_000_000)).padStart(6, '0');
      const asked = { address, code: codeOf(person, address, figures), tries: 0, asked_at: at(), verified_at: null };
      return database.write(async (tx) => {
        const profile = await tx.selectFrom('citizen_profile').select('person').where('person', '=', person).executeTakeFirst();
        if (!profile) return false;
        const kept = await tx
          .insertInto('citizen_contact')
          .values({ person, kind: 'email', ...asked, created_at: at() })
          .onConflict((conflict) =>
            conflict
              .columns(['person', 'kind'])
              .doUpdateSet(asked)
              // One letter a minute: nobody floods another's letter box.
              .where((eb) => eb.or([eb('citizen_contact.asked_at', 'is', null), eb('citizen_contact.asked_at', '<', at(-60_000))])),
          )
          .executeTakeFirst();
        if (Number(kept.numInsertedOrUpdatedRows) === 0) return false;
        await also(tx, figures);
        return true;
      });
    },
    async confirmEmail(person, figures) {
      return database.write(async (tx): Promise<'ok' | 'wrong' | 'gone'> => {
        const row = await tx
          .updateTable('citizen_contact')
          .set((eb) => ({ tries: eb('tries', '+', 1) }))
          .where('person', '=', person)
          .where('kind', '=', 'email')
          .where('code', 'is not', null)
          .where('tries', '<', TRIES)
          .where('asked_at', '>', at(-FIGURES_MS))
          .returningAll()
          .executeTakeFirst();
        if (!row) return 'gone';
        if (row.code !== codeOf(person, row.address, figures)) return row.tries < TRIES ? 'wrong' : 'gone';
        await tx
          .updateTable('citizen_contact')
          .set({ code: null, verified_at: at() })
          .where('person', '=', person)
          .where('kind', '=', 'email')
          .execute();
        return 'ok';
      });
    },
    forget: (person) => database.write((tx) => forgetIn(tx, person)),
    async sweep() {
      const old = await database.read
        .selectFrom('citizen_profile')
        .select('person')
        .where('updated_at', '<', at(-KEPT_DAYS * DAY_MS))
        .limit(100)
        .execute();
      for (const { person } of old) await database.write((tx) => forgetIn(tx, person));
      return old.length;
    },
  };
}
