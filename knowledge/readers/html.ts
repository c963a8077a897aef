/** Reader: .html. Prefers `main`; leaves out navigation, headers, footers, cookie notices and everything a reader's eye does not see. */
import { type CheerioAPI, load } from 'cheerio';
import type { Block, Read } from './contract.ts';
import { Unreadable } from './contract.ts';
import { refuseDeep } from './html/depth.ts';
import { blocksOf, type Nodes } from './html/blocks.ts';
import { dropHidden } from './html/hidden.ts';
import { cleanLine } from '../ingest/text.ts';

const FURNITURE =
  'script, style, noscript, template, svg, iframe, button, input, select, textarea, datalist, form[role=search], nav, body > header, body > footer, aside, [role=navigation], [role=banner], [role=contentinfo], [role=search], [class*=cookie], [id*=cookie], [class*=breadcrumb], [class*=skiplink]';

export const read: Read = async (bytes) => {
  const text = decode(bytes);
  if (!/<[a-z!]/i.test(text.slice(0, 5_000))) throw new Unreadable('non è una pagina HTML');
  return [readMarkup(text)];
};
export default read;

/** Also used for what mammoth makes of Word files. */
export function readMarkup(markup: string): Awaited<ReturnType<Read>>[number] {
  const $ = load(markup);
  refuseDeep($.root()[0] as object);
  const meta: Record<string, string> = {};
  $('meta[name^="sportello:"]').each((_i, element) => {
    meta[$(element).attr('name')?.slice('sportello:'.length) ?? ''] = $(element).attr('content') ?? '';
  });
  const headTitle = cleanLine($('head > title').text()).split(/\s[|–—]\s/)[0] ?? '';
  const dropped = dropHidden($);
  // Some sites write the state of a notice on the page as a whole, and some wrap the page in one form.
  $(FURNITURE).not('html, body, main').remove();
  const root = pickRoot($);
  const blocks: Block[] = blocksOf($, root);
  const first = blocks.findIndex((block) => block.kind === 'heading' && block.level === 1);
  const title = first >= 0 ? (blocks[first] as Block).text : headTitle;
  return { title: title || null, lang: $('html').attr('lang')?.slice(0, 2).toLowerCase() ?? null, meta, blocks, dropped };
}

function pickRoot($: CheerioAPI): Nodes {
  for (const selector of ['main', '[role=main]', 'article']) {
    const found = $(selector).first();
    if (found.length > 0 && cleanLine(found.text()).length > 100) return found as Nodes;
  }
  return $('body') as unknown as Nodes;
}

function decode(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 2_048));
  const declared = /charset=["']?([\w-]+)/i.exec(start)?.[1];
  try {
    return new TextDecoder(declared ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder('utf-8').decode(bytes);
  }
}
