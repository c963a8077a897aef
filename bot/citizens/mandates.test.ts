/** Mandates between the same two people, on a real database. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../connectors/databases/fixtures/engines.ts';
import { speech } from '../dialogs/fixtures/town.ts';
import { chooseActing } from './act.ts';
import { createMandates } from './mandates.ts';
import { createSessions } from './sessions.ts';
import { createKeyed } from './thread.ts';

describe.each(engines.filter(({ why }) => !why))('$title', (engine) => {
  beforeAll(() => engine.start());
  afterAll(() => engine.stop());

  test('a mandate renewed before its end, or one for each thing, is still for one person; a namesake is another', async () => {
    const database = await engine.open(await engine.place());
    const sessions = createSessions({ database, keyed: await createKeyed(database), now: Date.now });
    const mandates = createMandates({ database, personOf: sessions.personOf, today: () => new Date().toISOString().slice(0, 10) });
    const marta = sessions.personOf('GDUMRT84E52D612J');
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const give = async (scope: 'bookings' | 'cases', fiscalCode: string) => {
      const holder = { fiscalCode: 'GDUMRT84E52D612J', name: 'Marta Guidi' };
      const about = { kind: 'guardian', scope, principal: { fiscalCode, name: 'Luca Verdi' }, holder, until } as const;
      const recorded = await mandates.record({ ...about, basis: 'decreto', recordedBy: 'operator' });
      return recorded.kind === 'ok' ? recorded.id : '';
    };
    const choose = () =>
      chooseActing(
        { sessions, mandates },
        {
          message: { conversationId: 'c', channel: 'web', citizenId: 'c' } as never,
          session: { person: marta } as never,
          wanted: { name: 'luca verdi' },
          say: speech('it'),
          lang: 'it',
          page: '/me',
        },
      );
    const [bookings, cases] = [await give('bookings', 'VRDLCU78M15A562V'), await give('cases', 'VRDLCU78M15A562V')];
    expect((await choose()).effects).toHaveLength(1);
    expect(await mandates.principalOf(bookings, marta, 'cases')).toMatchObject({ mandateId: cases, fiscalCode: 'VRDLCU78M15A562V' });
    await mandates.revoke(bookings, marta);
    expect(await mandates.principalOf(bookings, marta, 'bookings')).toBeNull();
    await give('bookings', 'VRDLCU80A01A562T');
    expect((await choose()).effects).toEqual([]);
    expect(await mandates.principalOf(bookings, marta, 'bookings')).toBeNull();
    await database.close();
  });
});
