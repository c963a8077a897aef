/** Socket: embedders. `none.ts` (words alone) · `openai.ts` (any compatible endpoint) · `local.ts` (ONNX, weights brought by the operator). */

/** Many models are told whether a text asks or is to be found. */
export type TextKind = 'query' | 'passage';

export interface Embedder {
  /** Name kept beside every stored vector; under another name everything is embedded anew. Empty = no embedder. */
  model: string;
  /** Numbers in each vector; 0 = no embedder. */
  dimension: number;
  /** One vector per text, in order, of any length but 0. Rejects within its time-out with a line for the operator; never resolves with fewer, other or shorter vectors. */
  embed(texts: string[], kind: TextKind, signal?: AbortSignal): Promise<Float32Array[]>;
}
