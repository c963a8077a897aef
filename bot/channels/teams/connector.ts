/** Writes to a conversation of the Bot Framework service: a token by the app's own secret, then one POST a message. */

const SECONDS = 20;
/** A token is asked for anew this long before it ends. */
const SPARE_MS = 5 * 60_000;

export class ConnectorError extends Error {
  status: number;
  retryAfterMs: number | undefined;
  constructor(status: number, message: string, retryAfterMs?: number) {
    super(message);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Hosts of Microsoft that a verified activity may name; the app's token goes nowhere else. */
const SERVICE = /(?:^|\.)(?:botframework\.com|trafficmanager\.net|botframework\.azure\.us)$/;
export const isService = (serviceUrl: string, standIn: string): boolean => {
  if (!URL.canParse(serviceUrl)) return false;
  const url = new URL(serviceUrl);
  return standIn ? url.origin === new URL(standIn).origin : url.protocol === 'https:' && SERVICE.test(url.hostname);
};

export interface Connector {
  /** Resolves with the service's id of the activity. Throws ConnectorError, or whatever the network does. */
  send(serviceUrl: string, conversationId: string, activity: Record<string, unknown>): Promise<string>;
  /** The app's token, asked for when the last one ends. */
  bearer(): Promise<string>;
}

export function createConnector(parts: { appId: string; password: string; tokenUrl: string; now(): number }): Connector {
  let token = { value: '', until: 0 };

  async function bearer(): Promise<string> {
    if (token.until > parts.now()) return token.value;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: parts.appId,
      client_secret: parts.password,
      scope: 'https://api.botframework.com/.default',
    });
    const reply = await fetch(parts.tokenUrl, { method: 'POST', body, signal: AbortSignal.timeout(SECONDS * 1000) });
    // Whatever is wrong with the app's secret is the operator's to mend: tried again.
    if (!reply.ok) throw new ConnectorError(503, `no token: ${reply.status}`);
    const { access_token, expires_in } = (await reply.json()) as { access_token: string; expires_in: number };
    token = { value: access_token, until: parts.now() + expires_in * 1000 - SPARE_MS };
    return token.value;
  }

  async function send(serviceUrl: string, conversationId: string, activity: Record<string, unknown>): Promise<string> {
    const url = `${serviceUrl.replace(/\/+$/, '')}/v3/conversations/${encodeURIComponent(conversationId)}/activities`;
    const headers = { authorization: `Bearer ${await bearer()}`, 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(SECONDS * 1000);
    const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(activity), signal, redirect: 'error' });
    if (reply.status === 401) token = { value: '', until: 0 };
    if (!reply.ok) {
      const wait = Number(reply.headers.get('retry-after'));
      throw new ConnectorError(reply.status, `the service answers ${reply.status}`, wait > 0 ? wait * 1000 : undefined);
    }
    return ((await reply.json()) as { id?: string }).id ?? '';
  }

  return { send, bearer };
}
