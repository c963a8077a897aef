/** Every declared setting in one list, for `.env.example` and the README. */
import type { z } from 'zod';
import { legalNames, type PlugModule, sockets } from './plugs.ts';
import { coreSettings } from './settings.ts';

export interface DeclaredSetting {
  name: string;
  description: string;
  fallback: string;
  /** Legal values, where they are a closed list. */
  legal: string;
}

/** Core settings first, then those of each plug in the order of sockets and file names. */
export async function allSettings(): Promise<DeclaredSetting[]> {
  const settings = declared(coreSettings.shape);
  for (const [socket, folder] of Object.entries(sockets)) {
    const own = settings.find((setting) => setting.name === socket);
    if (own) own.legal = legalNames(folder).join(' | ');
    for (const name of legalNames(folder)) {
      const module = (await import(new URL(`../${folder}/${name}.ts`, import.meta.url).href)) as PlugModule;
      if (module.settings && 'shape' in module.settings)
        settings.push(
          ...declared(module.settings.shape as z.ZodRawShape).filter((setting) => !settings.some((known) => known.name === setting.name)),
        );
    }
  }
  return settings;
}

function declared(shape: z.ZodRawShape): DeclaredSetting[] {
  return Object.entries(shape).map(([name, schema]) => {
    const type = schema as z.ZodType;
    const parsed = type.safeParse(undefined);
    const fallback = parsed.success && parsed.data !== undefined ? String(parsed.data) : '';
    return { name, description: type.description ?? '', fallback, legal: '' };
  });
}
