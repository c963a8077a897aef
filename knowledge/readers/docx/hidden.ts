/** Runs that Word does not show: hidden, white on no ground, or too small to see. Taken out of the package before it is read. */
import { load } from 'cheerio';
import { unzipSync, zipSync } from 'fflate';
import { cleanLine } from '../../ingest/text.ts';
import type { ReadDocument } from '../contract.ts';
import { refuseDeepXml } from '../html/depth.ts';

const PART = 'word/document.xml';
/** Half points. */
const SMALLEST = 3;
const SUSPECT = /<w:vanish\b|w:val="F{6}"|<w:sz w:val="[0-3]"/i;

/** The same bytes when nothing is hidden. Throws what fflate throws for a broken package, and Unreadable for one nested without end. */
export function withoutHidden(bytes: Uint8Array): { bytes: Uint8Array; dropped: ReadDocument['dropped'] } {
  const part = unzipSync(bytes, { filter: (file) => file.name === PART })[PART];
  const xml = new TextDecoder('utf-8').decode(part);
  refuseDeepXml(xml);
  if (!SUSPECT.test(xml)) return { bytes, dropped: [] };
  const dropped: ReadDocument['dropped'] = [];
  const $ = load(xml, { xml: true });
  $('w\\:r').each((_i, run) => {
    const look = $(run).children('w\\:rPr');
    const vanish = look.children('w\\:vanish');
    const size = look.children('w\\:sz').attr('w:val');
    const isHidden = vanish.length > 0 && !/^(?:0|false|off)$/.test(vanish.attr('w:val') ?? '');
    const isWhite =
      /^f{6}$/i.test(look.children('w\\:color').attr('w:val') ?? '') && !hasGround(look.add($(run).closest('w\\:tc').children()));
    if (!isHidden && !isWhite && !(size !== undefined && Number(size) <= SMALLEST)) return;
    const text = cleanLine($(run).text());
    if (/\p{L}{3}/u.test(text)) dropped.push({ reason: 'hidden', text: text.slice(0, 500) });
    $(run).remove();
  });
  const files = unzipSync(bytes);
  return { bytes: zipSync({ ...files, [PART]: new TextEncoder().encode($.xml()) }, { level: 1 }), dropped };

  function hasGround(around: ReturnType<typeof $>): boolean {
    return around
      .find('w\\:shd, w\\:highlight')
      .addBack('w\\:shd, w\\:highlight')
      .get()
      .some((node) => !/^(?:auto|f{6}|white|none)?$/i.test($(node).attr('w:fill') ?? $(node).attr('w:val') ?? ''));
  }
}
