/** Reader: .odt. content.xml read as XML; spaces, tabs and line breaks that OpenDocument writes as elements are put back. */
import { type CheerioAPI, load } from 'cheerio';
import { unzipSync } from 'fflate';
import { ARTICLE, cleanLine, rowText } from '../ingest/text.ts';
import { type Block, type Read, Unreadable } from './contract.ts';
import type { Nodes } from './html/blocks.ts';

export const read: Read = async (bytes) => {
  let xml: string;
  try {
    const content = unzipSync(bytes, { filter: (file) => file.name === 'content.xml' })['content.xml'];
    if (!content) throw new Unreadable('non contiene content.xml: non è un documento OpenDocument');
    xml = new TextDecoder('utf-8').decode(content);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable('non è un documento OpenDocument leggibile (.odt)');
  }
  const $ = load(xml, { xml: true });
  $('text\\:s').each((_i, node) => void $(node).replaceWith(' '.repeat(Math.min(20, Number($(node).attr('text:c') ?? 1) || 1))));
  $('text\\:tab, text\\:line-break').replaceWith(' ');
  $('office\\:annotation, text\\:tracked-changes, text\\:note, text\\:table-of-content, office\\:forms').remove();
  const blocks: Block[] = [];
  walk($, $('office\\:text') as unknown as Nodes, blocks);
  const first = blocks.find((block) => block.kind === 'heading');
  return [{ title: first?.text ?? null, lang: null, meta: {}, blocks, dropped: [] }];
};
export default read;

function walk($: CheerioAPI, parent: Nodes, blocks: Block[]): void {
  parent.children().each((_i, node) => {
    const element = $(node) as unknown as Nodes;
    if (node.name === 'text:h')
      push(blocks, { kind: 'heading', level: Number(element.attr('text:outline-level') ?? 1), text: cleanLine(element.text()) });
    else if (node.name === 'text:p') pushParagraph(blocks, cleanLine(element.text()), element.attr('text:style-name') ?? '');
    else if (node.name === 'text:list') walkList($, element, blocks, 0);
    else if (node.name === 'table:table') walkTable($, element, blocks);
    else walk($, element, blocks);
  });
}

function pushParagraph(blocks: Block[], text: string, style: string): void {
  if (/^Title/i.test(style)) push(blocks, { kind: 'heading', level: 1, text });
  else if (ARTICLE.test(text) && text.length < 90) push(blocks, { kind: 'heading', level: 3, text });
  else push(blocks, { kind: 'paragraph', text });
}

function push(blocks: Block[], block: Block): void {
  if (block.text) blocks.push(block);
}

function walkList($: CheerioAPI, list: Nodes, blocks: Block[], depth: number): void {
  const ordered = false;
  list.children('text\\:list-item').each((_i, node) => {
    const item = $(node) as unknown as Nodes;
    const heading = item.children('text\\:h').first();
    if (heading.length > 0)
      push(blocks, { kind: 'heading', level: Number(heading.attr('text:outline-level') ?? 1), text: cleanLine(heading.text()) });
    const text = cleanLine(
      item
        .children('text\\:p')
        .map((_j, part) => $(part).text())
        .get()
        .join(' '),
    );
    push(blocks, { kind: 'item', text, depth, ordered });
    item.children('text\\:list').each((_j, nested) => walkList($, $(nested) as unknown as Nodes, blocks, depth + 1));
  });
}

function walkTable($: CheerioAPI, table: Nodes, blocks: Block[]): void {
  let keys: string[] | null = null;
  table.find('table\\:table-row').each((_i, row) => {
    const cells = $(row)
      .children('table\\:table-cell')
      .map((_j, cell) => cleanLine($(cell).text()))
      .get();
    if (keys === null && cells.length > 1) keys = cells;
    else push(blocks, { kind: 'row', text: rowText(keys ?? [], cells) });
  });
}
