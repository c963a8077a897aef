/** What holds for every model: its prefixes, and the proof that what it answered can be used. */
import type { TextKind } from '../contract.ts';
import type { VectorSettings } from './settings.ts';

/** The model makes vectors of another length than the settings say: nothing but other settings mends it. */
export class WrongDimension extends Error {
  constructor(found: number, expected: number) {
    super(
      `the embedding model makes vectors of ${found} numbers, but EMBEDDING_DIMENSION is ${expected}. Set EMBEDDING_DIMENSION=${found}, or name another model.`,
    );
  }
}

export function withPrefix(texts: string[], kind: TextKind, settings: VectorSettings): string[] {
  const prefix = kind === 'query' ? settings.EMBEDDING_QUERY_PREFIX : settings.EMBEDDING_PASSAGE_PREFIX;
  return prefix ? texts.map((text) => `${prefix} ${text}`) : texts;
}

/** Vectors for `texts` texts. Throws on a wrong number of them, on anything but finite numbers, on zeros alone, and WrongDimension. */
export function checkVectors(answered: unknown[], texts: number, dimension: number): Float32Array[] {
  if (answered.length !== texts) throw new Error(`${answered.length} vectors came for ${texts} texts`);
  return answered.map((vector) => {
    if (typeof vector === 'string') throw new Error('vectors came as base64 although numbers were asked for');
    if (!Array.isArray(vector) && !ArrayBuffer.isView(vector)) throw new Error('an answer held no vector');
    const numbers = Float32Array.from(vector as ArrayLike<number>);
    if (numbers.length !== dimension) throw new WrongDimension(numbers.length, dimension);
    if (!numbers.every(Number.isFinite)) throw new Error('a vector held something that is not a number');
    if (numbers.every((number) => number === 0)) throw new Error('a vector was empty: zeros alone');
    return numbers;
  });
}
