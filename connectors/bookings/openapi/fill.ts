/** Values into templates, values out of answers. */

export type Values = Record<string, string | number | undefined>;
export type Template = string | number | boolean | null | Template[] | { [name: string]: Template };

/** `"{start}"` is the value itself, of its own type; inside other text it is written out. What has no value is the empty text. */
export function fill(template: Template, values: Values): unknown {
  if (typeof template === 'string') {
    const whole = /^\{([\w.]+)\}$/.exec(template)?.[1];
    if (whole) return values[whole] ?? '';
    return template.replace(/\{([\w.]+)\}/g, (_, name: string) => String(values[name] ?? ''));
  }
  if (Array.isArray(template)) return template.map((one) => fill(one, values));
  if (template && typeof template === 'object')
    return Object.fromEntries(Object.entries(template).map(([name, one]) => [name, fill(one, values)]));
  return template;
}

/** Names that a template asks for. */
export const namesIn = (template: Template): string[] =>
  [...JSON.stringify(template).matchAll(/\{([\w.]+)\}/g)].flatMap((match) => match[1] ?? []);

/** JSON pointer (RFC 6901); undefined where it leads nowhere. */
export function at(body: unknown, pointer: string): unknown {
  let value = body;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
