/** Reader: .md. Front matter of `key: value` lines, headings, lists, pipe tables; marks are taken off, words stay. */
import { cleanLine, rowText } from '../ingest/text.ts';
import type { Block, Read } from './contract.ts';

export const read: Read = async (bytes) => {
  const lines = new TextDecoder('utf-8')
    .decode(bytes)
    .replace(/<!--[\s\S]*?-->/g, '')
    .split(/\r?\n/);
  const { meta, from } = frontMatter(lines);
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let keys: string[] | null = null;
  const flush = () => {
    const text = plain(paragraph.join(' '));
    paragraph = [];
    if (text) blocks.push({ kind: 'paragraph', text });
  };
  for (const line of lines.slice(from)) {
    const heading = /^(#{1,6})\s+(.+?)\s*#*$/.exec(line);
    const item = /^(\s*)(?:([-*+])|(\d+)[.)])\s+(.*)$/.exec(line);
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
  return [{ title: meta['title'] ?? first?.text ?? null, lang: meta['lang'] ?? null, meta, blocks, dropped: [] }];
};
export default read;

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
