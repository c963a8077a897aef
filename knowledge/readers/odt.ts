/** Reader: .odt. content.xml read as XML; spaces, tabs and line breaks that OpenDocument writes as elements are put back. */
import { type CheerioAPI, load } from 'cheerio';
import { unzipSync } from 'fflate';
import { ARTICLE, cleanLine, invisibleMessage, rowText } from '../ingest/text.ts';
import { type Block, type Read, type ReadDocument, Unreadable } from './contract.ts';
import { refuseDeep } from './html/depth.ts';
import type { Nodes } from './html/blocks.ts';
import { readStyles, type Styles } from './odt/styles.ts';

export const read: Read = async (bytes) => {
  let xml: string;
  let styles = '';
  try {
    const files = unzipSync(bytes, { filter: (file) => file.name === 'content.xml' || file.name === 'styles.xml' });
    const content = files['content.xml'];
    styles = new TextDecoder('utf-8').decode(files['styles.xml']);
    if (!content) throw new Unreadable('non contiene content.xml: non è un documento OpenDocument');
    xml = new TextDecoder('utf-8').decode(content);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable('non è un documento OpenDocument leggibile (.odt)');
  }
  const $ = load(xml, { xml: true });
  refuseDeep($.root()[0] as object);
  const look = readStyles($, styles);
  $('text\\:s').each(
    (_i, node) => void $(node).replaceWith(' '.repeat(Math.max(1, Math.min(20, Math.floor(Number($(node).attr('text:c') ?? 1) || 1))))),
  );
  $('text\\:tab, text\\:line-break').replaceWith(' ');
  const dropped = dropHidden($, look);
  $('text\\:tracked-changes, text\\:note, text\\:table-of-content, office\\:forms').remove();
  const blocks: Block[] = [];
  walk($, $(bodiesIn($.root()[0] as never)) as unknown as Nodes, blocks, look);
  const first = blocks.find((block) => block.kind === 'heading');
  return [{ title: first?.text ?? null, lang: null, meta: {}, blocks, dropped }];
};
export default read;

function dropHidden($: CheerioAPI, look: Styles): ReadDocument['dropped'] {
  const dropped: ReadDocument['dropped'] = [];
  const drop = (text: string) => {
    if (/\p{L}{3}/u.test(text)) dropped.push({ reason: 'hidden', text: cleanLine(text).slice(0, 500) });
  };
  $('text\\:p, text\\:h, text\\:span, text\\:hidden-text, text\\:hidden-paragraph, office\\:annotation').each((_i, node) => {
    if (/^text:[ph]$|^text:span$/.test(node.name) && !look.hidden.has($(node).attr('text:style-name') ?? '')) return;
    drop($(node).attr('text:string-value') ?? $(node).text());
    $(node).remove();
  });
  const message = invisibleMessage($(bodiesIn($.root()[0] as never)).text());
  if (message) drop(message);
  return dropped;
}

interface XmlNode {
  name?: string;
  children?: XmlNode[];
}

/** The document's body. Where a spoilt file has one in another, the outer holds it already: each read again would cost the square of their number. */
function bodiesIn(node: XmlNode): never[] {
  return (node.children ?? []).flatMap((child) => (child.name === 'office:text' ? [child as never] : bodiesIn(child)));
}

function walk($: CheerioAPI, parent: Nodes, blocks: Block[], look: Styles): void {
  parent.children().each((_i, node) => {
    const element = $(node) as unknown as Nodes;
    if (node.name === 'text:h')
      push(blocks, { kind: 'heading', level: Number(element.attr('text:outline-level') ?? 1), text: cleanLine(element.text()) });
    else if (node.name === 'text:p') pushParagraph(blocks, cleanLine(element.text()), element.attr('text:style-name') ?? '');
    else if (node.name === 'text:list') walkList($, element, blocks, look, 0, '');
    else if (node.name === 'table:table') walkTable($, element, blocks);
    else walk($, element, blocks, look);
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

function walkList($: CheerioAPI, list: Nodes, blocks: Block[], look: Styles, depth: number, outer: string): void {
  const style = list.attr('text:style-name') ?? outer;
  const ordered = look.isNumbered(style, depth + 1);
  list.children('text\\:list-item').each((_i, node) => {
    const item = $(node) as unknown as Nodes;
    const heading = item.children('text\\:h').first();
    if (heading.length > 0)
      push(blocks, { kind: 'heading', level: Number(heading.attr('text:outline-level') ?? 1), text: cleanLine(heading.text()) });
    push(blocks, { kind: 'item', text: paragraphsOf($, item.children('text\\:p')), depth, ordered });
    item.children('text\\:list').each((_j, nested) => walkList($, $(nested) as unknown as Nodes, blocks, look, depth + 1, style));
  });
}

function paragraphsOf($: CheerioAPI, paragraphs: { map(f: (i: number, node: never) => string): { get(): string[] } }): string {
  return cleanLine(
    paragraphs
      .map((_i, node) => $(node).text())
      .get()
      .join(' '),
  );
}

/** A cell that spans columns or rows leaves covered cells behind it: they say what it says. */
function walkTable($: CheerioAPI, table: Nodes, blocks: Block[]): void {
  let keys: string[] | null = null;
  let above: string[] = [];
  table.find('table\\:table-row').each((_i, row) => {
    const cells: string[] = [];
    let spans = 0;
    $(row)
      .children('table\\:table-cell, table\\:covered-table-cell')
      .each((_j, cell) => {
        const repeated = Math.min(20, Number($(cell).attr('table:number-columns-repeated') ?? 1) || 1);
        const covered = cell.name === 'table:covered-table-cell';
        const text = paragraphsOf($, $(cell).find('text\\:p, text\\:h'));
        for (let time = 0; time < repeated; time++)
          cells.push(covered ? (spans-- > 1 ? (cells.at(-1) ?? '') : (above[cells.length] ?? '')) : text);
        if (!covered) spans = Number($(cell).attr('table:number-columns-spanned') ?? 1) || 1;
      });
    above = cells;
    if (keys === null && cells.length > 1) keys = cells;
    else push(blocks, { kind: 'row', text: rowText(keys ?? [], cells) });
  });
}
