/** Random unit vectors, decided by the text: what a search costs does not depend on what they mean. */
import type { Embedder } from '../../knowledge/embedders/contract.ts';
import { mulberry } from './corpus.ts';

export function createRandomEmbedder(dimension: number): Embedder {
  return {
    model: `random-${dimension}`,
    dimension,
    embed: async (texts) => texts.map((text) => unitVector(mulberry(hashOf(text)), dimension)),
  };
}

/** Sums of three uniform numbers are near enough to normal for an even spread over the sphere. */
function unitVector(random: () => number, dimension: number): Float32Array {
  const vector = Float32Array.from({ length: dimension }, () => random() + random() + random() - 1.5);
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
