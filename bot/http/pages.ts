/** The pages citizens see: the chat, the widget's script, the same question without JavaScript, the source behind a quotation. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Answer } from '../../knowledge/answering/question.ts';
import type { StoredVersion } from '../../knowledge/documents/document.ts';
import { type Html, html, trusted } from '../pages/shared/html.ts';
import { directionOf } from '../pages/shared/languages.ts';
import { wordsIn } from '../pages/shared/words.ts';
import { accessibilityPage } from './pages/accessibility.ts';
import { askForm, askPage } from './pages/ask.ts';
import { type Crisis, crisisBand } from './pages/crisis.ts';
import { type Built, builtPages, document, foot, type PageLang, pageLang } from './pages/document.ts';
import { firstAdministratorPage } from './pages/first-administrator.ts';
import type { FigureTable } from '../insight/table.ts';
import { openDataPage } from './pages/open-data.ts';
import { privacyPage } from './pages/privacy.ts';
import { sourcePage } from './pages/source.ts';
import { Refusal, type Route, type RouteReply } from './route.ts';

export interface PageParts {
  answer(question: { text: string; lang?: string }, origin: string): Promise<Answer>;
  /** What holds for a question on the page without JavaScript; null = answered as ever. */
  switchOf(text: string): { mode: string; banner: string } | null;
  readVersion(documentId: string, version: number): Promise<StoredVersion | null>;
  /** Emergencies in force: they stand at the top. */
  crises(): Crisis[];
  today(): string;
  readonly bodyName: string;
  /** Codes in use; absent = every one the pages speak. */
  languages?: string[];
  /** The public's monthly figures. */
  figures(): Promise<FigureTable>;
  /** What only the body knows of its accessibility statement; empty = not told yet. */
  accessibility: { contact: string; statementUrl: string };
  /** Makes the first administrator; resolves with what is wrong in words, or null. */
  makeFirst(link: { token: string; name: string; password: string }, ip: string): Promise<string | null>;
}

const LONGEST_QUESTION = 1_000;
const CLOSED = 'In questo momento il servizio non è disponibile.';
const PEOPLE = 'A queste domande risponde una persona: scrivi nella chat o rivolgiti all’ufficio.';

/** Builds the pages if they are not there. Files are read once: they change only with a new version. */
export async function pageRoutes(parts: PageParts): Promise<Route[]> {
  const { folder, manifest, style } = await builtPages();
  const page = manifest['chat/main.ts'] as Built;
  const start = manifest['chat/start.ts'] as Built;
  const get = { method: 'get', permission: 'public', page: true } as const;
  const ask = async (text: string, lang: PageLang): Promise<RouteReply> => {
    const question = text.trim().slice(0, LONGEST_QUESTION);
    const answer = question ? await answerOrBanner(parts, question, lang) : null;
    return document(askPage({ question, answer, bodyName: parts.bodyName, style, lang, crisis: crisisBand(parts.crises(), lang) }));
  };

  return [
    {
      ...get,
      path: '/',
      summary: 'The citizen page',
      handle: async ({ query }) =>
        document(chatPage(page, start, parts, query.get('embed') === '1', pageLang(query)), query.get('embed') === '1' ? '*' : "'self'"),
    },
    {
      ...get,
      path: '/widget.js',
      summary: 'Script that puts the chat on any website',
      handle: async () => file(folder, 'widget.js', 'public, max-age=3600'),
    },
    {
      ...get,
      path: '/assets/:name',
      summary: 'Files of the pages',
      async handle({ params }) {
        const name = params['name'] ?? '';
        if (!/^[\w.-]+$/.test(name) || name.startsWith('.')) throw new Refusal(404, 'NotFound', 'Questo file non esiste.');
        // Names carry a digest of the content: they may be kept for a year.
        return file(folder, `assets/${name}`, 'public, max-age=31536000, immutable');
      },
    },
    {
      ...get,
      path: '/ask',
      summary: 'A question without JavaScript',
      handle: async ({ query }) => ask(query.get('q') ?? '', pageLang(query)),
    },
    {
      method: 'post',
      path: '/ask',
      permission: 'public',
      page: true,
      summary: 'A question without JavaScript',
      form: true,
      body: z.object({ q: z.string().max(100_000).default(''), lang: z.string().max(8).default('it') }),
      async handle({ body }) {
        const { q, lang } = body as { q: string; lang: PageLang };
        return ask(q, pageLang(new URLSearchParams({ lang })));
      },
    },
    {
      ...get,
      path: '/sources/:documentId/:version',
      summary: 'A stored version as it was in force, with the quoted passages marked',
      async handle({ params }) {
        const version = Number(params['version']);
        const stored =
          Number.isInteger(version) && version > 0 && version < 1e6 ? await parts.readVersion(params['documentId'] ?? '', version) : null;
        if (!stored) throw new Refusal(404, 'NotFound', 'Questo documento non esiste o non è pubblicato.');
        return document(sourcePage(stored, parts.today(), style, parts.bodyName));
      },
    },
    {
      ...get,
      path: '/first-administrator',
      summary: 'Form behind the one-time link for the first administrator',
      handle: async ({ query }) =>
        document(firstAdministratorPage({ token: query.get('token') ?? '', name: '', problem: '', done: false, style })),
    },
    {
      method: 'post',
      path: '/first-administrator',
      permission: 'public',
      page: true,
      summary: 'Makes the first administrator',
      form: true,
      body: z.object({ token: z.string().max(64), name: z.string().max(64), password: z.string().max(256) }),
      async handle({ body, ip }) {
        const link = body as { token: string; name: string; password: string };
        const problem = await parts.makeFirst(link, ip);
        const reply = document(
          firstAdministratorPage({ token: link.token, name: link.name, problem: problem ?? '', done: problem === null, style }),
        );
        return problem === null ? reply : { ...reply, status: 400 };
      },
    },
    {
      ...get,
      path: '/editor',
      summary: 'The console, where editors keep the pages',
      handle: async () => document(staffPage(manifest['editor/main.ts'] as Built, 'sportello-editor', `Redazione · ${parts.bodyName}`)),
    },
    {
      ...get,
      path: '/desk',
      summary: 'The desk, where agents answer',
      handle: async () =>
        document(staffPage(manifest['desk/main.ts'] as Built, 'sportello-desk', `Sportello degli operatori · ${parts.bodyName}`)),
    },
    {
      ...get,
      path: '/insight',
      summary: 'Figures for supervisors',
      handle: async () => document(staffPage(manifest['insight/main.ts'] as Built, 'sportello-insight', `Andamento · ${parts.bodyName}`)),
    },
    {
      ...get,
      path: '/settings',
      summary: 'What administrators set',
      handle: async () =>
        document(staffPage(manifest['settings/main.ts'] as Built, 'sportello-settings', `Impostazioni · ${parts.bodyName}`)),
    },
    {
      ...get,
      path: '/notices',
      summary: 'What the office says to many',
      handle: async () => document(staffPage(manifest['notices/main.ts'] as Built, 'sportello-notices', `Avvisi · ${parts.bodyName}`)),
    },
    {
      ...get,
      path: '/open-data',
      summary: 'The figures for everybody',
      handle: async () => document(openDataPage(await parts.figures(), parts.bodyName, style)),
    },
    {
      ...get,
      path: '/account',
      summary: 'One’s own password and second factor',
      handle: async () => document(staffPage(manifest['account/main.ts'] as Built, 'sportello-account', `Accesso · ${parts.bodyName}`)),
    },
    {
      ...get,
      path: '/accessibility',
      summary: 'Accessibility statement, in the model of AgID; lang=en for English',
      handle: async ({ query }) =>
        document(accessibilityPage({ ...parts.accessibility, bodyName: parts.bodyName, style, lang: pageLang(query) })),
    },
    { ...get, path: '/privacy', summary: 'How data are handled', handle: async () => document(privacyPage(parts.bodyName, style)) },
  ];
}

