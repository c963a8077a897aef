/** Loads plugs by file name: `INDEX=qdrant` is `knowledge/indexes/qdrant.ts`. `ls` is the list of legal values. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { checkSettings } from './settings.ts';

const root = path.resolve(import.meta.dirname, '..');

/** Socket setting → folder. A list setting names several plugs. */
export const sockets = {
  INDEX: 'knowledge/indexes',
  EMBEDDER: 'knowledge/embedders',
  COMPOSER: 'knowledge/composers',
  CHANNELS: 'bot/channels',
  LANGUAGES: 'knowledge/languages',
  BOOKINGS: 'connectors/bookings',
  LINES: 'connectors/lines',
  CASES: 'connectors/cases',
  REPORTS: 'connectors/reports',
  PAYMENTS: 'connectors/payments',
  MAILS: 'connectors/mails',
  IDENTITIES: 'connectors/identities',
} as const;
export type Socket = keyof typeof sockets;

export interface PlugModule {
  default: (...parts: never[]) => unknown;
  settings?: z.ZodType;
}

export interface Plug {
  name: string;
  module: PlugModule;
  settings: unknown;
}

/** Names of the plugs in a socket folder: files that export a plug, not the contract, tests or parts in sub-folders. */
export function legalNames(folder: string): string[] {
  const names = readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') && entry.name !== 'contract.ts')
    .map((entry) => entry.name.slice(0, -3));
  const beside = notPlugs[folder] ?? [];
  return names.filter((name) => !beside.includes(name)).sort();
}

/** Files that stand beside plugs without being one. */
const notPlugs: Record<string, string[]> = {
  'knowledge/indexes': ['analyzer', 'collection'],
  'knowledge/languages': ['speak'],
  'bot/channels': ['adapter'],
  'connectors/bookings': ['code', 'ics', 'slot-id', 'zone'],
};

/** One plug with its checked settings, or what is wrong and what would be legal. */
export async function plugIn(
  socket: Socket,
  name: string,
  environment: Record<string, string>,
): Promise<{ plug?: Plug; mistakes: string[] }> {
  const folder = sockets[socket];
  const legal = legalNames(folder);
  if (!legal.includes(name))
    return { mistakes: [`${socket} is "${name}"; it must be one of ${legal.join(', ')} (the files of ${folder}/)`] };
  const module = (await import(new URL(`../${folder}/${name}.ts`, import.meta.url).href)) as PlugModule;
  if (!module.settings) return { plug: { name, module, settings: {} }, mistakes: [] };
  const { value, mistakes } = checkSettings(module.settings, environment);
  return mistakes.length > 0 ? { mistakes } : { plug: { name, module, settings: value }, mistakes: [] };
}
