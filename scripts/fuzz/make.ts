/** How a target is made of honest seeds, words of its format and a parser. */
import { checkArchive, countInflated } from '../../knowledge/ingest/archive.ts';
import { checkType } from '../../knowledge/ingest/file-type.ts';
import type { Read } from '../../knowledge/readers/contract.ts';
import { mutateBytes, mutateJson, mutateText } from './mutate.ts';
import type { Random } from './random.ts';

export interface Target {
  name: string;
  /** One input. `corpus`: inputs that once went wrong, as the parser was given them. */
  make(random: Random): Uint8Array;
  /** Resolves, or throws what `mayThrow` allows. */
  take(input: Uint8Array): Promise<unknown>;
}

const encoder = new TextEncoder();
export const decoder = new TextDecoder();
export const one = <T>(random: Random, list: readonly T[]): T => list[random(list.length)] as T;

export function text(name: string, from: readonly string[], words: readonly string[], take: (input: string) => unknown): Target {
  return {
    name,
    make: (random) => encoder.encode(mutateText(random, one(random, from), words, from)),
    take: async (input) => take(decoder.decode(input)),
  };
}

/** Half of the inputs are JSON that is spoilt as text, which a parser before ours refuses. */
export function json(name: string, from: readonly unknown[], take: (input: unknown) => unknown): Target {
  const texts = from.map((value) => JSON.stringify(value));
  return {
    name,
    make: (random) =>
      encoder.encode(
        random(4) === 0
          ? mutateText(random, one(random, texts), ['"type":', 'null', '{"__proto__":{}}'], texts)
          : JSON.stringify(mutateJson(random, one(random, from))),
      ),
    async take(input) {
      let value: unknown;
      try {
        value = JSON.parse(decoder.decode(input));
      } catch {
        return;
      }
      take(value);
      if (({} as Record<string, unknown>)['admin'] !== undefined || Object.hasOwn(Object.prototype, 'zzz'))
        throw new Error('a prototype was changed');
    },
  };
}

/** As in knowledge/ingest: type first, archives looked at and counted, then the reader. In the server this happens in a child. */
export function file(extension: string, make: Target['make']): Target {
  let read: Read | undefined;
  return {
    name: extension,
    make,
    async take(input) {
      const name = `x.${extension}`;
      checkType(input, name);
      if (extension === 'docx' || extension === 'odt') {
        await checkArchive(input);
        await countInflated(input);
      }
      read ??= ((await import(new URL(`../../knowledge/readers/${extension}.ts`, import.meta.url).href)) as { default: Read }).default;
      await read(input, name);
    },
  };
}

export function textFile(extension: string, seed: Uint8Array, words: readonly string[]): Target {
  const from = [decoder.decode(seed)];
  return file(extension, (random) =>
    random(5) === 0 ? mutateBytes(random, seed) : encoder.encode(mutateText(random, one(random, from), words, from)),
  );
}
