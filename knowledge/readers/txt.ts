/** Reader: .txt. Capitals or an underline make a heading; a line that ends a sentence ends its paragraph. */
import { ARTICLE, cleanLine, invisibleMessage } from '../ingest/text.ts';
import { type Block, type Read, Unreadable } from './contract.ts';

export const read: Read = async (bytes) => {
  if (bytes.subarray(0, 4_096).includes(0)) throw new Unreadable('contiene dati binari: non è un file di testo');
  const text = decode(bytes);
  const message = invisibleMessage(text);
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
    const item = /^(?:[-•*–]|\d{1,3}[.)])\s+(.*)$/.exec(line);
    const last = blocks.at(-1);
    if (underline || (isCapitals(line) && !inColumns(lines, i)) || ARTICLE.test(line)) {
      flush();
      const level = blocks.length === 0 || underline?.[1]?.startsWith('=') ? 1 : ARTICLE.test(line) ? 3 : 2;
      blocks.push({ kind: 'heading', level, text: line });
    } else if (item) {
      flush();
      blocks.push({ kind: 'item', text: item[1] ?? '', depth: 0, ordered: /^\d/.test(line) });
    } else if (/^\s{2,}\S/.test(raw) && paragraph === '' && last?.kind === 'item' && lines[i - 1]?.trim() !== '') {
      last.text = `${last.text} ${line}`;
    } else if (inColumns(lines, i)) {
      flush();
      blocks.push({ kind: 'row', text: cleanLine(raw.trim().replace(/:?\s{2,}/, ': ')) });
    } else {
      paragraph = paragraph ? `${paragraph} ${line}` : line;
      if (/[.:;!?»"]$/.test(line)) flush();
    }
  }
  flush();
  const first = blocks.find((block) => block.kind === 'heading');
  return [{ title: first?.text ?? null, lang: null, meta: {}, blocks, dropped: message ? [{ reason: 'hidden', text: message }] : [] }];
};
export default read;

/** `Lunedì     umido`: two columns kept apart by spaces, in this line and in one beside it. */
function inColumns(lines: string[], i: number): boolean {
  const isPair = (at: number) => /^\S.{0,40}?(?:\S {2,}|\S\t+)\S/.test((lines[at] ?? '').trim());
  return isPair(i) && (isPair(i - 1) || isPair(i + 1));
}

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
