/** The REST interface as OpenAPI 3.1, generated from the routes and the zod schemas that check them. */
import { z } from 'zod';
import type { Route } from './route.ts';

export function openapiRoute(routes: () => Route[], version: string): Route {
  return {
    method: 'get',
    path: '/api/openapi.json',
    permission: 'public',
    summary: 'This document',
    handle: async () => ({ status: 200, body: describe(routes(), version) }),
  };
}

function describe(routes: Route[], version: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    if (route.page) continue;
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const parameters = [...route.path.matchAll(/:(\w+)/g)].map((match) => ({
      name: match[1],
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    paths[path] ??= {};
    paths[path][route.method] = {
      summary: route.summary,
      'x-permission': route.permission,
      ...(parameters.length > 0 ? { parameters } : {}),
      ...(route.described
        ? {
            requestBody: {
              content: Object.fromEntries(
                route.described.map(({ type, schema }) => [
                  type,
                  { schema: z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) },
                ]),
              ),
            },
          }
        : {}),
      ...(route.body && route.body !== 'raw'
        ? {
            requestBody: {
              content: { 'application/json': { schema: z.toJSONSchema(route.body, { unrepresentable: 'any', io: 'input' }) } },
            },
          }
        : {}),
      responses: { default: { description: 'A JSON value, or {error:{code,message}} with a 4xx or 5xx status' } },
    };
  }
  return { openapi: '3.1.0', info: { title: 'Sportello', version, license: { name: 'EUPL-1.2' } }, paths };
}
