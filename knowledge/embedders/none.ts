import type { Embedder } from './contract.ts';

export default function open(): Embedder {
  return { model: '', dimensions: 0, embed: async () => [] };
}
