/** What a fetched page is, where it leads and what its file would be called. */
import { gunzipSync } from 'node:zlib';
import { load } from 'cheerio';
import type { Fetched } from '../../../connectors/fetch-safely.ts';

const LARGEST_SITEMAP = 50 * 2 ** 20;

export function isSitemap(page: Fetched): boolean {
  return (
    /\.xml(?:\.gz)?$/.test(new URL(page.url).pathname) && /<(?:urlset|sitemapindex)[\s>]/.test(sitemapText(page.bytes).slice(0, 2_000))
  );
}

/** Throws Error when a packed sitemap is broken or larger than 50 MB. */
function sitemapText(bytes: Uint8Array): string {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: LARGEST_SITEMAP }) : bytes;
  return new TextDecoder().decode(plain);
}

export function sitemapLinks(bytes: Uint8Array): string[] {
  const $ = load(sitemapText(bytes), { xml: true });
  return $('loc')
    .map((_i, node) => $(node).text().trim())
    .get();
}

export function pageLinks(bytes: Uint8Array): string[] {
  const $ = load(new TextDecoder().decode(bytes));
  return $('a[href]:not([rel~=nofollow])')
    .map((_i, node) => $(node).attr('href') ?? '')
    .get();
}

/** The absolute address of a link without its fragment; null for what holds no text. */
export function withoutFragment(address: string, base: string): string | null {
  try {
    const url = new URL(address, base);
    url.hash = '';
    return /^https?:$/.test(url.protocol) && !/\.(?:jpe?g|png|gif|svg|css|js|zip|mp[34]|ico)$/i.test(url.pathname) ? url.href : null;
  } catch {
    return null;
  }
}

export function isHtml(page: Fetched): boolean {
  return /html/.test(page.headers.get('content-type') ?? 'text/html');
}

/** A file name with the extension that the content type tells. */
export function nameOf(page: Fetched): string {
  const last = new URL(page.url).pathname.split('/').filter(Boolean).at(-1) ?? 'index';
  const type = page.headers.get('content-type') ?? '';
  const extension = /pdf/.test(type)
    ? 'pdf'
    : /html/.test(type)
      ? 'html'
      : /wordprocessing/.test(type)
        ? 'docx'
        : /opendocument\.text/.test(type)
          ? 'odt'
          : /plain/.test(type) && !/\.(?:md|markdown|jsonl)$/i.test(last)
            ? 'txt'
            : '';
  return !extension || last.toLowerCase().endsWith(`.${extension}`) ? last : `${last}.${extension}`;
}
