/** One call of JSON to another tool, its answer checked, every way it can go wrong as a result. */
import type { z } from 'zod';
import { type Call, call } from '../../call.ts';
import { ok, type Result } from '../../result.ts';

export interface Asking extends Omit<Call, 'body'> {
  json?: object;
}

/** not_found for 404; a clear no of the tool is `down`, a yes that cannot be read is `unknown` for a write. */
export async function askJson<T>(url: URL, schema: z.ZodType<T>, { json, headers = {}, ...given }: Asking = {}): Promise<Result<T>> {
  const answer = await call(url, {
    ...given,
    headers: { accept: 'application/json', ...(json ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(json ? { body: JSON.stringify(json) } : {}),
  });
  if (answer.kind !== 'answered') return answer;
  if (answer.status === 404) return { kind: 'not_found' };
  if (answer.status >= 300) return { kind: 'down', reason: `${url.pathname}: ${answer.status}` };
  const parsed = schema.safeParse(parse(answer.text));
  return parsed.success ? ok(parsed.data) : { kind: given.writes ? 'unknown' : 'down', reason: `${url.pathname}: not an answer we know` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
