/** The operations of an OpenAPI 3 document, by operationId. Only what a mapping names is ever called. */
import { z } from 'zod';

export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/appointments/{appointmentId}`. */
  path: string;
  /** Names of its parameters, by where they go. */
  query: Set<string>;
  inPath: Set<string>;
  takesBody: boolean;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const parameter = z.looseObject({ name: z.string().optional(), in: z.string().optional(), $ref: z.string().optional() });
const operation = z.looseObject({
  operationId: z.string().optional(),
  parameters: z.array(parameter).default([]),
  requestBody: z.unknown().optional(),
});
const document = z.looseObject({
  openapi: z.string().regex(/^3\./, 'a document of OpenAPI 3'),
  servers: z.array(z.looseObject({ url: z.string() })).default([]),
  paths: z.record(z.string(), z.looseObject({ parameters: z.array(parameter).default([]) })),
  components: z.looseObject({ parameters: z.record(z.string(), parameter).default({}) }).optional(),
});

export function readDocument(json: unknown): { server: string | null; operations: Map<string, Operation> } {
  const read = document.parse(json);
  const operations = new Map<string, Operation>();
  const known = (one: z.infer<typeof parameter>) => read.components?.parameters[one.$ref?.split('/').at(-1) ?? ''] ?? one;
  for (const [path, item] of Object.entries(read.paths))
    for (const method of METHODS) {
      const found = operation.safeParse(item[method]).data;
      if (!found?.operationId) continue;
      const parameters = [...item.parameters, ...found.parameters].map(known);
      const named = (where: string) => new Set(parameters.filter((one) => one.in === where).flatMap(({ name }) => name ?? []));
      operations.set(found.operationId, {
        method: method.toUpperCase() as Operation['method'],
        path,
        query: named('query'),
        inPath: named('path'),
        takesBody: found.requestBody !== undefined,
      });
    }
  return { server: read.servers[0]?.url ?? null, operations };
}
