/** Text that is in the page but not for the eye: taken out, and told to the editor. */
import type { CheerioAPI } from 'cheerio';
import { cleanLine, invisibleMessage } from '../../ingest/text.ts';
import type { ReadDocument } from '../contract.ts';

const HIDDEN_STYLE =
  /display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0|(?:text-indent|left|top)\s*:\s*-\d{3,}|clip(?:-path)?\s*:\s*(?:rect\(0|inset\(50%)/i;
const WHITE = '(?:#fff(?:fff)?\\b|white\\b|rgba?\\(\\s*255\\s*,\\s*255\\s*,\\s*255)';
const WHITE_TEXT = new RegExp(`(?:^|;)\\s*color\\s*:\\s*${WHITE}`, 'i');
const DARK_GROUND = /background(?:-color)?\s*:\s*(?!#fff|white|transparent|none)/i;

/** Removes hidden elements and comments from the document; returns what was said in them. */
export function dropHidden($: CheerioAPI): ReadDocument['dropped'] {
  const dropped: ReadDocument['dropped'] = [];
  const drop = (text: string) => {
    const line = cleanLine(text);
    if (/\p{L}{3}/u.test(line)) dropped.push({ reason: 'hidden', text: line.slice(0, 500) });
  };
  $('[hidden], [style], [class*=visually-hidden], [class*=sr-only], [class*=d-none], input[type=hidden]').each((_i, element) => {
    const style = $(element).attr('style') ?? '';
    const byClass = /\b(?:visually-hidden|sr-only|d-none)\b/.test($(element).attr('class') ?? '');
    const white = WHITE_TEXT.test(style) && !DARK_GROUND.test(style);
    if ($(element).attr('hidden') === undefined && !byClass && !HIDDEN_STYLE.test(style) && !white) return;
    if (!byClass) drop($(element).text());
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
