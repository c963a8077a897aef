import { expect, test } from 'vitest';
import { allSettings } from './all-settings.ts';
import { BadSettings, readSettings } from './settings.ts';
import { weakSecrets } from './weak-secrets.ts';

const secretNames = async () =>
  (await allSettings()).map(({ name }) => name).filter((name) => /TOKEN$|SECRET$|PASSWORD$|KEYS?$|AppPassword$/i.test(name));

test('S-30 in production every secret there is refuses to be a known or a short one, and its value is not shown', async () => {
  const names = await secretNames();
  expect(names.length).toBeGreaterThan(8);
  for (const name of names)
    for (const value of ['changeme', 'secret', 'password', 'your-token', '<segreto>', 'aaaaaaaaaa', '12345678', 'corto']) {
      const start = () => readSettings({ NODE_ENV: 'production', [name]: value });
      expect(start, `${name}=${value}`).toThrow(BadSettings);
      expect(start).toThrow(new RegExp(`^[\\s\\S]*${name} is a secret that everybody knows`));
    }
  expect(weakSecrets({ TELEGRAM_SECRET: 'your-very-own' }).join()).not.toContain('your-very-own');
  expect(() => readSettings({ NODE_ENV: 'production', DATABASE_URL: 'postgres://sportello:password@db/sportello' })).toThrow(
    /DATABASE_URL holds/,
  );
});

test('S-30 secrets of one’s own are taken, and at home nothing is asked', async () => {
  const own = Object.fromEntries((await secretNames()).map((name) => [name, 'pY3k8-Zt_91qWmR4']));
  expect(weakSecrets({ ...own, DATABASE_URL: 'postgres://s:pY3k8Zt91@db/s' })).toEqual([]);
  expect(readSettings({ TELEGRAM_SECRET: 'secret' }).NODE_ENV).toBe('development');
  expect(weakSecrets({ MODEL_DAILY_TOKENS: '0', PORT: '1' })).toEqual([]);
});
