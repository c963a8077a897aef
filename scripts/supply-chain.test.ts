/** What comes from elsewhere: exact versions with checksums, no install script but one, licences that may be shipped, an SBOM by command, papers that are complete. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');

interface Locked {
  version: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  hasInstallScript?: boolean;
  dev?: boolean;
  peer?: boolean;
  optional?: boolean;
}
const own = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies' | 'overrides', Record<string, string>> & {
  allowScripts: Record<string, boolean>;
  license: string;
};
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const locked = Object.entries(packages).filter(([place]) => place !== '');
const nameOf = (place: string) => place.replace(/^.*node_modules\//, '');

/** May be shipped with a work under EUPL-1.2; of a choice, one suffices. MPL-2.0 is for files we do not change. */
const LICENCES = [
  'MIT',
  'MIT-0',
  'ISC',
  'BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'Zlib',
  'OFL-1.1',
  'MPL-2.0',
  'CC0-1.0',
  'Python-2.0',
];
/** Packages that name no licence in the lockfile, looked up by hand. */
const LOOKED_UP: Record<string, string> = { 'escape-regexp-component': 'MIT' };

test('S-34 every package is named with its exact version, and locked with a checksum', () => {
  for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies, ...own.overrides })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
    expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
  }
  expect(locked.length).toBeGreaterThan(200);
  for (const [place, { resolved, integrity }] of locked) {
    // Written without its address, a package comes from whatever registry npm is set to: the checksum holds all the same.
    if (resolved) expect(resolved, place).toMatch(/^https:\/\/registry\.npmjs\.org\//);
    expect(integrity, place).toMatch(/^sha512-/);
  }
});

test('S-34 whoever wants to run a script at install stands in the list, and only node may', () => {
  const wanting = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([place]) => nameOf(place));
  expect(Object.keys(own.allowScripts).sort()).toEqual([...new Set(wanting)].sort());
  expect(Object.entries(own.allowScripts).filter(([, allowed]) => allowed)).toEqual([['node', true]]);
});

test('S-34 every licence is one that may be shipped', () => {
  const bad = locked.filter(([place, { license }]) => !allowed(license ?? LOOKED_UP[nameOf(place)] ?? ''));
  expect(bad.map(([place, { license }]) => `${place}: ${license}`)).toEqual([]);
  expect(allowed('(MIT OR GPL-3.0-or-later)')).toBe(true);
  expect(['GPL-3.0-only', '(MIT AND GPL-3.0)', 'CC-BY-SA-4.0', '', 'SEE LICENSE IN X'].map(allowed)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('every package that the server needs keeps the text of its licence, or stands in docs/decisions/dependencies.md among those that do not', () => {
  const shipped = locked.filter(([place, { dev, optional }]) => !dev && !optional && existsSync(path.join(root, place)));
  expect(shipped.length).toBeGreaterThan(100);
  const without = shipped.filter(([place]) => {
    const files = readdirSync(path.join(root, place));
    const readme = files.find((name) => /^readme/i.test(name));
    return (
      !files.some((name) => /licen[cs]e|copying|notice/i.test(name)) &&
      !/licen[cs]e/i.test(readme ? read(path.join(place, readme)) : read(path.join(place, 'package.json')))
    );
  });
  const why = read('docs/decisions/dependencies.md');
  expect(without.map(([place]) => nameOf(place)).filter((name) => !why.includes(`\`${name}\``))).toEqual([]);
});

test('overrides and every direct package are explained in docs/decisions/dependencies.md', () => {
  const why = read('docs/decisions/dependencies.md');
  const untold = [...Object.keys(own.dependencies), ...Object.keys(own.devDependencies), ...Object.keys(own.overrides)].filter(
    (name) => !name.startsWith('@types/') && !why.includes(name),
  );
  expect(untold).toEqual([]);
});

test('npm run sbom gives CycloneDX with every locked package, its licence and its checksum', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '-s', 'sbom'], { cwd: root, maxBuffer: 64 * 2 ** 20 });
  const bom = JSON.parse(stdout) as {
    bomFormat: string;
    components: { name: string; version: string; purl: string; hashes?: { alg: string }[] }[];
  };
  expect(bom.bomFormat).toBe('CycloneDX');
  const listed = new Set(bom.components.map(({ name, version }) => `${name}@${version}`));
  for (const [place, { version, optional }] of locked) if (!optional) expect(listed, place).toContain(`${nameOf(place)}@${version}`);
  expect(bom.components.filter(({ purl, hashes }) => !purl.startsWith('pkg:npm/') || hashes?.[0]?.alg !== 'SHA-512')).toEqual([]);
});

test('publiccode.yml holds every key that the standard 0.4 and the Italian section require; SECURITY.md says how, to whom and by when', () => {
  const keys = new Set<string>();
  const above: [number, string][] = [];
  for (const line of read('publiccode.yml').split('\n')) {
    const [, indent = '', name] = /^( *)(\w+):/.exec(line) ?? [];
    if (!name) continue;
    while (above.length > 0 && (above.at(-1) as [number, string])[0] >= indent.length) above.pop();
    above.push([indent.length, name]);
    keys.add(above.map(([, one]) => one).join('.'));
  }
  const required =
    'publiccodeYmlVersion name url platforms developmentStatus softwareType description.it.shortDescription description.it.longDescription description.it.features description.en.shortDescription description.en.longDescription legal.license maintenance.type maintenance.contacts localisation.localisationReady localisation.availableLanguages it.countryExtensionVersion it.conforme.lineeGuidaDesign it.conforme.modelloInteroperabilita it.conforme.misureMinimeSicurezza it.conforme.gdpr it.piattaforme.spid it.piattaforme.cie it.piattaforme.anpr it.piattaforme.pagopa';
  expect(required.split(' ').filter((key) => !keys.has(key))).toEqual([]);
  const text = read('publiccode.yml');
  expect(text).toContain(`license: ${own.license}`);
  expect(read('LICENSE')).toMatch(/EUROPEAN UNION PUBLIC LICENCE v\. ?1\.2/i);
  for (const [, lang, words] of text.matchAll(/^ {2}(it|en):[\s\S]*?longDescription: >\n((?: {6}.*\n)+)/gm)) {
    const length = (words ?? '').replace(/\s+/g, ' ').trim().length;
    expect(length, lang).toBeGreaterThanOrEqual(150);
    expect(length, lang).toBeLessThanOrEqual(10_000);
  }
  for (const [, words] of text.matchAll(/shortDescription: (.*)/g)) expect(words?.length).toBeLessThanOrEqual(150);
  for (const part of [/privat/i, /working days/, /version/i, /npm run -s sbom/, /docs\/security\.md/])
    expect(read('SECURITY.md')).toMatch(part);
});

/** An SPDX expression, as packages write them. */
function allowed(expression: string): boolean {
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  if (plain.includes(' OR ')) return plain.split(' OR ').some(allowed);
  if (plain.includes(' AND ')) return plain.split(' AND ').every(allowed);
  return LICENCES.includes(plain);
}
