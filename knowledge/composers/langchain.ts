/** Plug: answers worded by any model that LangChain can load, each sentence checked; quotations whenever it fails. */
import { z } from 'zod';
import type { Composer } from './contract.ts';
import type { AskModel } from './model/ask.ts';
import { createModelComposer } from './model/compose.ts';
import { modelSettings } from './model/settings.ts';

export const settings = z.object(modelSettings);

const counted = z.object({ total_tokens: z.number() });

/** Loads LangChain and the provider's package now, so that a missing one is told at the start. Rejects with what to install. */
export default async function open(chosen: z.infer<typeof settings>, parts: { now?(): number } = {}): Promise<Composer> {
  const model = await loadModel(chosen);
  const ask: AskModel = async (messages, signal) => {
    const reply = await model.invoke(
      messages.map(({ role, content }): [string, string] => [role, content]),
      { signal },
    );
    const usage = counted.safeParse(reply.usage_metadata);
    return { text: reply.text, tokens: usage.success ? usage.data.total_tokens : null };
  };
  return createModelComposer({ ask, timeoutMs: chosen.MODEL_TIMEOUT_MS, dailyTokens: chosen.MODEL_DAILY_TOKENS, ...parts });
}

async function loadModel(chosen: z.infer<typeof settings>) {
  const { initChatModel } = await import('langchain/chat_models/universal');
  const ofOpenai = /^(?:openai:|gpt-|o\d)/.test(chosen.MODEL);
  try {
    return await initChatModel(chosen.MODEL, {
      maxRetries: 0,
      // Other providers read their own keys from the environment, under the names their packages document.
      ...(ofOpenai ? { temperature: 0, apiKey: chosen.OPENAI_API_KEY || 'none', configuration: { baseURL: chosen.OPENAI_BASE_URL } } : {}),
    });
  } catch (error) {
    const missing = /Unable to import (\S+?)\.? /.exec(error instanceof Error ? error.message : '')?.[1];
    if (!missing) throw error;
    throw new Error(`MODEL is "${chosen.MODEL}", which needs the package ${missing}. Install it: npm install ${missing}`, { cause: error });
  }
}
