/**
 * Tools of others that may be read from: only those on the list, only while they are what they were when somebody looked at them. A tool whose name,
 * description, schemas or annotations changed is refused until it is pinned again; what an annotation promises is a hint, the list is what counts.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Health, Result } from '../result.ts';
import { createMcp, type McpClient, type Tool, type ToolAnswer } from './mcp.ts';

/** How a citizen comes to a tool; absent = no dialog calls it. */
const use = z.strictObject({
  /** Whose answer it is, to the citizen: "Trasporti di Castelmirto". */
  source: z.string().min(2).max(80),
  /** What people say who want it, at least two words each. */
  words: z.array(z.string().regex(/\S\s+\S/, 'almeno due parole')).min(1),
  /** Values of the tool and the question for each, in order. */
  ask: z
    .array(
      z.strictObject({
        value: z.string().min(1),
        ask: z.string().min(3).max(200),
        type: z.enum(['text', 'number']).default('text'),
        options: z.array(z.string().min(1).max(60)).max(12).default([]),
      }),
    )
    .max(5)
    .default([]),
});
export type ToolUse = z.infer<typeof use> & { /** `server/tool`. */ name: string };

export const toolsFile = z.array(
  z.strictObject({
    server: z.string().regex(/^[a-z0-9-]+$/, 'solo minuscole, cifre e trattini'),
    url: z.url({ protocol: /^https?$/ }),
    token: z.string().default(''),
    tools: z.array(
      z.strictObject({
        name: z.string().min(1),
        sha256: z.string().regex(/^[0-9a-f]{64}$/, 'l’impronta stampata da npm run tools'),
        use: use.optional(),
      }),
    ),
  }),
);
export type ToolsFile = z.infer<typeof toolsFile>;

export interface Tools {
  /** `server/tool` of those that may be called. */
  names(): string[];
  /** Those that citizens come to in the chat. */
  uses(): ToolUse[];
  /** not_found: not on the list · not_allowed: it is no longer what was pinned · invalid: wrong values, or it said no. */
  read(name: string, values: Record<string, unknown>): Promise<Result<ToolAnswer>>;
  health(): Promise<Health>;
}

/** How long a look at a server's tools is believed. */
const LOOK_MS = 60_000;

/** What a tool says of itself. */
export interface ToldTool {
  name: string;
  description?: string | undefined;
  inputSchema: Record<string, unknown>;
  outputSchema?: Record<string, unknown> | undefined;
  annotations?: Record<string, unknown> | undefined;
}

/** SHA-256 over all that a tool says of itself, whatever the order of its keys. */
export const fingerprint = ({ name, description, inputSchema, outputSchema, annotations }: ToldTool): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted({ name, description, inputSchema, outputSchema, annotations })))
    .digest('hex');

export function createTools(file: ToolsFile, now: () => number = Date.now): Tools {
  const servers = new Map(
    file.map((one) => [
      one.server,
      {
        client: createMcp(one),
        pins: new Map(one.tools.map((tool) => [tool.name, tool.sha256])),
        looked: 0,
        seen: new Map<string, Tool>(),
      },
    ]),
  );

  /** The server's tools as they are now. A change within the minute is found by the next look. */
  async function look(server: { client: McpClient; looked: number; seen: Map<string, Tool> }): Promise<Result<Map<string, Tool>>> {
    if (now() - server.looked < LOOK_MS) return { kind: 'ok', value: server.seen };
    const listed = await server.client.tools();
    if (listed.kind !== 'ok') return listed;
    server.seen = new Map(listed.value.map((tool) => [tool.name, tool]));
    server.looked = now();
    return { kind: 'ok', value: server.seen };
  }

  return {
    names: () => [...servers].flatMap(([name, { pins }]) => [...pins.keys()].map((tool) => `${name}/${tool}`)),

    uses: () =>
      file.flatMap(({ server, tools }) => tools.flatMap((tool) => (tool.use ? { ...tool.use, name: `${server}/${tool.name}` } : []))),

    async read(full, values) {
      const [name = '', ...rest] = full.split('/');
      const server = servers.get(name);
      const pin = server?.pins.get(rest.join('/'));
      if (!server || !pin) return { kind: 'not_found' };
      const seen = await look(server);
      if (seen.kind !== 'ok') return seen;
      const tool = seen.value.get(rest.join('/'));
      if (!tool || fingerprint(tool) !== pin) return { kind: 'not_allowed', need: 'unsupported' };
      const wrong = misfits(tool, values);
      return wrong ? { kind: 'invalid', fields: wrong } : server.client.call(tool.name, values);
    },

    async health() {
      const troubles: string[] = [];
      for (const [name, server] of servers) {
        server.looked = 0;
        const seen = await look(server);
        if (seen.kind !== 'ok') troubles.push(`${name}: ${'reason' in seen ? seen.reason : seen.kind}`);
        else
          for (const [tool, pin] of server.pins) {
            const found = seen.value.get(tool);
            if (!found) troubles.push(`${name}/${tool}: non c’è più`);
            else if (fingerprint(found) !== pin) troubles.push(`${name}/${tool}: è cambiato`);
          }
      }
      return troubles.length > 0
        ? { state: 'down', detail: troubles.join('; ') }
        : { state: 'up', detail: `${this.names().length} strumenti` };
    },
  };
}

/** What the tool's own schema, as pinned, says of the values; null when they fit. */
function misfits(tool: Tool, values: Record<string, unknown>): Record<string, string> | null {
  try {
    const read = z.fromJSONSchema(tool.inputSchema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(values);
    if (read.success) return null;
    return Object.fromEntries(read.error.issues.map((issue) => [issue.path.join('.') || 'valori', issue.message]));
  } catch {
    return { schema: 'lo schema dello strumento non si legge' };
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
