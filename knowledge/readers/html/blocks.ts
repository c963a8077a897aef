/** The elements of a page as blocks in reading order. */
import type { Cheerio, CheerioAPI } from 'cheerio';
import { cleanLine, rowText } from '../../ingest/text.ts';
import type { Block } from '../contract.ts';

// biome-ignore format: cheerio does not export the node type of its selections under a short name
export type Nodes = Cheerio<Parameters<CheerioAPI['contains']>[0]>;

const CONTAINERS = new Set([
  'div',
  'section',
  'article',
  'main',
  'body',
  'header',
  'footer',
  'figure',
  'details',
  'fieldset',
  'blockquote',
  'center',
  'dl',
  'summary',
  'address',
  'form',
  'label',
  'hgroup',
]);
const PARTS = 'p, div, li, ul, ol, dl, dt, dd, table, tr, td, section, article, h1, h2, h3, h4, h5, h6, blockquote, pre';

export function blocksOf($: CheerioAPI, root: Nodes): Block[] {
  const blocks: Block[] = [];
  root.each((_i, element) => walk($, $(element) as unknown as Nodes, blocks, 0));
  return blocks;
}

function walk($: CheerioAPI, parent: Nodes, blocks: Block[], depth: number): void {
  let loose = '';
  const flush = () => {
    const text = cleanLine(loose);
    loose = '';
    if (text) blocks.push({ kind: 'paragraph', text });
  };
  let term = '';
  parent.contents().each((_i, node) => {
    if (node.type === 'text') loose += node.data;
    if (node.type !== 'tag') return;
    const element = $(node) as unknown as Nodes;
    const name = node.name;
    if (/^h[1-6]$/.test(name)) {
      flush();
      const id = element.attr('id') ?? element.parent().attr('id');
      const text = cleanLine(spacedText(element));
      if (text) blocks.push({ kind: 'heading', level: Number(name[1]), text, ...(id ? { id } : {}) });
    } else if (name === 'dt') {
      flush();
      term = [term, cleanLine(spacedText(element))].filter(Boolean).join(', ');
    } else if (name === 'dd' && element.find('p, ul, ol, table, dl').length === 0) {
      flush();
      const text = withTerm(term, cleanLine(linesOf(element).join(' ')));
      term = '';
      if (text) blocks.push({ kind: 'paragraph', text });
    } else if (name === 'p' || name === 'pre' || name === 'figcaption' || name === 'caption') {
      flush();
      for (const line of linesOf(element)) blocks.push({ kind: 'paragraph', text: line });
    } else if (name === 'ul' || name === 'ol') {
      flush();
      walkList($, element, blocks, depth, name === 'ol');
    } else if (name === 'table') {
      flush();
      walkTable($, element, blocks);
    } else if (name === 'dd') {
      flush();
      if (term) blocks.push({ kind: 'paragraph', text: term });
      term = '';
      walk($, element, blocks, depth);
    } else if (CONTAINERS.has(name) || element.find('h1, h2, h3, h4, h5, h6, p, ul, ol, table').length > 0) {
      flush();
      walk($, element, blocks, depth);
    } else if (name === 'br') loose += '\n';
    else if (name === 'img') return;
    else loose += spacedText(element);
  });
  flush();
}

/** `Telefono` and `0990 551 100` → `Telefono: 0990 551 100`. */
function withTerm(term: string, text: string): string {
  return term === '' || text === '' ? term + text : `${term}${/[.:?!]$/.test(term) ? '' : ':'} ${text}`;
}

/** A paragraph with line breaks is several lines. */
function linesOf(element: Nodes): string[] {
  const copy = element.clone() as Nodes;
  copy.find('br').replaceWith('\u0000');
  return spacedText(copy).split('\u0000').map(cleanLine).filter(Boolean);
}

/** The words of an element, never glued where the page shows them one under the other. */
function spacedText(element: Nodes): string {
  const copy = element.clone() as Nodes;
  copy.find('br').replaceWith(' ');
  copy.find(PARTS).before(' ').after(' ');
  return copy.text();
}

function walkList($: CheerioAPI, list: Nodes, blocks: Block[], depth: number, ordered: boolean): void {
  list.children('li').each((_i, node) => {
    const item = $(node) as unknown as Nodes;
    const copy = item.clone() as Nodes;
    copy.find('ul, ol, table').remove();
    const text = cleanLine(linesOf(copy).join(' '));
    if (text) blocks.push({ kind: 'item', text, depth, ordered });
    item
      .find('> ul, > ol, > div > ul, > div > ol')
      .each((_j, nested) => walkList($, $(nested) as unknown as Nodes, blocks, depth + 1, nested.name === 'ol'));
    item.find('> table').each((_j, nested) => walkTable($, $(nested) as unknown as Nodes, blocks));
  });
}

/** Row by row, each with the headings of its columns; cells that span rows or columns are repeated. */
function walkTable($: CheerioAPI, table: Nodes, blocks: Block[]): void {
  const caption = cleanLine(table.children('caption').first().text());
  if (caption) blocks.push({ kind: 'paragraph', text: caption });
  let keys: string[] = [];
  let held: { text: string; rows: number }[] = [];
  table.find('tr').each((_i, row) => {
    const cells: string[] = [];
    let heads = 0;
    const mine = $(row).children('th, td');
    mine.each((_j, cell) => {
      while ((held[cells.length]?.rows ?? 0) > 0) {
        const above = held[cells.length] as { text: string; rows: number };
        above.rows--;
        cells.push(above.text);
      }
      const text = cleanLine(linesOf($(cell) as unknown as Nodes).join(' '));
      if (cell.name === 'th') heads++;
      for (let span = 0; span < Math.min(20, Number($(cell).attr('colspan') ?? 1) || 1); span++) {
        held[cells.length] = { text, rows: Math.min(500, (Number($(cell).attr('rowspan') ?? 1) || 1) - 1) };
        cells.push(text);
      }
    });
    if (mine.length === 0) return;
    const isHead = heads === mine.length || (keys.length === 0 && $(row).parent().is('thead'));
    if (isHead && mine.length > 1) {
      keys = cells;
      held = [];
    } else {
      const text = rowText(keys, cells);
      if (text) blocks.push({ kind: 'row', text });
    }
  });
}
