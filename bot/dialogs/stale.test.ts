/** A yes counts for what was read back last, and only once it was there: not one typed before, nor the button of an older summary. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, speech, type Town } from './fixtures/town.ts';

const say = speech('it');
let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const REPORT = ['vorrei fare una segnalazione', 'Buca o strada rovinata', 'via Po 3', 'buca profonda davanti al portone'];
const reports = async () => (await town.database.read.selectFrom('report').select('id').where('address', '=', 'via Po 3').execute()).length;
const replies = (conversationId: string) =>
  town.database.read
    .selectFrom('activity')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('role', '=', 'bot')
    .orderBy('seq')
    .execute();

test('a yes that was typed before the summary was sent confirms nothing; the same word after it does', async () => {
  const one = await town.talk();
  const summary = await one.all(...REPORT, say('reportNoPhoto'));
  expect(summary.choices).toContain(say('yesReport'));
  const before = new Date(town.clock.now - 1).toISOString();
  const early = await one.say('sì', [], { receivedAt: before });
  expect(early.text).toContain(say('formReadFirst'));
  expect(early.text).toContain('via Po 3');
  expect(await reports()).toBe(0);
  await one.say('sì');
  expect(await reports()).toBe(1);
});

test('the button of an older summary does not confirm a newer one; a mere notice in between leaves it good', async () => {
  const one = await town.talk();
  await one.all(...REPORT, say('reportNoPhoto'));
  const [old] = (await replies(one.conversationId)).slice(-1);
  await one.all('Modifica', 'la descrizione', 'buca piccola, quasi niente');
  const [now] = (await replies(one.conversationId)).slice(-1);
  const pressed = await one.say(say('yesReport'), [], { value: { under: old?.id } });
  expect(pressed.text).toContain(say('formReadFirst'));
  expect(pressed.text).toContain('quasi niente');
  expect(await reports()).toBe(0);
  const [again] = (await replies(one.conversationId)).slice(-1);
  expect(again?.id).not.toBe(now?.id);
  await one.say(say('yesReport'), [], { value: { under: again?.id } });
  expect(await reports()).toBe(1);
});
