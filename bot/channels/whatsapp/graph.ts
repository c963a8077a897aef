/** The calls of Meta's Graph API that we make: send a message, upload a file, fetch one. */
const VERSION = 'v23.0';
const SECONDS = 20;
/** Ten megabytes over a slow line. */
const FILE_SECONDS = 60;

/** What Meta answered; `code` is its own number of the error. */
export class GraphError extends Error {
  status: number;
  code: number;
  retryAfterMs: number | undefined;
  constructor(status: number, code: number, message: string, retryAfterMs?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface Graph {
  /** Resolves with Meta's id of the message. Throws GraphError, or whatever the network does. */
  send(to: string, message: Record<string, unknown>): Promise<string>;
  /** Resolves with Meta's id of the file, which a message can name. Sends nothing to anybody. Throws like `send`. */
  upload(file: { name: string; contentType: string; content: Uint8Array }): Promise<string>;
  /** Null = Meta no longer has it. */
  fetchFile(id: string): Promise<Uint8Array | null>;
}

export function createGraph(parts: { root: string; token: string; phoneId: string }): Graph {
  const headers = { authorization: `Bearer ${parts.token}` };
  const signal = () => AbortSignal.timeout(SECONDS * 1000);

  async function errorOf(reply: Response): Promise<GraphError> {
    const body = (await reply.json().catch(() => ({}))) as { error?: { code?: number; message?: string } };
    const wait = Number(reply.headers.get('retry-after'));
    return new GraphError(
      reply.status,
      body.error?.code ?? 0,
      `${body.error?.code ?? reply.status} ${body.error?.message ?? ''}`.trim().slice(0, 200),
      wait > 0 ? wait * 1000 : undefined,
    );
  }

  return {
    async send(to, message) {
      const reply = await fetch(`${parts.root}/${VERSION}/${parts.phoneId}/messages`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ messaging_product: 'whatsapp', recipient_type: 'individual', to, ...message }),
        signal: signal(),
      });
      if (!reply.ok) throw await errorOf(reply);
      const { messages } = (await reply.json()) as { messages?: { id?: string }[] };
      const id = messages?.[0]?.id;
      if (!id) throw new Error('Meta gave the message no id');
      return id;
    },
    async upload({ name, contentType, content }) {
      const form = new FormData();
      form.append('messaging_product', 'whatsapp');
      form.append('type', contentType);
      form.append('file', new Blob([content as Uint8Array<ArrayBuffer>], { type: contentType }), name);
      const reply = await fetch(`${parts.root}/${VERSION}/${parts.phoneId}/media`, {
        method: 'POST',
        headers,
        body: form,
        signal: AbortSignal.timeout(FILE_SECONDS * 1000),
      });
      if (!reply.ok) throw await errorOf(reply);
      const { id } = (await reply.json()) as { id?: string };
      if (!id) throw new Error('Meta gave the file no id');
      return id;
    },
    async fetchFile(id) {
      const found = await fetch(`${parts.root}/${VERSION}/${encodeURIComponent(id)}`, { headers, signal: signal() });
      if (found.status === 404 || found.status === 400) return null;
      if (!found.ok) throw await errorOf(found);
      const { url } = (await found.json()) as { url: string };
      // The token goes only to Meta: an address elsewhere is not one that Meta gave.
      if (!isMetas(new URL(url), parts.root)) throw new Error('the address of the file is not Meta’s');
      const reply = await fetch(url, { headers, signal: signal(), redirect: 'error' });
      if (reply.status === 404) return null;
      if (!reply.ok) throw await errorOf(reply);
      return new Uint8Array(await reply.arrayBuffer());
    },
  };
}

const isMetas = (url: URL, root: string): boolean =>
  url.origin === new URL(root).origin ||
  (url.protocol === 'https:' && /(?:^|\.)(?:fbsbx\.com|facebook\.com|whatsapp\.net)$/.test(url.hostname));
