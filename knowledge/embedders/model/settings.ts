/** Settings that every embedder with a model declares. */
import { z } from 'zod';

export const wholeNumber = (from: number, to: number) => {
  const words = `a whole number from ${from} to ${to}`;
  return z.coerce.number(words).int(words).min(from, words).max(to, words);
};

export const vectorSettings = {
  EMBEDDING_DIMENSION: wholeNumber(1, 8192).describe(
    'Numbers in each vector of the embedding model, e.g. 1536 for text-embedding-3-small, 384 for multilingual-e5-small. Needed with an embedder.',
  ),
  EMBEDDING_QUERY_PREFIX: z.string().default('').describe('Word before each question, where the model wants one, e.g. "query:" for E5.'),
  EMBEDDING_PASSAGE_PREFIX: z.string().default('').describe('Word before each passage, where the model wants one, e.g. "passage:" for E5.'),
};

export type VectorSettings = z.infer<z.ZodObject<typeof vectorSettings>>;
