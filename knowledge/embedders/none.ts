/** Plug: no embedder. The index answers from words alone. */
import type { Embedder } from './contract.ts';

export default function open(): Embedder {
  return { model: '', dimension: 0, embed: async (texts) => texts.map(() => new Float32Array(0)) };
}
