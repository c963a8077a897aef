/** One suite, every plug: nobody is booked twice, nothing is lost, whatever happens in between. */
import { expect, test } from 'vitest';
import type { Hold } from './contract.ts';
import { at, DAY, marta, onEveryPlug, piero, proof, value } from './fixtures/on-every-plug.ts';

onEveryPlug((office) => {
  test('book, read, move, cancel: the seat follows and the code stays', async () => {
    const day = await office.slots();
    const booked = value(await office.book(at(day, '10:00').id, 'k1'));
    expect(booked).toMatchObject({ start: '2026-12-01T10:00:00+01:00', status: 'booked', sequence: 0, person: { name: 'Marta Guidi' } });
    expect(booked.code).toMatch(/^[A-HJ-NP-Z2-9]{6}$/);
    expect(at(await office.slots(), '10:00')).toBeUndefined();
    expect(value(await office.world.bookings.get(booked.code.toLowerCase(), proof))).toEqual(booked);

    const moved = value(await office.world.bookings.reschedule(booked.code, proof, at(day, '11:30').id, 'k2'));
    expect(moved).toMatchObject({ code: booked.code, uid: booked.uid, start: '2026-12-01T11:30:00+01:00', sequence: 1 });
    const after = await office.slots();
    expect([at(after, '10:00')?.seatsLeft, at(after, '11:30')]).toEqual([1, undefined]);

    const cancelled = value(await office.world.bookings.cancel(booked.code, proof, 'k3'));
    expect(cancelled).toMatchObject({ status: 'cancelled', sequence: 2, uid: booked.uid });
    expect(await office.slots()).toHaveLength(day.length);
    expect(await office.world.inTheTool(`${DAY}T00:00:00+01:00`, `${DAY}T23:00:00+01:00`)).toEqual([]);
    expect(value(await office.world.bookings.list(proof)).map((one) => one.status)).toEqual(['cancelled']);
  });

  test('a 20-way race on one slot leaves exactly one', async () => {
    const slot = at(await office.slots(), '09:30').id;
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const bookings = n % 2 ? office.world.other : office.world.bookings;
        const held = await bookings.hold(slot, 60);
        return held.kind === 'ok' ? bookings.confirm(held.value, { name: `Persona ${n}`, phone: `33300000${n + 10}` }, `race-${n}`) : held;
      }),
    );
    expect(outcomes.filter((one) => one.kind === 'ok')).toHaveLength(1);
    expect(outcomes.filter((one) => one.kind === 'slot_taken')).toHaveLength(19);
    expect(await office.world.inTheTool(`${DAY}T09:30:00+01:00`, `${DAY}T10:00:00+01:00`)).toHaveLength(1);
  });

  test('a room of three seats takes three of twenty', async () => {
    const slot = (await office.slots('incontro'))[0]!;
    expect(slot.seatsLeft).toBe(3);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? office.world.other : office.world.bookings).hold(slot.id, 60)),
    );
    expect(outcomes.filter((one) => one.kind === 'ok')).toHaveLength(3);
    expect((await office.slots('incontro'))[0]?.start).not.toBe(slot.start);
  });

  test('lengths that overlap exclude each other', async () => {
    value(await office.book((await office.slots('ritiro')).find((slot) => slot.start.slice(11, 16) === '10:20')!.id, 'k1'));
    expect((await office.book('carta~municipio~20261201T0900Z', 'k2')).kind).toBe('slot_taken');
    expect((await office.slots()).map((slot) => slot.start.slice(11, 16))).not.toContain('10:00');
    value(await office.book('carta~municipio~20261201T0930Z', 'k3'));
    const short = (await office.slots('ritiro')).map((slot) => slot.start.slice(11, 16));
    expect(short.filter((time) => time >= '10:00' && time < '11:10')).toEqual(['10:00', '10:10', '11:00']);
  });

  test('an overlap made by a person in the office’s own tool wins over a slot shown before', async () => {
    const slot = at(await office.slots(), '15:30');
    const undo = await office.world.personTakes(`${DAY}T15:15:00+01:00`, `${DAY}T15:45:00+01:00`);
    expect((await office.book(slot.id, 'k1')).kind).toBe('slot_taken');
    expect((await office.slots()).map((one) => one.start.slice(11, 16))).not.toContain('15:00');
    expect(await office.world.inTheTool(`${DAY}T15:00:00+01:00`, `${DAY}T16:00:00+01:00`)).toHaveLength(1);
    await undo();
    expect((await office.book(slot.id, 'k2')).kind).toBe('ok');
  });

  test('a hold keeps others out, and lets them in when it runs out or is given back', async () => {
    const slot = at(await office.slots(), '11:00').id;
    const held = value(await office.world.bookings.hold(slot, 120));
    expect(Date.parse(held.expiresAt)).toBe(office.world.clock.now + 120_000);
    expect((await office.world.other.hold(slot, 60)).kind).toBe('slot_taken');
    expect(at(await office.slots(), '11:00')).toBeUndefined();
    office.world.clock.now += 120_000;
    expect(at(await office.slots(), '11:00')?.seatsLeft).toBe(1);
    const next = value(await office.world.other.hold(slot, 60));
    expect((await office.world.bookings.confirm(held, marta, 'late')).kind).toBe('slot_taken');
    await office.world.other.release(next);
    expect(value(await office.world.bookings.confirm(held, marta, 'late')).start).toBe('2026-12-01T11:00:00+01:00');
  });

  test('a hold that ran out still confirms while nobody has taken the seat', async () => {
    const held = value(await office.world.bookings.hold(at(await office.slots(), '11:00').id, 10));
    office.world.clock.now += 60_000;
    expect(value(await office.world.bookings.confirm(held, marta, 'k')).status).toBe('booked');
    expect(await office.world.bookings.sweep()).toBe(0);
    const dropped = value(await office.world.bookings.hold(at(await office.slots(), '12:00').id, 10));
    office.world.clock.now += 60_000;
    expect(await office.world.bookings.sweep()).toBe(1);
    expect(value(await office.world.bookings.confirm(dropped, marta, 'k2')).start).toContain('T12:00');
  });

  test('the same idempotency key books, moves and cancels once; for something else it is refused', async () => {
    const day = await office.slots();
    const held = value(await office.world.bookings.hold(at(day, '09:00').id, 60));
    const both = await Promise.all([office.world.bookings.confirm(held, marta, 'same'), office.world.other.confirm(held, marta, 'same')]);
    const [first, second] = both.map(value);
    expect(second).toEqual(first);
    expect(value(await office.world.bookings.confirm(held, marta, 'same'))).toEqual(first);
    const otherHold = value(await office.world.bookings.hold(at(day, '09:30').id, 60));
    expect((await office.world.bookings.confirm(otherHold, marta, 'same')).kind).toBe('invalid');
    await office.world.bookings.release(otherHold);

    const to = at(day, '16:00').id;
    const moved = value(await office.world.bookings.reschedule(first!.code, proof, to, 'move'));
    expect(value(await office.world.bookings.reschedule(first!.code, proof, to, 'move'))).toEqual(moved);
    const gone = value(await office.world.bookings.cancel(first!.code, proof, 'stop'));
    expect(value(await office.world.bookings.cancel(first!.code, proof, 'stop'))).toEqual(gone);
    expect(await office.slots()).toHaveLength(day.length);
  });

  test('a time-out after a completed write is unknown, is found by its key, and repeating it books nothing twice', async () => {
    const held: Hold = value(await office.world.bookings.hold(at(await office.slots(), '09:00').id, 60));
    office.world.loseNextAnswer();
    const first = await office.world.bookings.confirm(held, marta, 'lost');
    // A plug may already have looked it up itself.
    expect(['unknown', 'ok']).toContain(first.kind);
    const found = value(await office.world.bookings.lookup('lost'));
    expect(found).toMatchObject({ start: '2026-12-01T09:00:00+01:00', status: 'booked' });
    expect(value(await office.world.bookings.confirm(held, marta, 'lost'))).toEqual(found);
    expect(await office.world.inTheTool(`${DAY}T09:00:00+01:00`, `${DAY}T09:30:00+01:00`)).toHaveLength(1);
    expect((await office.world.bookings.lookup('never sent')).kind).toBe('not_found');
  });

  test('a stale cancel: cancelled before, or over', async () => {
    const day = await office.slots();
    const first = value(await office.book(at(day, '09:00').id, 'k1'));
    const second = value(await office.book(at(day, '09:30').id, 'k2'));
    value(await office.world.bookings.cancel(first.code, proof, 'c1'));
    value(await office.book(at(day, '09:00').id, 'k3', piero));
    expect(await office.world.bookings.cancel(first.code, proof, 'c2')).toEqual({ kind: 'not_allowed', need: 'too_late' });
    expect(await office.world.inTheTool(`${DAY}T09:00:00+01:00`, `${DAY}T09:30:00+01:00`)).toHaveLength(1);
    office.world.clock.now = Date.parse(`${DAY}T09:45:00+01:00`);
    expect(await office.world.bookings.cancel(second.code, proof, 'c3')).toEqual({ kind: 'not_allowed', need: 'too_late' });
    expect(await office.world.bookings.reschedule(second.code, proof, at(await office.slots(), '12:00').id, 'c4')).toEqual({
      kind: 'not_allowed',
      need: 'too_late',
    });
  });

  test('moving to a slot that is gone leaves the old seat', async () => {
    const day = await office.slots();
    const mine = value(await office.book(at(day, '09:00').id, 'k1'));
    value(await office.book(at(day, '10:00').id, 'k2', piero));
    expect((await office.world.bookings.reschedule(mine.code, proof, at(day, '10:00').id, 'k3')).kind).toBe('slot_taken');
    expect(value(await office.world.bookings.get(mine.code, proof)).start).toContain('T09:00');
    expect((await office.world.bookings.reschedule(mine.code, proof, 'ritiro~municipio~20261201T0900Z', 'k4')).kind).toBe('invalid');
  });

  test('the office’s tool closes its door in mid-conversation', async ({ skip }) => {
    if (!office.world.refuse) return skip('this plug has no door: the database is the tool');
    const day = await office.slots();
    const held = value(await office.world.bookings.hold(at(day, '09:00').id, 600));
    office.world.refuse(true);
    expect((await office.world.bookings.confirm(held, marta, 'k1')).kind).toBe('down');
    expect((await office.world.bookings.slots({ service: 'carta', from: DAY, to: DAY })).kind).toBe('down');
    expect((await office.world.bookings.health()).state).toBe('down');
    office.world.refuse(false);
    expect(value(await office.world.bookings.confirm(held, marta, 'k1')).start).toContain('T09:00');
    expect(await office.world.inTheTool(`${DAY}T09:00:00+01:00`, `${DAY}T09:30:00+01:00`)).toHaveLength(1);
  });
});
