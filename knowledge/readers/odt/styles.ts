/** What OpenDocument says by style and not by element: which lists are numbered, which text nobody sees. */
import { type CheerioAPI, load } from 'cheerio';

export interface Styles {
  /** Level (1 = outermost) of a list style with numbers; a list without style of its own has that of the list around it. */
  isNumbered(listStyle: string, level: number): boolean;
  hidden: Set<string>;
}

/** From content.xml, already parsed, and styles.xml as text (empty when there is none). */
export function readStyles($: CheerioAPI, stylesXml: string): Styles {
  const numbered = new Set<string>();
  const hidden = new Set<string>();
  for (const source of [$, load(stylesXml, { xml: true })]) {
    source('text\\:list-level-style-number').each((_i, node) => {
      if (source(node).attr('style:num-format'))
        numbered.add(`${source(node).parent().attr('style:name')}/${source(node).attr('text:level')}`);
    });
    source('style\\:style > style\\:text-properties').each((_i, node) => {
      const look = source(node);
      const white =
        /^#f{6}$/i.test(look.attr('fo:color') ?? '') && /^(?:transparent|#f{6})?$/i.test(look.attr('fo:background-color') ?? '');
      const paragraphGround = look.siblings('style\\:paragraph-properties').attr('fo:background-color');
      if (
        look.attr('text:display') === 'none' ||
        /^0(?:\.\d+)?(?:pt|cm|in)?$/.test(look.attr('fo:font-size') ?? '') ||
        (white && !paragraphGround)
      )
        hidden.add(look.parent().attr('style:name') ?? '');
    });
  }
  return { isNumbered: (style, level) => numbered.has(`${style}/${level}`), hidden };
}
