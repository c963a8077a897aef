/** Text that is in the page but not for the eye: taken out, and told to the editor. */
import type { CheerioAPI } from 'cheerio';
import { cleanLine, invisibleMessage } from '../../ingest/text.ts';
import type { ReadDocument } from '../contract.ts';

const HIDDEN_STYLE =
  /display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0|(?:text-indent|left|top)\s*:\s*-\d{3,}|clip(?:-path)?\s*:\s*(?:rect\(0|inset\(50%)/i;
const WHITE = '(?:#fff(?:fff)?\\b|white\\b|rgba?\\(\\s*255\\s*,\\s*255\\s*,\\s*255)';
const WHITE_TEXT = new RegExp(`(?:^|;)\\s*color\\s*:\\s*${WHITE}`, 'i');
const WHITE_FONT = new RegExp(`^\\s*${WHITE}`, 'i');
const DARK_GROUND = /background(?:-color)?\s*:\s*(?!#fff|white|transparent|none)/i;

/** For declarations of one element: nothing of it meets the eye. */
export function isHiddenStyle(style: string): boolean {
  return HIDDEN_STYLE.test(style) || (WHITE_TEXT.test(style) && !DARK_GROUND.test(style));
}

/** Removes hidden elements and comments from the document; returns what was said in them. */
export function dropHidden($: CheerioAPI): ReadDocument['dropped'] {
  const dropped: ReadDocument['dropped'] = [];
  const drop = (text: string) => {
    const line = cleanLine(text);
    if (/\p{L}{3}/u.test(line)) dropped.push({ reason: 'hidden', text: line.slice(0, 500) });
  };
  $('[hidden], [style], font[color], [class*=visually-hidden], [class*=sr-only], [class*=d-none], input[type=hidden]').each(
    (_i, element) => {
      const style = $(element).attr('style') ?? '';
      const byClass = /\b(?:visually-hidden|sr-only|d-none)\b/.test($(element).attr('class') ?? '');
      const white = WHITE_FONT.test($(element).attr('color') ?? '') && !DARK_GROUND.test(style);
      if ($(element).attr('hidden') === undefined && !byClass && !white && !isHiddenStyle(style)) return;
      if (!byClass) drop($(element).text());
      $(element).remove();
    },
  );
  for (const selector of hiddenSelectors($('style').text()))
    $(selector).each((_i, element) => {
      if ($(element).is('html, body, main')) return;
      drop($(element).text());
      $(element).remove();
    });
  $('*')
    .contents()
    .each((_i, node) => {
      if (node.type === 'comment') {
        drop(node.data);
        $(node).remove();
      } else if (node.type === 'text') {
        const message = invisibleMessage(node.data);
        if (message) drop(message);
      }
    });
  return dropped;
}

/** Names, classes and ids that the page's own style sheet hides from every reader; what it hides only in print or on small screens is not hidden. */
function hiddenSelectors(css: string): string[] {
  const always = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@[\w-]+[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');
  return [...always.matchAll(/([^{}]+)\{([^{}]*)\}/g)]
    .filter(([, , rules = '']) => isHiddenStyle(rules))
    .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
    .filter((name) => /^(?:[a-z][\w-]*)?(?:[.#][\w-]+)+$/i.test(name));
}