/** Whoever cannot be answered here is told why: a page without JavaScript has no person to wait for. */
async function answerOrBanner(parts: PageParts, question: string, lang: PageLang): Promise<Answer> {
  const switched = parts.switchOf(question);
  const answer = await parts.answer({ text: question, lang }, '');
  if (!switched || answer.reason === 'emergency') return answer;
  const text = switched.banner || (switched.mode === 'closed' ? CLOSED : PEOPLE);
  return { ...answer, outcome: 'refused', reason: switched.mode, text, citations: [], choices: [] };
}

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};
const read = new Map<string, { bytes: Buffer; etag: string }>();

function file(folder: string, name: string, cache: string): RouteReply {
  let kept = read.get(name);
  if (!kept) {
    try {
      const bytes = readFileSync(path.join(folder, name));
      kept = { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
      read.set(name, kept);
    } catch {
      throw new Refusal(404, 'NotFound', 'Questo file non esiste.');
    }
  }
  return {
    status: 200,
    headers: { 'content-type': types[path.extname(name)] ?? 'application/octet-stream', 'cache-control': cache, etag: kept.etag },
    body: kept.bytes,
  };
}

/** The shell holds nothing of anybody: what it shows comes from doors that ask who is there. */
export function staffPage(page: Built, element: string, title: string): Html {
  return html`<html lang="it"><head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">${(page.css ?? []).map((css) => html`<link rel="stylesheet" href="/${css}">`)}<script type="module" src="/${page.file}"></script></head>
<body>${trusted(`<${element}></${element}>`)}<noscript><main>Questa pagina ha bisogno di JavaScript.</main></noscript>${foot('it')}</body></html>`;
}

/** start.ts stands first, before the style sheet that would hold it back, so that it runs first. The shell says who answers before any script has run, and asks without one. */
function chatPage(page: Built, start: Built, { bodyName, languages, crises }: PageParts, embed: boolean, lang: PageLang): Html {
  const t = wordsIn(lang);
  return html`<html lang="${lang}" dir="${directionOf(lang)}" data-carry="${t.carry}"${embed ? html` data-embed="1"` : null}><head><meta charset="utf-8"><title>${t.title} · ${bodyName}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="${t.notice}"><link rel="icon" href="data:,">
<script type="module" src="/${start.file}"></script>${(page.css ?? []).map((css) => html`<link rel="stylesheet" href="/${css}">`)}<script type="module" src="/${page.file}"></script></head>
<body><header><div class="slim">${bodyName}</div><div class="top"><h1 data-word="heading">${t.heading}</h1><p><span data-word="notice">${t.notice}</span> <a href="/privacy">Privacy</a></p></div></header>${crisisBand(crises(), lang)}
<main><sportello-chat lang="${lang}"${languages ? html` languages="${languages.join(',')}"` : null}></sportello-chat><noscript>${askForm(lang)}</noscript></main>${foot(lang)}</body></html>`;
}
