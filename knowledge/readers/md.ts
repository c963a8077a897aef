/** Reader: .md. Front matter of `key: value` lines, headings, lists, pipe tables; marks are taken off, words stay. */
import { cleanLine, invisibleMessage, rowText } from '../ingest/text.ts';
import { type Block, type Read, type ReadDocument, Unreadable } from './contract.ts';
import { isHiddenStyle } from './html/hidden.ts';

export const read: Read = async (bytes) => {
  const source = new TextDecoder('utf-8').decode(bytes);
  if (/^\s*(?:<!doctype html|<html)/i.test(source)) throw new Unreadable('è una pagina HTML con estensione .md: rinominala in .html');
  const dropped: ReadDocument['dropped'] = [];
  const lines = dropHidden(source, dropped).split(/\r?\n/);
  const { meta, from } = frontMatter(lines);
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let keys: string[] | null = null;
  const flush = () => {
    const text = plain(paragraph.join(' '));
    paragraph = [];
    if (text) blocks.push({ kind: 'paragraph', text });
  };
  let fenced = false;
  for (const [i, raw] of lines.entries()) {
    if (i < from) continue;
    if (/^\s*(?:```|~~~)/.test(raw)) {
      flush();
      fenced = !fenced;
      continue;
    }
    const line = fenced ? raw : raw.replace(/^(?:>\s?)+/, '');
    const underline = /^\s*(=+|-+)\s*$/.exec(line)?.[1];
    if (underline && paragraph.length > 0) {
      const text = plain(paragraph.join(' '));
      paragraph = [];
      blocks.push({ kind: 'heading', level: underline.startsWith('=') ? 1 : 2, text });
      continue;
    }
    if (/^\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$/.test(line)) {
      flush();
      continue;
    }
    const heading = /^(#{1,6})\s+(.+?)\s*#*$/.exec(line);
    const item = /^(\s*)(?:([-*+])|(\d{1,3})[.)])\s+(.*)$/.exec(line);
    if (/^\s*\|.*\|\s*$/.test(line)) {
      flush();
      const cells = line.trim().slice(1, -1).split('|').map(plain);
      if (cells.every((cell) => /^:?-{2,}:?$/.test(cell))) continue;
      if (keys === null) keys = cells;
      else blocks.push({ kind: 'row', text: rowText(keys, cells) });
      continue;
    }
    keys = null;
    if (heading) {
      flush();
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: plain(heading[2] ?? '') });
    } else if (item) {
      flush();
      blocks.push({
        kind: 'item',
        text: plain(item[4] ?? ''),
        depth: Math.floor((item[1]?.length ?? 0) / 2),
        ordered: item[3] !== undefined,
      });
    } else if (line.trim() === '') flush();
    else {
      const last = blocks.at(-1);
      // An indented line under an item goes on with it.
      if (/^\s{2,}\S/.test(line) && paragraph.length === 0 && last?.kind === 'item') last.text = `${last.text} ${plain(line)}`;
      else paragraph.push(line);
    }
  }
  flush();
  const first = blocks.find((block) => block.kind === 'heading');
  return [{ title: meta['title'] ?? first?.text ?? null, lang: meta['lang'] ?? null, meta, blocks, dropped }];
};
export default read;

/** Comments, scripts, hidden elements and invisible characters are taken out and told. */
function dropHidden(source: string, dropped: ReadDocument['dropped']): string {
  const drop = (text: string) => {
    if (/\p{L}{3}/u.test(text)) dropped.push({ reason: 'hidden', text: cleanLine(text).slice(0, 500) });
    return '';
  };
  const message = invisibleMessage(source);
  if (message) drop(message);
  return source
    .replace(/<!--([\s\S]*?)(?:-->|$)/g, (_whole, text: string) => drop(text))
    .replace(/<(script|style)\b[^>]*>[\s\S]*?(?:<\/\1>|$)/gi, '')
    .replace(/<([a-z]+)\b([^>]*)>([\s\S]*?)<\/\1>/gi, (whole, _tag, attributes: string, text: string) =>
      isHiddenElement(attributes) ? drop(text) : whole,
    );
}

function isHiddenElement(attributes: string): boolean {
  return (
    /(?:^|\s)hidden(?=\s|=|\/|$)/i.test(attributes.replace(/"[^"]*"/g, '""')) ||
    isHiddenStyle(/style\s*=\s*"([^"]*)"/i.exec(attributes)?.[1] ?? '')
  );
}

function frontMatter(lines: string[]): { meta: Record<string, string>; from: number } {
  if (lines[0]?.trim() !== '---') return { meta: {}, from: 0 };
  const end = lines.indexOf('---', 1);
  if (end < 0) return { meta: {}, from: 0 };
  const meta: Record<string, string> = {};
  for (const line of lines.slice(1, end)) {
    const pair = /^([\w-]+)\s*:\s*(.*?)\s*$/.exec(line);
    if (pair?.[1]) meta[pair[1]] = (pair[2] ?? '').replace(/^(["'])(.*)\1$/, '$2').replace(/\s+#\s.*$/, '');
  }
  return { meta, from: end + 1 };
}

/** Inline marks off: emphasis, code, links (their text stays), images (nothing stays). */
function plain(text: string): string {
  return cleanLine(
    text
      .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
      .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
      .replace(/<((?:https?|mailto):[^>]+)>/g, '$1')
      .replace(/<\/?[a-z][^>]*>/gi, '')
      .replace(/(\*\*|__)(?=\S)(.*?\S)\1/g, '$2')
      .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)(.*?\S)\1(?![\p{L}\p{N}])/gu, '$2')
      .replace(/`([^`]+)`/g, '$1')
      .replace(/\\([\\`*_{}[\]()#+\-.!|])/g, '$1'),
  );
}
