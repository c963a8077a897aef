/** Plug: vectors from an ONNX model in this process, with weights that the operator brings. Nothing is downloaded, ever. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Embedder } from './contract.ts';
import { checkVectors, withPrefix } from './model/check.ts';
import { vectorSettings } from './model/settings.ts';

/** Reads the tokenizer, runs onnxruntime-node and pools: far more than should be written again here, and too large (some 470 MB) to install for all. */
const LIBRARY = '@huggingface/transformers';
const INSTALL = `npm install --no-save --ignore-scripts ${LIBRARY}`;
const WANTED = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'];
const BATCH = 16;

const folder = 'the folder of an ONNX model';

export const settings = z.object({
  EMBEDDING_FOLDER: z
    .string({ error: folder })
    .min(1, folder)
    .describe(`Folder with ${WANTED.join(', ')} (as on Hugging Face). Needed with EMBEDDER=local, and: ${INSTALL}`),
  EMBEDDING_POOLING: z
    .enum(['mean', 'cls'])
    .default('mean')
    .describe('How the model makes one vector of many: mean (E5, MiniLM) or cls (BGE).'),
  ...vectorSettings,
});

type Pooling = z.infer<typeof settings>['EMBEDDING_POOLING'];

/** As much of the library as is used. */
export interface Transformers {
  env: { allowRemoteModels: boolean; localModelPath: string };
  pipeline(
    task: 'feature-extraction',
    model: string,
    options: { local_files_only: true; dtype: 'fp32' },
  ): Promise<(texts: string[], options: { pooling: Pooling; normalize: true }) => Promise<{ tolist(): number[][] }>>;
}

/** Loads the library and the weights and makes one vector; rejects with what is missing, or with WrongDimension. Some seconds. */
export default async function open(
  chosen: z.infer<typeof settings>,
  parts: { load?(name: string): Promise<unknown> } = {},
): Promise<Embedder> {
  const place = path.resolve(chosen.EMBEDDING_FOLDER);
  const missing = WANTED.filter((file) => !existsSync(path.join(place, file)));
  if (missing.length > 0)
    throw new Error(`EMBEDDING_FOLDER: ${place} lacks ${missing.join(', ')}. Put the model's files there, named as on Hugging Face.`);
  const { env, pipeline } = await loadLibrary(parts.load ?? ((name) => import(name)));
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(place);
  const extract = await pipeline('feature-extraction', path.basename(place), { local_files_only: true, dtype: 'fp32' });

  async function embed(texts: string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const rows: number[][] = [];
    for (let from = 0; from < texts.length; from += BATCH) {
      signal?.throwIfAborted();
      rows.push(...(await extract(texts.slice(from, from + BATCH), { pooling: chosen.EMBEDDING_POOLING, normalize: true })).tolist());
    }
    return checkVectors(rows, texts.length, chosen.EMBEDDING_DIMENSION);
  }

  await embed(withPrefix(['carta d’identità'], 'query', chosen));
  return {
    model: `local:${path.basename(place)}:${chosen.EMBEDDING_POOLING}`,
    dimension: chosen.EMBEDDING_DIMENSION,
    embed: (texts, kind, signal) => embed(withPrefix(texts, kind, chosen), signal),
  };
}

async function loadLibrary(load: (name: string) => Promise<unknown>): Promise<Transformers> {
  try {
    return (await load(LIBRARY)) as Transformers;
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    throw new Error(
      absent
        ? `EMBEDDER=local needs the package ${LIBRARY} with onnxruntime-node, which is not installed. Install it: ${INSTALL}`
        : `EMBEDDER=local: ${LIBRARY} cannot be loaded (${error instanceof Error ? error.message : String(error)}). Install it again: ${INSTALL}`,
      { cause: error },
    );
  }
}
