/** All settings of a start: the core's and those of the plugs that they name. */
import { type Plug, plugIn, type Socket } from './plugs.ts';
import { BadSettings, checkSettings, coreSettings, type Settings } from './settings.ts';

export interface Found {
  settings: Settings;
  plugs: Record<Socket, Plug[]>;
}

/** Core settings and those of every plug named in them; all mistakes at once. */
export async function readAll(environment: Record<string, string>): Promise<Found> {
  const { value: settings, mistakes } = checkSettings(coreSettings, environment);
  // Plug names have no wrong form, so they can be read, and their own mistakes told, although other settings are wrong.
  const names = coreSettings
    .pick({ INDEX: true, EMBEDDER: true, COMPOSER: true, CHANNELS: true, LANGUAGES: true, BOOKINGS: true, LINES: true })
    .extend(coreSettings.pick({ CASES: true, REPORTS: true, PAYMENTS: true, MAILS: true, IDENTITIES: true }).shape)
    .parse(environment);
  const named: [Socket, string[]][] = [
    ['INDEX', [names.INDEX]],
    ['EMBEDDER', [names.EMBEDDER]],
    ['COMPOSER', [names.COMPOSER]],
    // The registration of a bot is for nothing else.
    ['CHANNELS', [...new Set([...names.CHANNELS, ...(environment['MicrosoftAppId'] ? ['teams'] : [])])]],
    ['LANGUAGES', names.LANGUAGES],
    ['BOOKINGS', [names.BOOKINGS]],
    ['LINES', [names.LINES]],
    ['CASES', [names.CASES]],
    ['REPORTS', [names.REPORTS]],
    ['PAYMENTS', [names.PAYMENTS]],
    ['MAILS', [names.MAILS]],
    [
      'IDENTITIES',
      [names.IDENTITIES || (environment['NODE_ENV'] !== 'production' && environment['DEMO'] !== 'false' ? 'embedded' : 'none')],
    ],
  ];
  const plugs = Object.fromEntries(named.map(([socket]) => [socket, []])) as unknown as Record<Socket, Plug[]>;
  for (const [socket, names] of named) {
    for (const name of names) {
      const found = await plugIn(socket, name, environment);
      mistakes.push(...found.mistakes);
      if (found.plug) plugs[socket].push(found.plug);
    }
  }
  if (!settings || mistakes.length > 0) throw new BadSettings(mistakes);
  return { settings, plugs };
}
