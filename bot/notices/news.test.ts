/** News for many, on a clock of our own; two channels that are sent to stand in for all of them. */
import { expect, test } from 'vitest';
import { agree, at, conversation, last, news, newsroom, run, sent, tellingTown, texts, town, write } from './fixtures/telling-town.ts';
import { noticeRoutes } from './routes.ts';

tellingTown();

test('an alert needs a source and an end; a campaign needs neither', () => {
  const body = noticeRoutes({ newsroom, database: town.database }).find(({ method }) => method === 'post')?.body;
  if (!body || body === 'raw') throw new Error('no body');
  const read = (more: object) =>
    body.safeParse({
      kind: 'alert',
      text: 'Strada chiusa',
      source: { title: 'Comune', url: 'https://comune.example' },
      until: '2026-12-01T00:00:00Z',
      ...more,
    }).success;
  expect([
    read({}),
    read({ until: null }),
    read({ source: { title: 'Comune', url: '' } }),
    read({ source: { title: 'Comune', url: 'javascript:x()' } }),
  ]).toEqual([true, false, false, false]);
  expect(read({ kind: 'campaign', until: null, source: { title: 'Comune', url: '' } })).toBe(true);
});

test('a campaign goes to who agreed to its segment, by day, so many at a time in a channel, once; one word ends it', async () => {
  const who = {
    all: await conversation('telegram'),
    school: await conversation('whatsapp'),
    waste: await conversation('telegram'),
    nobody: await conversation('telegram'),
  };
  await agree(who.all);
  await agree(who.school, 'scuola');
  await agree(who.waste, 'rifiuti');
  at('2026-11-25T21:30:00Z');
  await write(news({ topic: 'rifiuti' }));
  expect(await run()).toBe(0);
  at('2026-11-26T07:30:00Z');
  expect(await run()).toBe(2);
  expect(await run()).toBe(0);
  await expect.poll(() => sent.length).toBe(2);
  expect(sent.map(({ channel }) => channel)).toEqual(['telegram', 'telegram']);
  expect(sent[0]?.text).toMatch(/ingombranti[\s\S]*Fonte: \[Calendario\][\s\S]*stop notizie/);
  expect(await texts(who.nobody)).toEqual([]);

  const many = await Promise.all(Array.from({ length: 7 }, () => conversation('telegram')));
  for (const id of many) await agree(id, 'neve');
  await write(news({ topic: 'neve', text: 'Domani nevica.' }));
  const runs = [await run(), await run(), await run(), await run()];
  expect(runs).toEqual([3, 3, 2, 0]);
});

test('consent is asked for in words and ended in one', async () => {
  const one = await town.talk();
  expect((await one.say('iscrivimi alle notizie su rifiuti')).text).toContain('rifiuti');
  await write(news({ topic: 'rifiuti' }));
  at('2026-11-25T10:00:00Z');
  expect(await run()).toBe(1);
  expect((await one.say('stop notizie')).text).toContain('non ti scrivo più notizie');
  await write(news({ topic: 'rifiuti', text: 'Altra notizia.' }));
  expect(await run()).toBe(0);
});

test('an alert stands after the greeting and once before the next answer, with its source, in the citizen’s language; its end is told', async () => {
  const before = await town.talk();
  const id = await write(
    news({
      kind: 'alert',
      text: 'Acqua non potabile in via Roma.',
      texts: { en: 'Water is not drinkable in via Roma.' },
      until: '2026-11-27T00:00:00.000Z',
    }),
  );
  await before.say('quando si paga l’IMU?');
  expect((await texts(before.conversationId)).filter((text) => text.includes('Acqua non potabile'))).toHaveLength(1);
  await before.say('quando si paga la TARI?');
  expect((await texts(before.conversationId)).filter((text) => text.includes('Acqua non potabile'))).toHaveLength(1);
  const english = await town.talk('en');
  await expect.poll(async () => (await texts(english.conversationId)).length).toBe(2);
  expect((await texts(english.conversationId))[1]).toMatch(/^\*\*Notice\*\*: Water is not drinkable[\s\S]*Source: \[Calendario\]/);
  await english.say('hello');
  expect((await texts(english.conversationId)).filter((text) => text.includes('Water'))).toHaveLength(1);
  expect(await newsroom.end(id, 'redattore', async () => {})).toBe(true);
  expect(await newsroom.end(id, 'redattore', async () => {})).toBe(false);
  at('2026-11-25T10:00:00Z');
  expect(await run()).toBe(2);
  expect(await last(english.conversationId)).toMatch(/^No longer valid: Water/);
});
