/** Settings that every composer with a model declares. */
import { z } from 'zod';

const wholeNumber = (from: number, to: number) => {
  const words = `a whole number from ${from} to ${to}`;
  return z.coerce.number(words).int(words).min(from, words).max(to, words);
};

const model = 'the name of a model: gpt-4o-mini for openai, provider:name such as openai:gpt-4o-mini for langchain';

export const modelSettings = {
  MODEL: z.string({ error: model }).min(1, model).describe('Model that words the answers; langchain wants provider:name.'),
  OPENAI_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'an http:// or https:// address' })
    .default('https://api.openai.com/v1')
    .describe('Address of the OpenAI-compatible endpoint.'),
  OPENAI_API_KEY: z.string().default('').describe('Key of the endpoint; many of one’s own want none.'),
  MODEL_TIMEOUT_MS: wholeNumber(50, 5000).default(5000).describe('How long a model may take for an answer in all; then it is quoted.'),
  MODEL_DAILY_TOKENS: wholeNumber(0, 1_000_000_000)
    .default(1_000_000)
    .describe('Tokens a day, both ways; when they are spent, answers are quoted until midnight UTC.'),
};

export type ModelSettings = z.infer<z.ZodObject<typeof modelSettings>>;
