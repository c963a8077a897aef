/** The same suite, second half: what an office offers, to whom it shows it, and its calendar on every night of the year. */
import { expect, test } from 'vitest';
import type { Booking } from './contract.ts';
import { at, DAY, marta, onEveryPlug, piero, proof, value } from './fixtures/on-every-plug.ts';

onEveryPlug((office) => {
  test('services and places are the office’s', async () => {
    const services = value(await office.world.bookings.services());
    expect(services.map((service) => service.id)).toEqual(['carta', 'ritiro', 'residenza', 'incontro', 'notte']);
    expect(services[0]).toMatchObject({ name: 'Carta d’identità', minutes: 30, bring: ['una fototessera'] });
    expect(value(await office.world.bookings.places('residenza')).map((place) => place.id)).toEqual(['municipio', 'delegazione']);
    expect((await office.world.bookings.places('nessuno')).kind).toBe('not_found');
    expect((await office.world.bookings.health()).state).toBe('up');
  });

  test('slots of a day: split shifts, the offset, nothing on a holiday, on the patron’s day or in a closure', async () => {
    const day = await office.slots();
    expect(day.map((slot) => slot.start.slice(11, 16)).join(' ')).toBe('09:00 09:30 10:00 10:30 11:00 11:30 12:00 15:00 15:30 16:00 16:30');
    expect(day[0]).toMatchObject({ start: '2026-12-01T09:00:00+01:00', end: '2026-12-01T09:30:00+01:00', seatsLeft: 1 });
    const open = async (date: string) => (await office.slots('carta', date)).length;
    expect(await Promise.all(['2026-12-08', '2026-12-09', '2026-12-14', '2026-12-05', '2027-03-29'].map(open))).toEqual([0, 0, 0, 0, 0]);
    expect(await open('2026-12-24')).toBe(7);
    expect((await office.slots('residenza', '2026-12-14')).every((slot) => slot.place.id === 'delegazione')).toBe(true);
  });

  test('notice and horizon bound what is shown, and what can be held', async () => {
    expect((await office.slots('residenza', '2026-11-25'))[0]?.start).toBe('2026-11-25T10:00:00+01:00');
    expect(await office.slots('residenza', '2026-12-28', '2027-01-20')).toEqual([]);
    expect((await office.world.bookings.hold('residenza~municipio~20261125T0840Z', 60)).kind).toBe('slot_taken');
    expect((await office.world.bookings.hold('carta~municipio~20261201T0805Z', 60)).kind).toBe('slot_taken');
    expect((await office.world.bookings.hold('not a slot', 60)).kind).toBe('invalid');
    expect((await office.world.bookings.slots({ service: 'carta', from: '2026-12-40', to: DAY })).kind).toBe('invalid');
    expect((await office.world.bookings.slots({ service: 'carta', from: DAY, to: '2027-12-01' })).kind).toBe('invalid');
  });

  test('a wrong second fact cannot be told from an unknown code', async () => {
    const { code } = value(await office.book(at(await office.slots(), '09:00').id, 'k1'));
    const wrong = { kind: 'fact', fact: '333 9999999' } as const;
    const slot = at(await office.slots(), '12:00').id;
    const ask = async (which: string) => [
      await office.world.bookings.get(which, wrong),
      await office.world.bookings.cancel(which, wrong, `c-${which}`),
      await office.world.bookings.reschedule(which, wrong, slot, `r-${which}`),
      await office.world.bookings.get(which, { kind: 'person', fiscalCode: 'ZNLPRI71B08L736Y' }),
      await office.world.bookings.cancel(which, { kind: 'key', key: '' }, `k-${which}`),
    ];
    expect(await ask(code)).toEqual(await ask('ZZZZZ2'));
    expect(at(await office.slots(), '12:00')).toBeDefined();
    for (const fact of ['GDU MRT 84E52 D612J', '3330001107', ' Marta.Guidi@Example.org'])
      expect((await office.world.bookings.get(code, { kind: 'fact', fact })).kind).toBe('ok');
    expect((await office.world.bookings.get(code, { kind: 'fact', fact: 'Marta Guidi' })).kind).toBe('not_found');
  });

  test('the calendar’s key shows a booking and changes nothing', async () => {
    const booked = value(await office.book(at(await office.slots(), '09:00').id, 'k1'));
    const key = { kind: 'key', key: booked.calendarKey } as const;
    expect(value(await office.world.bookings.get(booked.code, key))).toEqual(booked);
    expect((await office.world.bookings.cancel(booked.code, key, 'k2')).kind).toBe('not_found');
    expect((await office.world.bookings.reschedule(booked.code, key, at(await office.slots(), '12:00').id, 'k3')).kind).toBe('not_found');
  });

  test('a person’s limit holds, also when they ask many times at once', async () => {
    const day = (await office.slots('residenza')).slice(0, 12);
    const outcomes = await Promise.all(day.map((slot, n) => office.book(slot.id, `l${n}`)));
    expect(outcomes.filter((one) => one.kind === 'ok')).toHaveLength(2);
    expect(outcomes.filter((one) => one.kind === 'limit_reached' && one.limit === 2)).toHaveLength(10);
    const mine = value(outcomes.find((one) => one.kind === 'ok')!);
    value(await office.world.bookings.cancel(mine.code, proof, 'c'));
    const last = (await office.slots('residenza')).at(-1)!;
    expect((await office.book(last.id, 'again')).kind).toBe('ok');
  });

  test('the night clocks go forward has no slot between 2 and 3', async () => {
    const night = await office.slots('notte', '2027-03-28');
    expect(night.map((slot) => slot.start.slice(11))).toEqual(['01:00:00+01:00', '01:30:00+01:00', '03:00:00+02:00', '03:30:00+02:00']);
    expect(night[1]?.end).toBe('2027-03-28T03:00:00+02:00');
    expect(value(await office.book(night[2]!.id, 'k1')).start).toBe('2027-03-28T03:00:00+02:00');
    expect((await office.slots('notte', '2027-03-28')).map((slot) => slot.start.slice(11, 16))).toEqual(['01:00', '01:30', '03:30']);
  });

  test('the night clocks go back has one slot of each name, and bookings keep their instant', async () => {
    const night = await office.slots('notte', '2027-10-31');
    expect(night.map((slot) => slot.start.slice(11))).toEqual([
      '01:00:00+02:00',
      '01:30:00+02:00',
      '02:00:00+02:00',
      '02:30:00+02:00',
      '03:00:00+01:00',
      '03:30:00+01:00',
    ]);
    const booked = value(await office.book(night[3]!.id, 'k1'));
    expect([booked.start, booked.end]).toEqual(['2027-10-31T02:30:00+02:00', '2027-10-31T02:00:00+01:00']);
    expect(value(await office.world.bookings.get(booked.code, proof)).start).toBe(booked.start);
    // The weekday before and after keep nine o'clock although the offset differs.
    const nine = async (date: string) => (await office.slots('carta', date))[0]?.start;
    expect([await nine('2027-10-29'), await nine('2027-11-02')]).toEqual(['2027-10-29T09:00:00+02:00', '2027-11-02T09:00:00+01:00']);
  });

  test('the waiting list offers a freed seat to the first, then to the next', async () => {
    if (!office.world.bookings.capabilities().has('waiting')) return;
    const wish = { service: 'incontro', from: '2026-12-02', to: '2026-12-02' };
    const taken: Booking[] = [];
    for (const slot of await office.slots('incontro', wish.from))
      for (let seat = 0; seat < 3; seat++)
        taken.push(value(await office.book(slot.id, `full-${slot.id}-${seat}`, { name: `P${seat}`, phone: '3331112223' })));
    const first = value(await office.world.bookings.joinWaiting({ ...wish, person: marta }, 'w1'));
    expect(value(await office.world.bookings.joinWaiting({ ...wish, person: marta }, 'w1'))).toEqual(first);
    office.world.clock.now += 1000;
    const second = value(await office.world.bookings.joinWaiting({ ...wish, person: piero }, 'w2'));
    expect([first.position, second.position]).toEqual([1, 2]);
    expect(value(await office.world.bookings.offerWaiting(600))).toEqual([]);

    value(await office.world.bookings.cancel(taken[0]!.code, { kind: 'fact', fact: '3331112223' }, 'c1'));
    const offers = value(await office.world.bookings.offerWaiting(600));
    expect(offers.map((offer) => [offer.waiting.code, offer.person.name])).toEqual([[first.code, 'Marta Guidi']]);
    expect(value(await office.world.bookings.offers())).toEqual(offers);
    expect(value(await office.world.bookings.offerWaiting(600))).toEqual([]);
    expect((await office.world.bookings.hold(offers[0]!.hold.slot.id, 60)).kind).toBe('slot_taken');
    expect((await office.world.bookings.acceptOffer(first.code, { kind: 'fact', fact: 'wrong' }, 'a0')).kind).toBe('not_found');

    office.world.clock.now += 601_000;
    const passed = value(await office.world.bookings.offerWaiting(600));
    expect(passed.map((offer) => offer.waiting.code)).toEqual([second.code]);
    expect((await office.world.bookings.acceptOffer(first.code, proof, 'a1')).kind).toBe('not_allowed');
    const booked = value(await office.world.bookings.acceptOffer(second.code, { kind: 'fact', fact: '3330001418' }, 'a2'));
    expect(booked).toMatchObject({ start: taken[0]!.start, person: { name: 'Piero Zanella' } });
    expect(value(await office.world.bookings.leaveWaiting(first.code, proof)).status).toBe('left');
  });

  test('a name is no person, and a note has an end', async () => {
    const held = value(await office.world.bookings.hold(at(await office.slots(), '09:00').id, 60));
    expect(await office.world.bookings.confirm(held, { name: '  ' }, 'k1')).toMatchObject({
      kind: 'invalid',
      fields: { name: expect.any(String) },
    });
    expect((await office.world.bookings.confirm(held, { name: 'x', note: 'y'.repeat(501) }, 'k2')).kind).toBe('invalid');
    expect((await office.world.bookings.confirm(held, marta, '')).kind).toBe('invalid');
  });
});
