/** Plug: vectors from any OpenAI-compatible endpoint (OpenAI, Azure, Ollama, vLLM, Text Embeddings Inference, LocalAI). */
import OpenAI from 'openai';
import { z } from 'zod';
import { createMask } from '../composers/model/mask.ts';
import { modelSettings } from '../composers/model/settings.ts';
import type { Embedder } from './contract.ts';
import { checkVectors, withPrefix, WrongDimension } from './model/check.ts';
import { vectorSettings, wholeNumber } from './model/settings.ts';

/** The smallest limit of the servers at hand (Text Embeddings Inference). */
const BATCH = 32;
const PASSAGES_MS = 30_000;

const named = 'the name of an embedding model, e.g. text-embedding-3-small';

export const settings = z.object({
  EMBEDDING_MODEL: z.string({ error: named }).min(1, named).describe('Model that makes the vectors. Needed with EMBEDDER=openai.'),
  EMBEDDING_BASE_URL: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ })], 'an http:// or https:// address, or empty')
    .default('')
    .describe('Address of the endpoint for vectors; empty = OPENAI_BASE_URL.'),
  ...vectorSettings,
  EMBEDDING_TIMEOUT_MS: wholeNumber(50, 5000)
    .default(1000)
    .describe('How long a question waits for its vector; then it is answered from words alone.'),
  OPENAI_BASE_URL: modelSettings.OPENAI_BASE_URL,
  OPENAI_API_KEY: modelSettings.OPENAI_API_KEY,
});

/** Makes one call, so that a wrong dimension is told at the start: rejects then. An endpoint that is away is no mistake of the settings: it resolves. */
export default async function open(
  chosen: z.infer<typeof settings>,
  parts: { onSurprise?(error: unknown): void; passagesMs?: number } = {},
): Promise<Embedder> {
  const client = new OpenAI({
    baseURL: chosen.EMBEDDING_BASE_URL || chosen.OPENAI_BASE_URL,
    apiKey: chosen.OPENAI_API_KEY || 'none',
    maxRetries: 0,
    logLevel: 'off',
  });

  async function ask(input: string[], timeout: number, signal?: AbortSignal): Promise<Float32Array[]> {
    // Floats by name: the client's own default is base64, which some servers ignore and some clients then read as nothing.
    const request = { model: chosen.EMBEDDING_MODEL, input, encoding_format: 'float' as const };
    // The client's time-out ends with the headers; the body may take for ever too.
    const limits = [AbortSignal.timeout(timeout), ...(signal ? [signal] : [])];
    const answer = await client.embeddings.create(request, { timeout, signal: AbortSignal.any(limits) });
    if (!Array.isArray(answer?.data)) throw new Error('the answer held no list of vectors');
    const inOrder = answer.data.every(({ index }) => Number.isInteger(index))
      ? answer.data.toSorted((a, b) => a.index - b.index)
      : answer.data;
    return checkVectors(
      inOrder.map(({ embedding }) => embedding),
      input.length,
      chosen.EMBEDDING_DIMENSION,
    );
  }

  const embedder: Embedder = {
    model: chosen.EMBEDDING_MODEL,
    dimension: chosen.EMBEDDING_DIMENSION,
    async embed(texts, kind, signal) {
      // A citizen's own data stays here; passages are public.
      const shown = kind === 'query' ? texts.map((text) => createMask().hide(text)) : texts;
      const prefixed = withPrefix(shown, kind, chosen);
      const timeout = kind === 'query' ? chosen.EMBEDDING_TIMEOUT_MS : (parts.passagesMs ?? PASSAGES_MS);
      const vectors: Float32Array[] = [];
      try {
        for (let from = 0; from < prefixed.length; from += BATCH)
          vectors.push(...(await ask(prefixed.slice(from, from + BATCH), timeout, signal)));
      } catch (error) {
        throw explain(error, chosen.EMBEDDING_MODEL);
      }
      return vectors;
    },
  };
  try {
    await embedder.embed(['carta d’identità'], 'query');
  } catch (error) {
    if (error instanceof WrongDimension) throw error;
    parts.onSurprise?.(error);
  }
  return embedder;
}

/** One line for the operator, without address or key. */
function explain(error: unknown, model: string): Error {
  if (error instanceof WrongDimension) return error;
  return new Error(`EMBEDDER=openai: ${reasonOf(error, model)}`);
}

function reasonOf(error: unknown, model: string): string {
  if (error instanceof OpenAI.APIConnectionTimeoutError || error instanceof OpenAI.APIUserAbortError)
    return 'the endpoint did not answer in time';
  if (error instanceof OpenAI.APIConnectionError) return 'the endpoint cannot be reached: check EMBEDDING_BASE_URL or OPENAI_BASE_URL';
  if (!(error instanceof OpenAI.APIError)) return error instanceof Error ? readable(error) : String(error);
  if (error.status === 401 || error.status === 403) return 'the endpoint refuses the key: check OPENAI_API_KEY';
  if (error.status === 404) return `the endpoint does not know the model "${model}": check EMBEDDING_MODEL and the address`;
  if (error.status === 429) return 'the endpoint asks to wait (429)';
  return `the endpoint answered ${error.status}`;
}

function readable(error: Error): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'the endpoint did not answer in time';
  return error instanceof SyntaxError || error instanceof TypeError ? 'the answer broke off or was no JSON' : error.message;
}
