/** A reply's Markdown in the mark-up of chat services. Only what our replies use: emphasis, code, links, lists, headings, quotations. */

export interface MarkUp {
  /** Makes plain text safe. */
  text(text: string): string;
  bold(inner: string): string;
  italic(inner: string): string;
  code(text: string): string;
  link(inner: string, url: string): string;
}

const SPAN =
  /\\([\\*_`[\]#|<>])|\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__|`([^`\n]+)`|!?\[([^\]\n]+)\]\(([^)\s]+)\)|(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])(.+?)(?<=[^\s_])_(?!\w)/g;

/** `origin`: root-relative addresses become absolute with it; without it their words stay, unlinked. */
export function renderMarkdown(markdown: string, markUp: MarkUp, origin?: string): string {
  return markdown
    .split('\n')
    .map((line) => {
      const heading = /^#{1,6}\s+(.*)$/.exec(line);
      if (heading) return markUp.bold(spans(heading[1] ?? '', markUp, origin));
      const item = /^(\s*)[-*+]\s+(.*)$/.exec(line);
      if (item) return `${item[1]}• ${spans(item[2] ?? '', markUp, origin)}`;
      const quoted = /^>\s?(.*)$/.exec(line);
      if (quoted) return quoted[1] ? `» ${spans(quoted[1], markUp, origin)}` : '';
      return spans(line, markUp, origin);
    })
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function spans(line: string, markUp: MarkUp, origin: string | undefined): string {
  let out = '';
  let at = 0;
  for (const match of line.matchAll(SPAN)) {
    const [whole, escaped, strong, strongToo, code, label, target, italic, italicToo] = match;
    out += markUp.text(line.slice(at, match.index));
    at = match.index + whole.length;
    const bold = strong ?? strongToo;
    const slanted = italic ?? italicToo;
    if (escaped !== undefined) out += markUp.text(escaped);
    else if (bold !== undefined) out += markUp.bold(spans(bold, markUp, origin));
    else if (code !== undefined) out += markUp.code(code);
    else if (slanted !== undefined) out += markUp.italic(spans(slanted, markUp, origin));
    else if (label !== undefined && target !== undefined) {
      const url = absolute(target, origin);
      const inner = spans(label, markUp, undefined);
      out += url ? markUp.link(inner, url) : inner;
    }
  }
  return out + markUp.text(line.slice(at));
}

/** Null = not an address that a citizen can open. */
export function absolute(target: string, origin: string | undefined): string | null {
  const url = /^\/(?!\/)/.test(target) ? origin && origin + target : target;
  return url && /^(?:https?:\/\/|mailto:|tel:)/i.test(url) && URL.canParse(url) ? url : null;
}
