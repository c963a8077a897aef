/** Reader: .txt. Capitals or an underline make a heading; a line that ends a sentence ends its paragraph. */
import { ARTICLE, cleanLine } from '../ingest/text.ts';
import { type Block, type Read, Unreadable } from './contract.ts';

export const read: Read = async (bytes) => {
  if (bytes.subarray(0, 4_096).includes(0)) throw new Unreadable('contiene dati binari: non è un file di testo');
  const text = decode(bytes);
  if (/^\s*(?:<!doctype html|<html)/i.test(text)) throw new Unreadable('è una pagina HTML con estensione .txt: rinominala in .html');
  const lines = text.split(/\r?\n/);
  const blocks: Block[] = [];
  let paragraph = '';
  const flush = () => {
    const line = cleanLine(paragraph);
    paragraph = '';
    if (line) blocks.push({ kind: 'paragraph', text: line });
  };
  for (const [i, raw] of lines.entries()) {
    const line = cleanLine(raw);
    const underline = /^(=+|-+)$/.exec(cleanLine(lines[i + 1] ?? ''));
    if (line === '' || /^(=+|-{3,}|_{3,}|\*{3,})$/.test(line)) {
      flush();
      continue;
    }
    const item = /^(?:[-•*–]|\d+[.)])\s+(.*)$/.exec(line);
    if (underline || isCapitals(line) || ARTICLE.test(line)) {
      flush();
      const level = blocks.length === 0 || underline?.[1]?.startsWith('=') ? 1 : ARTICLE.test(line) ? 3 : 2;
      blocks.push({ kind: 'heading', level, text: line });
    } else if (item) {
      flush();
      blocks.push({ kind: 'item', text: item[1] ?? '', depth: 0, ordered: /^\d/.test(line) });
    } else {
      paragraph = paragraph ? `${paragraph} ${line}` : line;
      if (/[.:;!?»"]$/.test(line)) flush();
    }
  }
  flush();
  const first = blocks.find((block) => block.kind === 'heading');
  return [{ title: first?.text ?? null, lang: null, meta: {}, blocks, dropped: [] }];
};
export default read;

function isCapitals(line: string): boolean {
  return line.length <= 90 && /\p{Lu}{3}/u.test(line) && !/\p{Ll}/u.test(line) && !/[.;]$/.test(line);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
