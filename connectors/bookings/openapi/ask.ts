/** One step of a mapping as a call, its answer judged by the mapping's table of refusals. */
import { call } from '../../call.ts';
import { ok, type Result } from '../../result.ts';
import type { Operation } from './document.ts';
import { at, fill, type Values } from './fill.ts';
import type { Mapping, Step } from './mapping.ts';

export interface AskParts {
  base: string;
  headers: Record<string, string>;
  operations: Map<string, Operation>;
  mapping: Mapping;
}

export type Ask = (step: Step, values: Values) => Promise<Result<unknown>>;

export function createAsk({ base, headers, operations, mapping }: AskParts): Ask {
  return async (step, given) => {
    const operation = operations.get(step.operation);
    if (!operation) return { kind: 'down', reason: `no operation ${step.operation}` };
    const values: Values = { ...given };
    for (const [name, text] of Object.entries(mapping.defaults)) if (!values[name]) values[name] = String(fill(text, given));
    const path = operation.path.replace(/\{([^}]+)\}/g, (_, name: string) =>
      encodeURIComponent(String(fill(step.path[name] ?? '', values))),
    );
    const url = new URL(base + path);
    for (const [name, text] of Object.entries(step.query)) url.searchParams.set(name, String(fill(text, values)));
    const { method } = operation;
    const writes = method !== 'GET';
    const answer = await call(url, {
      method,
      writes,
      judged: true,
      headers: { accept: 'application/json', ...headers, ...(step.body !== undefined && { 'content-type': 'application/json' }) },
      ...(step.body !== undefined && { body: JSON.stringify(fill(step.body, values)) }),
    });
    if (answer.kind !== 'answered') return answer;
    const body = parsed(answer.text);
    const { status } = answer;
    if (status < 300 && body !== undefined && at(body, '/success') !== false) return ok(body);
    const told = mapping.errors.find(
      (one) =>
        (one.status === undefined || one.status === status) &&
        (one.matches === undefined || new RegExp(one.matches, 'i').test(String(at(body, one.pointer ?? '') ?? ''))),
    );
    const reason = `${method} ${operation.path}: ${status}`;
    if (told?.kind === 'down') return { kind: 'down', reason };
    if (told?.kind === 'limit_reached') return { kind: 'limit_reached', limit: 1 };
    if (told?.kind === 'invalid') return { kind: 'invalid', fields: { richiesta: `il programma dell’ufficio risponde ${status}` } };
    if (told) return { kind: told.kind } as Result<never>;
    if (status === 404) return { kind: 'not_found' };
    if (status === 409) return { kind: 'slot_taken' };
    if ((status >= 400 && status < 500) || (status < 300 && at(body, '/success') === false))
      return { kind: 'invalid', fields: { richiesta: `il programma dell’ufficio risponde ${status}` } };
    // A gateway, or a program that broke half-way: what it did is not known.
    return { kind: writes ? 'unknown' : 'down', reason };
  };
}

/** undefined = no JSON; an empty body is none either, and that is fine. */
function parsed(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
