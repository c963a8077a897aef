/** What every page of ours is wrapped in: the policy, the built files, the foot with its links. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensurePages } from '../../pages/build.ts';
import { type Html, html } from '../../pages/shared/html.ts';
import { words, wordsIn } from '../../pages/shared/words.ts';
import type { RouteReply } from '../route.ts';

/** A language of bot/pages/shared/words. */
export type PageLang = string;

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

/** The page's language; Italian where we have no words. */
export const pageLang = (query: URLSearchParams): PageLang => {
  const asked = query.get('lang') ?? 'it';
  return Object.hasOwn(words, asked) ? asked : 'it';
};

/** Address of a page of ours in a language. */
export const inLanguage = (place: string, lang: PageLang): string => (lang === 'it' ? place : `${place}?lang=${lang}`);

/** Links that every page must have; `data-lang` lets the chat's choice of language take them along. */
export function foot(lang: PageLang): Html {
  return html`<footer class="foot-links"><a data-lang href="${inLanguage('/accessibility', lang)}" data-word="accessibility">${wordsIn(lang).accessibility}</a> · <a href="/privacy">Privacy</a></footer>`;
}
