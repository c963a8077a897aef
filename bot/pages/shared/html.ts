/** HTML made on the server and strings that go into it. Everything interpolated is escaped unless it is already Html. */

export interface Html {
  html: string;
}

type Piece = string | number | Html | null | false | Piece[];

/** Template tag: literal parts stay, values are escaped; Html values and lists of them pass. */
export function html(parts: TemplateStringsArray, ...values: Piece[]): Html {
  let out = parts[0] ?? '';
  for (let i = 0; i < values.length; i++) out += write(values[i] ?? null) + (parts[i + 1] ?? '');
  return { html: out };
}

/** Marks a string as finished HTML. Only for output of our own renderers. */
export function trusted(markup: string): Html {
  return { html: markup };
}

/** For text and for attribute values in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function write(value: Piece): string {
  if (value === null || value === false) return '';
  if (Array.isArray(value)) return value.map(write).join('');
  if (typeof value === 'object') return value.html;
  return escapeHtml(String(value));
}
