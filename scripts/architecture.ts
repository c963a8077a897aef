/** The rules of the house, checked: arrows, circles, one place per library, process.env, file length, `.env.example`. Part of `npm run check`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { allSettings } from '../bot/all-settings.ts';

const root = path.resolve(import.meta.dirname, '..');
const FLOORS = ['connectors', 'knowledge', 'bot', 'eval', 'scripts'];
const LONGEST_FILE = 300;

/** Which floors a floor may import from, beside itself. */
const MAY_IMPORT: Record<string, string[]> = {
  connectors: [],
  knowledge: ['connectors'],
  bot: ['knowledge', 'connectors'],
  eval: ['bot', 'knowledge', 'connectors'],
  scripts: ['bot', 'knowledge', 'connectors', 'eval'],
};

/** Library → where alone it may be imported (tests and fixtures are free). */
const ONE_PLACE: Record<string, RegExp> = {
  restify: /^bot\/http\/server\.ts$|^scripts\/bench/,
  botbuilder: /^bot\/channels\//,
  grammy: /^bot\/channels\/telegram/,
  'openid-client': /^connectors\/identities\/|^bot\/staff\//,
  pino: /^bot\/http\/log\.ts$/,
  openai: /^knowledge\/(composers|embedders)\//,
  langchain: /^knowledge\//,
  '@langchain/core': /^knowledge\//,
  '@langchain/openai': /^knowledge\//,
  '@qdrant/js-client-rest': /^knowledge\/indexes\/qdrant/,
  'chrono-node': /^bot\/dialogs\/dates\/chrono\.ts$/,
  'node:sqlite': /^connectors\/databases\//,
  pg: /^connectors\/databases\//,
  nock: /^$/,
};

/** Nouns stand on the ground floor and import nothing. */
const NOUNS = ['bot/message.ts', 'knowledge/answering/question.ts', 'knowledge/documents/document.ts'];

interface SourceFile {
  name: string;
  text: string;
  imports: { target: string; typeOnly: boolean }[];
}

const complaints: string[] = [];
const files = FLOORS.flatMap((floor) => walk(path.join(root, floor))).map(read);
const byName = new Map(files.map((file) => [file.name, file]));

for (const file of files) {
  checkLength(file);
  checkEnvironment(file);
  for (const { target } of file.imports) {
    checkArrow(file, target);
    checkLibrary(file, target);
  }
  if (NOUNS.includes(file.name) && file.imports.length > 0)
    complaints.push(`${file.name} is a noun: it imports nothing, so that everything may import it`);
}
checkCircles();
await checkEnvExample(process.argv.includes('--write'));

if (complaints.length > 0) {
  console.error(complaints.map((line) => `- ${line}`).join('\n'));
  process.exit(1);
}
console.error(`architecture: ${files.length} files, every rule holds`);

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory())
      return ['dist', 'node_modules', 'documents', 'datasets'].includes(entry.name) && !full.endsWith('knowledge/documents')
        ? []
        : walk(full);
    return entry.name.endsWith('.ts') ? [full] : [];
  });
}

function read(full: string): SourceFile {
  const text = readFileSync(full, 'utf8');
  const name = path.relative(root, full);
  const found = [...text.matchAll(/^\s*(?:import|export)\s+(type\s+)?[^'";]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'/gm)];
  const imports = found.map((match) => {
    const target = match[2] ?? match[3] ?? '';
    return {
      target: target.startsWith('.') ? path.relative(root, path.resolve(path.dirname(full), target)) : target,
      typeOnly: Boolean(match[1]),
    };
  });
  return { name, text, imports };
}

function isTest(name: string): boolean {
  return /\.test\.ts$|\/fixtures\/|\/browser\//.test(name);
}

function checkLength(file: SourceFile): void {
  const lines = file.text.split('\n').length - 1;
  if (lines > LONGEST_FILE)
    complaints.push(`${file.name} has ${lines} lines; past ${LONGEST_FILE} a file has more than one purpose: split it by purpose`);
}

function checkEnvironment(file: SourceFile): void {
  if (isTest(file.name) || ['bot/environment.ts', 'scripts/architecture.ts'].includes(file.name)) return;
  if (/process\.env/.test(file.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
    complaints.push(`${file.name} reads process.env; only bot/environment.ts does, so that every setting is declared and checked`);
}

function checkArrow(file: SourceFile, target: string): void {
  const from = file.name.split('/')[0] ?? '';
  const to = target.split('/')[0] ?? '';
  if (!FLOORS.includes(to) || !target.endsWith('.ts') || from === to || isTest(file.name)) return;
  if (!MAY_IMPORT[from]?.includes(to))
    complaints.push(`${file.name} imports ${target}; arrows go scripts, eval → bot → knowledge → connectors`);
}

function checkLibrary(file: SourceFile, target: string): void {
  const library = Object.keys(ONE_PLACE).find((name) => target === name || target.startsWith(`${name}/`));
  if (!library || isTest(file.name) || ONE_PLACE[library]?.test(file.name)) return;
  complaints.push(`${file.name} imports ${library}; it has one place (${ONE_PLACE[library]?.source}), so that leaving it costs one folder`);
}

/** Depth-first over value and type imports alike: a circle of types is a circle of understanding. */
function checkCircles(): void {
  const done = new Set<string>();
  const reported = new Set<string>();
  const visit = (name: string, trail: string[]): void => {
    const at = trail.indexOf(name);
    if (at >= 0) {
      const circle = [...trail.slice(at), name].join(' → ');
      const key = [...trail.slice(at)].sort().join();
      if (!reported.has(key)) complaints.push(`circle: ${circle}; let one of them stand lower`);
      reported.add(key);
      return;
    }
    if (done.has(name)) return;
    for (const { target } of byName.get(name)?.imports ?? []) if (byName.has(target)) visit(target, [...trail, name]);
    done.add(name);
  };
  for (const file of files) visit(file.name, []);
}

/** `.env.example` is the union of all declared settings; `--write` makes it anew. */
async function checkEnvExample(write: boolean): Promise<void> {
  const expected = await envExample();
  const file = path.join(root, '.env.example');
  if (write) return writeFileSync(file, expected);
  let found = '';
  try {
    found = readFileSync(file, 'utf8');
  } catch {}
  if (found !== expected)
    complaints.push('.env.example is not the union of all declared settings; run: node scripts/architecture.ts --write');
}

async function envExample(): Promise<string> {
  const lines = ['# Copy to .env and change what you need. Everything works with nothing set.', ''];
  for (const { name, description, fallback, legal } of await allSettings()) {
    lines.push(`# ${description}${legal ? ` (${legal})` : ''}`, `#${name}=${fallback}`, '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
