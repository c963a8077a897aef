/** What a body keeps as JSON files, one thing a file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { BadSettings } from '../settings.ts';

/** Every `*.json` of the folders, a later one standing for an earlier of the same id. Throws BadSettings with what is wrong in which file. */
export function readJsonFiles<T extends { id: string }>(folders: string[], schema: z.ZodType<T>): T[] {
  const found = new Map<string, T>();
  const mistakes: string[] = [];
  for (const folder of folders.filter((one) => existsSync(one))) {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    for (const file of names.sort().map((name) => path.join(folder, name))) {
      const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
      if (parsed.success) found.set(parsed.data.id, parsed.data);
      else mistakes.push(...parsed.error.issues.map((issue) => `${file}: ${issue.path.join('.') || 'il file'}: ${issue.message}`));
    }
  }
  if (mistakes.length > 0) throw new BadSettings(mistakes);
  return [...found.values()];
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
