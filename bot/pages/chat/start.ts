/** Opens the conversation while the page's main script is still on its way: on a slow line its greeting is there when the page is. */
import type { Activity } from '../shared/directline.ts';
import { localeOf } from '../shared/languages.ts';

export interface Started {
  conversationId: string;
  token: string;
  expires_in: number;
  streamUrl: string;
  activities?: Activity[];
  watermark?: string;
}

declare global {
  var sportelloStart: Promise<Started | null> | undefined;
}

const BASE = '/v3/directline';

/** The code of a link from another channel. It leaves the address at once; a link that somebody else sent is not taken without asking. */
function codeFromElsewhere(): string | null {
  const code = new URLSearchParams(location.search).get('continua');
  if (!code) return null;
  history.replaceState(null, '', location.pathname);
  // Written by the server in the page's language.
  const ask = document.documentElement.dataset['carry'] ?? '';
  if (!window.confirm(ask)) return null;
  try {
    // What this tab held before must not come back in its place.
    sessionStorage.removeItem('sportello');
  } catch {
    // Without storage there is nothing to forget.
  }
  return code;
}

async function start(): Promise<Started | null> {
  const code = codeFromElsewhere();
  try {
    // A reload goes on with the conversation that the tab remembers.
    if (sessionStorage.getItem('sportello')) return null;
  } catch {
    // Without storage every load is a first one.
  }
  const post = async (path: string, body: unknown, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const response = await fetch(BASE + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()) as Started;
  };
  try {
    const { token } = code
      ? await post('/tokens/continue', { code }).catch(() => post('/tokens/generate', {}))
      : await post('/tokens/generate', {});
    return await post('/conversations', { locale: locale(), greeting: true }, token);
  } catch {
    // The page's own client tries again, with patience.
    return null;
  }
}

function locale(): string {
  let chosen = '';
  try {
    chosen = (JSON.parse(localStorage.getItem('sportello-settings') ?? '{}') as { lang?: string }).lang ?? '';
  } catch {
    // The page's language serves.
  }
  return localeOf(chosen || document.documentElement.lang);
}

globalThis.sportelloStart = start();
