/** Looks at the settings: right values, names that nothing reads, and what a public server should have set. */
import { existsSync, readFileSync } from 'node:fs';
import { allSettings } from '../all-settings.ts';
import type { Settings } from '../settings.ts';
import { type Finding, ok, warning, wrong } from './finding.ts';

/** The settings as `assemble` reads them; each mistake is a line of its own. */
export function checkMistakes(mistakes: string[]): Finding[] {
  if (mistakes.length === 0) return [ok('settings', 'every value is legal')];
  return mistakes.map((mistake) => wrong('settings', mistake, 'mend it in the environment or in .env (.env.example explains each)'));
}

/** Names in the file that no part declares: mostly misspelt. */
export async function checkNames(file: string): Promise<Finding[]> {
  if (!existsSync(file)) return [];
  const known = new Set((await allSettings()).map(({ name }) => name));
  const names = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line)?.[1] ?? []);
  return names
    .filter((name) => !known.has(name))
    .map((name) => {
      const near = [...known].find((one) => one.toLowerCase() === name.toLowerCase() || isNear(one, name));
      return warning('settings', `${file} sets ${name}, which nothing reads`, near ? `did you mean ${near}?` : 'take it out');
    });
}

/** What strangers meet. */
export function checkPublic(settings: Settings): Finding[] {
  const found: Finding[] = [];
  const local = /^https?:\/\/(localhost|127\.|\[::1\])/.test(settings.PUBLIC_URL);
  if (settings.PUBLIC_URL === '') {
    if (settings.NODE_ENV === 'production')
      found.push(
        warning(
          'address',
          'PUBLIC_URL is empty: links follow whatever address a request names',
          'set PUBLIC_URL to the address citizens use',
        ),
      );
  } else if (settings.PUBLIC_URL.startsWith('http:') && !local)
    found.push(
      wrong(
        'address',
        'PUBLIC_URL is http: what citizens write can be read on its way',
        'put a certificate on the proxy and set PUBLIC_URL to https://…',
      ),
    );
  else found.push(ok('address', settings.PUBLIC_URL));
  if (settings.PUBLIC_URL.startsWith('https:') && !settings.TRUST_PROXY)
    found.push(
      warning(
        'proxy',
        'behind a proxy every citizen seems to have its address',
        'set TRUST_PROXY=true, if the proxy is yours and sets x-forwarded-for',
      ),
    );
  if (settings.TRUST_PROXY && !['127.0.0.1', '::1', 'localhost'].includes(settings.HOST))
    found.push(
      warning(
        'proxy',
        `x-forwarded-* is believed from everyone who reaches ${settings.HOST}:${settings.PORT}`,
        'let only the proxy reach this port: HOST=127.0.0.1, or a firewall',
      ),
    );
  if (settings.NODE_ENV !== 'production' && settings.PUBLIC_URL.startsWith('https:'))
    found.push(
      warning('mode', `NODE_ENV is ${settings.NODE_ENV}`, 'set NODE_ENV=production: the session cookie then travels over https only'),
    );
  if (settings.DATABASE_URL !== '' && settings.SECRETS_KEY === '')
    found.push(
      warning(
        'secrets',
        'SECRETS_KEY is empty: staff’s authenticator secrets lie in the database together with the key that opens them',
        'set SECRETS_KEY to 24 signs or more of your own, the same for every process, and keep it outside the database’s backups',
      ),
    );
  if (settings.DEMO && settings.NODE_ENV === 'production')
    found.push(
      warning('demo', 'the demo municipality answers citizens', 'set DEMO=false, with a database of its own, and ingest your documents'),
    );
  return found;
}

/** One letter more, less or other. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const [x, y] = [a.slice(i), b.slice(i)];
  return x.slice(1) === y.slice(1) || x === y.slice(1) || x.slice(1) === y;
}
