/** What every page of ours is wrapped in: the policy, the built files, the foot with its links. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensurePages } from '../../pages/build.ts';
import { type Html, html } from '../../pages/shared/html.ts';
import type { RouteReply } from '../route.ts';

export type PageLang = 'it' | 'en';

export interface Built {
  file: string;
  css?: string[];
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; font-src 'self'; base-uri 'none'; form-action 'self'";

/** Folder and manifest of the built pages; builds them if they are not there. */
export async function builtPages(): Promise<{ folder: string; manifest: Record<string, Built>; style: string }> {
  const folder = await ensurePages();
  const manifest = JSON.parse(readFileSync(path.join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Built>;
  return { folder, manifest, style: manifest['shared/document.css']?.file ?? '' };
}

export function document(markup: Html, ancestors = "'self'", status = 200): RouteReply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': `${POLICY}; frame-ancestors ${ancestors}` },
    body: `<!doctype html>${markup.html}`,
  };
}

/** Ours are written in Italian and English. */
export const pageLang = (query: URLSearchParams): PageLang => (query.get('lang') === 'en' ? 'en' : 'it');

/** Links that every page must have; `data-lang` lets the chat's language button follow. */
export function foot(lang: PageLang): Html {
  const to = (place: string) => (lang === 'en' ? `${place}?lang=en` : place);
  return html`<footer class="foot-links"><a data-lang href="${to('/accessibility')}" data-word="accessibility">${lang === 'en' ? 'Accessibility statement' : 'Dichiarazione di accessibilità'}</a> · <a href="/privacy">Privacy</a></footer>`;
}
