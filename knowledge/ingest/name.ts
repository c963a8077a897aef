/** Ids for documents that bring none: readable, the same at every run, and never one id for two sources. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Database } from '../../connectors/databases/contract.ts';
import { slug } from './metadata.ts';

const LONGEST_ADDRESS = 100;

/** One naming per run: a second file of the same name is called after its folder too, then after its extension. */
export function createNaming(database: Database): { file(place: string): string; address(url: string): Promise<string> } {
  const taken = new Map<string, string>();
  const take = (id: string, source: string): boolean => {
    if ((taken.get(id) ?? source) !== source) return false;
    taken.set(id, source);
    return true;
  };
  return {
    file(place) {
      const { dir, name, ext } = path.parse(place);
      const inFolder = `${path.basename(dir)}-${name}`;
      const names = [name, inFolder, `${inFolder}${ext.replace('.', '-')}`].map((words) => slug(words));
      return names.find((id) => take(id, place)) ?? withDigest(names[0] as string, place);
    },
    async address(url) {
      const { pathname, search } = new URL(url);
      const words = decoded(pathname + search).replace(/\.(?:html?|php|aspx?)(?=$|\?)/i, '');
      const id = /[\p{L}\p{N}]/u.test(words) ? slug(words, LONGEST_ADDRESS) : 'home';
      const stored = await database.read.selectFrom('document').select('source').where('id', '=', id).executeTakeFirst();
      const isFree = words.length <= LONGEST_ADDRESS && (stored?.source ?? url) === url && take(id, url);
      return isFree ? id : withDigest(id, url);
    },
  };
}

function withDigest(id: string, source: string): string {
  return `${id}-${createHash('sha256').update(source).digest('hex').slice(0, 6)}`;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
