/** Plug: answers worded by any OpenAI-compatible endpoint, each sentence checked; quotations whenever it fails. */
import OpenAI from 'openai';
import { z } from 'zod';
import type { Composer } from './contract.ts';
import type { AskModel } from './model/ask.ts';
import { REPLY_TOKENS } from './model/budget.ts';
import { createModelComposer } from './model/compose.ts';
import { modelSettings } from './model/settings.ts';

export const settings = z.object(modelSettings);

const sentence = {
  type: 'object',
  properties: { text: { type: 'string' }, passages: { type: 'array', items: { type: 'string' } } },
  required: ['text', 'passages'],
  additionalProperties: false,
};
const replySchema = {
  type: 'object',
  properties: { answerable: { type: 'boolean' }, sentences: { type: 'array', items: sentence } },
  required: ['answerable', 'sentences'],
  additionalProperties: false,
};

export default function open(chosen: z.infer<typeof settings>, parts: { now?(): number } = {}): Composer {
  const client = new OpenAI({
    baseURL: chosen.OPENAI_BASE_URL,
    // The client wants some key; endpoints of one's own ignore it.
    apiKey: chosen.OPENAI_API_KEY || 'none',
    maxRetries: 0,
    timeout: chosen.MODEL_TIMEOUT_MS,
    logLevel: 'off',
  });
  /** Turned off for good when the endpoint refuses a request that names a schema, a temperature or a length. */
  let strict = true;
  const ask: AskModel = async (messages, signal) => {
    const send = () =>
      client.chat.completions.create(
        {
          model: chosen.MODEL,
          messages,
          ...(strict
            ? {
                temperature: 0,
                max_tokens: REPLY_TOKENS,
                response_format: { type: 'json_schema' as const, json_schema: { name: 'answer', strict: true, schema: replySchema } },
              }
            : {}),
        },
        { signal },
      );
    const reply = await send().catch((error: unknown) => {
      if (!(error instanceof OpenAI.APIError) || error.status !== 400 || !strict) throw error;
      strict = false;
      return send();
    });
    return { text: reply.choices?.[0]?.message?.content ?? '', tokens: reply.usage?.total_tokens ?? null };
  };
  return createModelComposer({ ask, timeoutMs: chosen.MODEL_TIMEOUT_MS, dailyTokens: chosen.MODEL_DAILY_TOKENS, ...parts });
}
