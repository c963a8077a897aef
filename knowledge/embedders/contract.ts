/** Socket: embedders. `none.ts`: no dense vectors, the index answers from words alone. */

export interface Embedder {
  /** Model name kept with the index; a change means a new index. Empty = no embedder. */
  model: string;
  dimensions: number;
  embed(texts: string[], signal?: AbortSignal): Promise<Float32Array[]>;
}
