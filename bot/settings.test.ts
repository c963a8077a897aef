import { expect, test } from 'vitest';
import { z } from 'zod';
import { legalNames, plugIn, sockets } from './plugs.ts';
import { BadSettings, checkSettings, readSettings } from './settings.ts';

test('nothing set is enough', () => {
  expect(readSettings({})).toMatchObject({ PORT: 3978, HOST: '127.0.0.1', DEMO: true, CHANNELS: ['web'], DATABASE_URL: '' });
});

test('every mistake at once, each with what would be legal', () => {
  const bad = { PORT: '70000', DEMO: 'si', LOG_LEVEL: 'loud', PUBLIC_URL: 'ftp://x', MESSAGES_PER_MINUTE: '0', NODE_ENV: 'prod' };
  let error: unknown;
  try {
    readSettings(bad);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(BadSettings);
  expect((error as BadSettings).mistakes.sort()).toEqual([
    'DEMO is "si"; it must be one of true, false',
    'LOG_LEVEL is "loud"; it must be one of debug, info, warn, error, silent',
    'MESSAGES_PER_MINUTE is "0"; it must be a whole number, at least 1',
    'NODE_ENV is "prod"; it must be one of development, production, test',
    'PORT is "70000"; it must be a whole number from 0 to 65535',
    'PUBLIC_URL has a value that cannot be used; it must be an http:// or https:// address, or empty',
  ]);
});

test.each(['TELEGRAM_TOKEN', 'MicrosoftAppPassword', 'WHATSAPP_APP_SECRET', 'OPENAI_API_KEY', 'DATABASE_URL'])(
  'a bad %s is not printed',
  (name) => {
    const { mistakes } = checkSettings(z.object({ [name]: z.string().max(3, 'at most 3 characters') }), { [name]: 'hunter2hunter2' });
    expect(mistakes).toEqual([`${name} has a value that cannot be used; it must be at most 3 characters`]);
  },
);

test('a missing value says so', () => {
  expect(checkSettings(z.object({ QDRANT_URL: z.string('an address') }), {}).mistakes).toEqual([
    'QDRANT_URL is not set; it must be an address',
  ]);
});

test('every file of a socket is a plug that opens, and a wrong name is answered with the right ones', { timeout: 120_000 }, async () => {
  for (const [socket, folder] of Object.entries(sockets) as [keyof typeof sockets, string][]) {
    const names = legalNames(folder);
    expect(names.length, folder).toBeGreaterThan(0);
    for (const name of names) {
      const { plug } = await plugIn(socket, name, {});
      if (plug) expect(plug.module.default, `${folder}/${name}.ts`).toBeTypeOf('function');
    }
    for (const wrong of ['nope', '../assemble', 'contract', '__proto__']) {
      const { plug, mistakes } = await plugIn(socket, wrong, {});
      expect(plug).toBeUndefined();
      expect(mistakes).toEqual([`${socket} is "${wrong}"; it must be one of ${names.join(', ')} (the files of ${folder}/)`]);
    }
  }
});
