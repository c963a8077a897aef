/** A client of the Model Context Protocol over streamable HTTP, as far as reading needs it: initialize, list the tools, call one. Answers come as JSON or as events. */
import { z } from 'zod';
import { ok, type Result } from '../result.ts';

const VERSION = '2025-11-25';
const LONGEST_BYTES = 1_000_000;
const MOST_PAGES = 20;
const WITHIN_MS = 10_000;

const tool = z.looseObject({
  name: z.string(),
  description: z.string().optional(),
  inputSchema: z.record(z.string(), z.unknown()),
  outputSchema: z.record(z.string(), z.unknown()).optional(),
  annotations: z.record(z.string(), z.unknown()).optional(),
});
export type Tool = z.infer<typeof tool>;

const content = z.looseObject({ type: z.string(), text: z.string().optional() });
const called = z.looseObject({
  content: z.array(content).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().default(false),
});
const answer = z.looseObject({
  id: z.union([z.string(), z.number()]).nullish(),
  result: z.unknown().optional(),
  error: z.looseObject({ code: z.number(), message: z.string() }).optional(),
});

export interface ToolAnswer {
  /** What the tool says, its texts joined. Written by others: shown as theirs, never followed. */
  text: string;
  structured: unknown;
}

export interface McpClient {
  tools(): Promise<Result<Tool[]>>;
  /** `invalid` when the tool itself says that it failed. Reads are `down` when no answer came. */
  call(name: string, values: Record<string, unknown>): Promise<Result<ToolAnswer>>;
}

export function createMcp({ url, token = '', within = WITHIN_MS }: { url: string; token?: string; within?: number }): McpClient {
  let session: string | null = null;
  let started: Promise<Result<void>> | null = null;
  let ids = 0;

  async function send(method: string, params: unknown, id: number | null): Promise<Result<unknown>> {
    const down = (reason: string): Result<never> => ({ kind: 'down', reason: `${method}: ${reason}` });
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(within),
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'mcp-protocol-version': VERSION,
          ...(token && { authorization: `Bearer ${token}` }),
          ...(session && { 'mcp-session-id': session }),
        },
        body: JSON.stringify({ jsonrpc: '2.0', method, ...(params !== undefined && { params }), ...(id !== null && { id }) }),
      });
      session = response.headers.get('mcp-session-id') ?? session;
      if (response.status === 404 && session) {
        // The server has forgotten us: the next call begins anew.
        session = null;
        started = null;
      }
      if (response.status === 429) return { kind: 'retry_after', seconds: Number(response.headers.get('retry-after')) || 60 };
      if (!response.ok) return down(`it answers ${response.status}`);
      if (id === null) {
        await response.body?.cancel();
        return ok(undefined);
      }
      const found = await answerIn(response, id);
      if (!found) return down('no answer of the protocol');
      return found.error ? down(`${found.error.code} ${found.error.message.slice(0, 200)}`) : ok(found.result);
    } catch (error) {
      return down(error instanceof Error ? error.message : String(error));
    }
  }

  async function start(): Promise<Result<void>> {
    const hello = { protocolVersion: VERSION, capabilities: {}, clientInfo: { name: 'sportello', version: '1' } };
    const begun = await send('initialize', hello, ++ids);
    if (begun.kind !== 'ok') return begun;
    return (await send('notifications/initialized', undefined, null)) as Result<void>;
  }

  async function ask<T>(method: string, params: unknown, shape: z.ZodType<T>): Promise<Result<T>> {
    started ??= start();
    const ready = await started;
    if (ready.kind !== 'ok') {
      started = null;
      return ready;
    }
    const answered = await send(method, params, ++ids);
    if (answered.kind !== 'ok') return answered;
    const read = shape.safeParse(answered.value);
    return read.success ? ok(read.data) : { kind: 'down', reason: `${method}: an answer of another shape` };
  }

  return {
    async tools() {
      const all: Tool[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const shape = z.looseObject({ tools: z.array(tool), nextCursor: z.string().optional() });
        const listed = await ask('tools/list', cursor === undefined ? {} : { cursor }, shape);
        if (listed.kind !== 'ok') return listed;
        all.push(...listed.value.tools);
        cursor = listed.value.nextCursor;
        if (cursor === undefined) return ok(all);
      }
      return { kind: 'down', reason: `tools/list: more than ${MOST_PAGES} pages` };
    },
    async call(name, values) {
      const done = await ask('tools/call', { name, arguments: values }, called);
      if (done.kind !== 'ok') return done;
      const text = done.value.content.flatMap((one) => (one.type === 'text' && one.text ? [one.text] : [])).join('\n');
      if (done.value.isError) return { kind: 'invalid', fields: { [name]: text.slice(0, 500) || 'lo strumento dice di no' } };
      return ok({ text, structured: done.value.structuredContent });
    },
  };
}

/** The answer to `id`: the body itself, or the event that bears it; what else a stream holds is passed over. */
async function answerIn(response: Response, id: number): Promise<z.infer<typeof answer> | null> {
  const events = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const decoder = new TextDecoder();
  let text = '';
  const reader = response.body?.getReader();
  for (;;) {
    const piece = await reader?.read();
    text += decoder.decode(piece?.value, { stream: !piece?.done });
    if (text.length > LONGEST_BYTES) break;
    if (events) {
      const blocks = text.split(/\r?\n\r?\n/);
      // The last one is not finished before the stream is.
      text = piece?.done ? '' : (blocks.pop() ?? '');
      for (const block of blocks) {
        const found = answerOf(dataIn(block), id);
        if (found) {
          await reader?.cancel();
          return found;
        }
      }
    }
    if (piece?.done ?? true) return events ? null : answerOf(text, id);
  }
  await reader?.cancel();
  return null;
}

const dataIn = (block: string): string =>
  block
    .split(/\r?\n/)
    .flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trimStart()] : []))
    .join('\n');

function answerOf(text: string, id: number): z.infer<typeof answer> | null {
  try {
    const read = answer.safeParse(JSON.parse(text));
    return read.success && read.data.id === id ? read.data : null;
  } catch {
    return null;
  }
}
