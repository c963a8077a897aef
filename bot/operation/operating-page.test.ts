/** The commands of docs/operating.md are commands: the shell reads them, and what they name is there. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { allSettings } from '../all-settings.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(ROOT, 'docs/operating.md'), 'utf8');
const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block]) => block ?? '');
const inWords = [...page.matchAll(/`([^`\n]+)`/g)].map(([, words]) => words ?? '');
const commands = [...blocks, ...inWords].join('\n');
const scripts = Object.keys((JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts);

describe('docs/operating.md', () => {
  test('every block is what a shell can read', () => {
    expect(blocks.length).toBeGreaterThan(4);
    for (const block of blocks) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' });
      expect(status, `${stderr}\n${block}`).toBe(0);
    }
  });

  test('every npm script, benchmark and file that it names is there', () => {
    const run = [...commands.matchAll(/npm run (?:-s )?([a-z-]+)/g)].map(([, name]) => name ?? '');
    const wrapped = [...commands.matchAll(/(?:^|bin\/|PORT=\d+ )sportello ([a-z-]+)/gm)].map(([, name]) => name ?? '');
    expect(run.length + wrapped.length).toBeGreaterThan(9);
    expect([...run, ...wrapped].filter((name) => !scripts.includes(name))).toEqual([]);
    expect(wrapped.filter((name) => !existsSync(path.join(ROOT, `scripts/${name}.ts`)))).toEqual([]);
    const bench = readFileSync(path.join(ROOT, 'scripts/bench.ts'), 'utf8');
    const named = [...commands.matchAll(/bench -- ([a-z]+)/g)].map(([, name]) => name ?? '');
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((name) => !bench.includes(`name === '${name}'`))).toEqual([]);
    const files = [...commands.matchAll(/(?:\/opt\/sportello\/|(?<![\w/]))((?:deploy|bot)\/[\w./@-]+\w)/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(4);
    expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  test('every setting that a command gives is declared', { timeout: 120_000 }, async () => {
    const known = (await allSettings()).map(({ name }) => name);
    const given = [...page.matchAll(/(?<![\w$-])([A-Z][A-Z_]{3,})=/g)].map(([, name]) => name ?? '');
    expect(given.length).toBeGreaterThan(5);
    expect([...new Set(given)].filter((name) => !known.includes(name))).toEqual([]);
  });

  test('the command `sportello` knows what it names, and says so of anything else', () => {
    const file = path.join(ROOT, 'deploy/sportello');
    expect(spawnSync('sh', ['-n', file]).status).toBe(0);
    const { status, stderr } = spawnSync('sh', [file, 'docter'], { encoding: 'utf8' });
    expect(status).toBe(2);
    const named = /known: ([a-z, -]+)/.exec(stderr)?.[1]?.trim().split(', ') ?? [];
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((name) => !existsSync(path.join(ROOT, `scripts/${name}.ts`)))).toEqual([]);
  });

  test('the command `sportello` reads its settings as the service does: spaces, signs of the shell, quotes', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sportello-command-'));
    try {
      for (const name of ['scripts', 'node_modules/.bin']) mkdirSync(path.join(folder, name), { recursive: true });
      writeFileSync(path.join(folder, 'scripts/doctor.ts'), '');
      writeFileSync(path.join(folder, 'node_modules/.bin/node'), '#!/bin/sh\nenv -0; printf "%s" "$*"\n', { mode: 0o755 });
      const script = readFileSync(path.join(ROOT, 'deploy/sportello'), 'utf8')
        .replace('home=/opt/sportello', `home=${folder}`)
        .replace('settings=/etc/sportello/sportello.env', `settings=${folder}/env`)
        .replace('runuser -u sportello -- ', '');
      const run = (settings: string) => {
        writeFileSync(path.join(folder, 'env'), settings);
        const { PATH } = process.env;
        return spawnSync('sh', ['-c', script, 'sportello', 'doctor', 'due parole'], { encoding: 'utf8', env: { PATH, PORT: '3979' } });
      };
      const lines = [
        '# a comment with a = and a $(touch hurt)',
        'BODY_NAME=Comune di Esempio',
        'MAIL_FROM="Comune \\"di\\" Esempio & C."',
        "SECRETS_KEY='a$b\\c'",
        'DATABASE_URL=postgres://sportello:p$1;`id`@127.0.0.1/sportello?sslmode=require&application_name=x',
        'STAFF_OIDC_ROLES=urp=agent@Servizi demografici; redazione=editor',
        'LOG_LEVEL=',
        '  PORT=1 ',
        'DEMO=false',
      ];
      // The last line has no end.
      const { status, stdout, stderr } = run(lines.join('\n'));
      expect([status, stderr]).toEqual([0, '']);
      const given = stdout.split('\0');
      expect(given.at(-1)).toBe('scripts/doctor.ts due parole');
      expect(Object.fromEntries(given.map((one) => one.split(/=(.*)/s)))).toMatchObject({
        BODY_NAME: 'Comune di Esempio',
        MAIL_FROM: 'Comune "di" Esempio & C.',
        SECRETS_KEY: 'a$b\\c',
        DATABASE_URL: 'postgres://sportello:p$1;`id`@127.0.0.1/sportello?sslmode=require&application_name=x',
        STAFF_OIDC_ROLES: 'urp=agent@Servizi demografici; redazione=editor',
        LOG_LEVEL: '',
        PORT: '3979',
        DATA_DIR: '/var/lib/sportello/3979',
        DEMO: 'false',
        NODE_ENV: 'production',
      });
      const odd = run('# one\nBODY NAME=x\n');
      expect([odd.status, odd.stderr]).toEqual([2, expect.stringContaining('line 2 is not NAME=value')]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const nginx = spawnSync('nginx', ['-v']);
  test.skipIf(nginx.error !== undefined)('Debian’s nginx takes deploy/nginx/sportello.conf as it is', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sportello-nginx-'));
    try {
      // Only where it writes and listens is another's: this runs beside whatever listens on 80.
      const site = readFileSync(path.join(ROOT, 'deploy/nginx/sportello.conf'), 'utf8');
      const own = site.replace('listen 80;', `listen unix:${folder}/socket;`);
      writeFileSync(
        path.join(folder, 'nginx.conf'),
        `pid ${folder}/pid;\nerror_log ${folder}/error.log;\nevents {}\nhttp {\n${own.replaceAll('/var/log/nginx', folder)}\n}\n`,
      );
      const { status, stderr } = spawnSync('nginx', ['-t', '-p', folder, '-c', path.join(folder, 'nginx.conf')], { encoding: 'utf8' });
      expect(status, stderr).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
