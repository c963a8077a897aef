/** A page's Markdown as the 13 items of a service card (C.SI.1.3), and back. Nothing that is no item goes lost. */
import { CARD_ITEMS, itemOf } from '../../../knowledge/documents/service-card.ts';

export interface Card {
  /** What stands before the first heading, the title among it. */
  intro: string;
  /** Item → its heading as written and its text. The title is a field of the page, not of this. */
  items: Map<string, { heading: string; body: string }>;
  /** Sections that are no item, or a second one of it, in their order. */
  others: string;
}

/** In the order in which they are shown; without the title. */
export const ITEMS = CARD_ITEMS.filter((item) => item !== 'Titolo');

export function readCard(markdown: string): Card {
  const parts = markdown.split(/^(?=## )/m);
  const intro = parts[0]?.startsWith('## ') ? '' : (parts.shift() ?? '');
  const items: Card['items'] = new Map();
  let others = '';
  for (const part of parts) {
    const [line = '', ...rest] = part.split('\n');
    const heading = line.slice(3).trim();
    const item = itemOf(heading);
    if (item && item !== 'Titolo' && !items.has(item)) items.set(item, { heading, body: rest.join('\n').trim() });
    else others += `${part.trimEnd()}\n\n`;
  }
  return { intro: intro.trim(), items, others: others.trim() };
}

/** Items in the order of the card, those with nothing in them left out; then what is no item. */
export function writeCard({ intro, items, others }: Card): string {
  const sections = ITEMS.flatMap((item) => {
    const { heading = item, body = '' } = items.get(item) ?? {};
    return body.trim() === '' ? [] : [`## ${heading}\n${body.trim()}`];
  });
  return `${[intro, ...sections, others].filter((part) => part.trim() !== '').join('\n\n')}\n`;
}
