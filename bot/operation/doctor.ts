/** Everything the doctor looks at, in the order in which one thing stands on another. */
import path from 'node:path';
import { readAll } from '../read-all.ts';
import { legalNames, type Plug, sockets } from '../plugs.ts';
import { BadSettings, coreSettings, type Settings } from '../settings.ts';
import { checkDatabase } from './database-check.ts';
import { type Finding, reasonOf, warning, wrong } from './finding.ts';
import { checkClock, checkDisk, checkEnvFile, checkFolder, checkNode, checkOpenFiles } from './machine.ts';
import { checkServer } from './server-check.ts';
import { checkMistakes, checkNames, checkPublic } from './settings-check.ts';

/** A plug may export `check`: what it finds of the service it stands for. */
export type CheckPlug = (settings: unknown) => Promise<Finding[]>;

/** Reads only: starts nothing, changes nothing but a probe file. Some seconds at most. */
export async function examine(environment: Record<string, string>, envFile: string): Promise<Finding[]> {
  const read = await readAll(environment).then(
    (found) => ({ ...found, mistakes: [] as string[] }),
    (error: unknown) => {
      if (!(error instanceof BadSettings)) throw error;
      return { settings: tolerant(environment), plugs: null, mistakes: error.mistakes };
    },
  );
  const { settings, plugs, mistakes } = read;
  const dataDir = path.resolve(settings.DATA_DIR);
  const { findings, clock, published } = await checkDatabase({ url: settings.DATABASE_URL, dataDir });
  return [
    ...checkMistakes(mistakes),
    ...(await checkNames(envFile)),
    ...checkEnvFile(envFile),
    ...checkPublic(settings),
    checkNode(),
    checkFolder(dataDir),
    checkDisk(dataDir),
    ...checkOpenFiles(),
    checkClock(clock === undefined ? [] : [{ name: 'the database', at: clock }]),
    ...findings,
    ...(await checkServer(settings, dataDir, published)),
    ...(plugs ? await checkPlugs(Object.values(plugs).flat()) : []),
    ...checkChannels(settings),
  ];
}

/** What can be read of the settings when some are wrong: those fall back to their defaults. */
function tolerant(environment: Record<string, string>): Settings {
  const good = Object.entries(coreSettings.shape).filter(([name, schema]) => schema.safeParse(environment[name]).success);
  return coreSettings.parse(
    Object.fromEntries(good.flatMap(([name]) => (environment[name] === undefined ? [] : [[name, environment[name]]]))),
  );
}

async function checkPlugs(plugs: Plug[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { name, module, settings } of plugs) {
    const { check } = module as { check?: CheckPlug };
    if (check)
      found.push(
        ...(await check(settings).catch((error: unknown) => [
          wrong(name, reasonOf(error), 'is its service running, and is its address right?'),
        ])),
      );
  }
  return found;
}

function checkChannels(settings: Settings): Finding[] {
  if (settings.CHANNELS.length === 0)
    return [wrong('channels', 'CHANNELS names none: nobody can ask', `set it to some of ${legalNames(sockets.CHANNELS).join(', ')}`)];
  const outside = settings.CHANNELS.filter((name) => name !== 'web');
  if (outside.length > 0 && !settings.PUBLIC_URL.startsWith('https:'))
    return [
      warning(
        'channels',
        `${outside.join(', ')} can send nothing to this server`,
        'set PUBLIC_URL to the https:// address that they can reach',
      ),
    ];
  return [{ name: 'channels', state: 'ok', says: settings.CHANNELS.join(', '), todo: '' }];
}
