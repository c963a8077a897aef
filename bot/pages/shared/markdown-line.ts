/** The words inside one Markdown line: emphasis, code, links, citation marks. Scans left to right; nesting is bounded. */
import { escapeHtml } from './html.ts';

export interface LineOptions {
  /** Numbers that have a source: `[n]` becomes a link to `#<markPrefix><n>`; any other `[n]` stays text. */
  marks?: ReadonlySet<number>;
  markPrefix?: string;
  /** Words read aloud for a mark, e.g. `Fonte` → "Fonte 1". */
  markLabel?: string;
  /** A last say on http(s) links, e.g. only hosts of the body. */
  allowLink?: (url: URL) => boolean;
}

const DEPTH_LIMIT = 6;
const emphasis: [string, string][] = [
  ['**', 'strong'],
  ['__', 'strong'],
  ['*', 'em'],
  ['_', 'em'],
];

export function renderLine(text: string, options: LineOptions, depth = 0): string {
  let out = '';
  let plain = '';
  let at = 0;
  const flush = () => {
    out += escapeHtml(plain);
    plain = '';
  };
  while (at < text.length) {
    const found = depth < DEPTH_LIMIT ? spanAt(text, at, options, depth) : null;
    if (found) {
      flush();
      out += found.markup;
      at = found.end;
    } else {
      if (text[at] === '\\' && /[\\*_`[\]#|<>]/.test(text[at + 1] ?? '')) at++;
      plain += text[at];
      at++;
    }
  }
  flush();
  return out;
}

/** An address that may stand in a page, or null. Control characters and entities are refused before parsing, not repaired. */
export function safeHref(target: string, allowLink?: (url: URL) => boolean): string | null {
  const trimmed = target.trim();
  // A path of this site; two slashes would name another host.
  if (/^\/(?!\/)[\w\-./#?=%]*$/.test(trimmed)) return trimmed;
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(trimmed) || /[\u0000-\u0020\u007f<>"'`\\]|&#?\w+;/.test(trimmed)) return null;
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  if (url.username || url.password) return null;
  return url.protocol.startsWith('http') && allowLink && !allowLink(url) ? null : trimmed;
}

interface Span {
  markup: string;
  end: number;
}

function spanAt(text: string, at: number, options: LineOptions, depth: number): Span | null {
  const sign = text[at];
  if (sign === '`') return code(text, at);
  if (sign === '!' && text[at + 1] === '[') return image(text, at);
  if (sign === '[') return mark(text, at, options) ?? link(text, at, options, depth);
  if (sign !== '*' && sign !== '_') return null;
  for (const [fence, tag] of emphasis) {
    if (!text.startsWith(fence, at)) continue;
    const span = between(text, at, fence);
    if (span) return { markup: `<${tag}>${renderLine(span.inner, options, depth + 1)}</${tag}>`, end: span.end };
  }
  return null;
}

function between(text: string, at: number, fence: string): { inner: string; end: number } | null {
  const from = at + fence.length;
  // An underscore or star inside a word, as in a file name, is not emphasis.
  if (!/\S/.test(text[from] ?? '') || (fence[0] === '_' && /\w/.test(text[at - 1] ?? ''))) return null;
  const close = text.indexOf(fence, from + 1);
  if (close < 0 || /\s/.test(text[close - 1] ?? '')) return null;
  return { inner: text.slice(from, close), end: close + fence.length };
}

function code(text: string, at: number): Span | null {
  const close = text.indexOf('`', at + 1);
  return close < 0 ? null : { markup: `<code>${escapeHtml(text.slice(at + 1, close))}</code>`, end: close + 1 };
}

/** An image is shown as its words: asking for it would tell its server who reads. */
function image(text: string, at: number): Span | null {
  const parts = bracketed(text, at + 1);
  return parts ? { markup: escapeHtml(parts.label), end: parts.end } : null;
}

function mark(text: string, at: number, options: LineOptions): Span | null {
  const match = /^\[(\d{1,3})\](?!\()/.exec(text.slice(at, at + 6));
  const number = Number(match?.[1]);
  if (!match || !options.marks?.has(number)) return null;
  const label = `${options.markLabel ?? 'Fonte'} ${number}`;
  return {
    markup: `<a class="mark" href="#${escapeHtml(options.markPrefix ?? '')}${number}" aria-label="${escapeHtml(label)}">${number}</a>`,
    end: at + match[0].length,
  };
}

function link(text: string, at: number, options: LineOptions, depth: number): Span | null {
  const parts = bracketed(text, at);
  if (!parts) return null;
  const words = renderLine(parts.label, { ...options, marks: new Set() }, depth + 1);
  const href = safeHref(parts.target, options.allowLink);
  if (!href || words.includes('<a ')) return { markup: words, end: parts.end };
  const away = /^http/i.test(href) ? ' target="_blank" rel="noopener noreferrer"' : '';
  return { markup: `<a href="${escapeHtml(href)}"${away}>${words}</a>`, end: parts.end };
}

/** `[label](target "title")` from the opening bracket; the title is dropped. */
function bracketed(text: string, at: number): { label: string; target: string; end: number } | null {
  const close = text.indexOf(']', at + 1);
  if (close < 0 || text[close + 1] !== '(') return null;
  let open = 1;
  let end = close + 2;
  for (; end < text.length && open > 0; end++) {
    if (text[end] === '(') open++;
    else if (text[end] === ')') open--;
  }
  if (open > 0) return null;
  const target = text.slice(close + 2, end - 1).replace(/\s+"[^"]*"\s*$/, '');
  return { label: text.slice(at + 1, close), target, end };
}
