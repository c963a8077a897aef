/** A model of the operator's own, asked through a relay on this machine: what is sent and how it answers is seen, and its key is never in the house. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BadCommand } from '../../../bot/control.ts';
import type { Request } from '../../../knowledge/composers/fixtures/stand-in.ts';

const PROBE_MS = 30_000;

export interface OwnModel {
  /** Of the endpoint, without a slash at the end. */
  base: string;
  model: string;
  key: string;
}

export interface Relay {
  url: string;
  requests: Request[];
  /** Replies with status 200 that arrived while somebody still waited. */
  heard: number;
  /** What came instead, with how often: "status 429", "ECONNREFUSED", "too late". */
  unheard: Record<string, number>;
  close(): Promise<void>;
}

/** From OPENAI_BASE_URL, MODEL and OPENAI_API_KEY; null when no model is named. Throws BadCommand for half of it or what is no address. */
export function ownModel({ OPENAI_BASE_URL, MODEL, OPENAI_API_KEY }: Record<string, string | undefined>): OwnModel | null {
  if (!OPENAI_BASE_URL && !MODEL) return null;
  if (!OPENAI_BASE_URL)
    throw new BadCommand(`MODEL is ${MODEL}, but OPENAI_BASE_URL is missing: name the endpoint too, such as http://127.0.0.1:11434/v1`);
  if (!MODEL)
    throw new BadCommand(`OPENAI_BASE_URL is ${OPENAI_BASE_URL}, but MODEL is missing: name the model too, such as MODEL=llama3.1`);
  if (!/^https?:$/.test(URL.parse(OPENAI_BASE_URL)?.protocol ?? ''))
    throw new BadCommand(`OPENAI_BASE_URL is no http:// or https:// address: ${OPENAI_BASE_URL}`);
  return { base: OPENAI_BASE_URL.replace(/\/+$/, ''), model: MODEL, key: OPENAI_API_KEY ?? '' };
}

/** One short question, before anything else runs. Throws BadCommand that says what is wrong and what to do. */
export async function tryModel(own: OwnModel): Promise<void> {
  const nothingRun = 'Nothing has been run yet.';
  const at = `${own.base}/chat/completions`;
  const body = JSON.stringify({ model: own.model, messages: [{ role: 'user', content: 'Rispondi con una parola: pronto?' }] });
  const reply = await fetch(at, { method: 'POST', headers: headersFor(own), body, signal: AbortSignal.timeout(PROBE_MS) }).catch(
    (error: unknown) => {
      const why = reasonOf(error);
      if (why === 'too late')
        throw new BadCommand(`${at} has not answered in ${PROBE_MS / 1_000} seconds: is the model loaded? ${nothingRun}`);
      throw new BadCommand(`Nobody answers at ${own.base} (${why}): start the model's server, or mend OPENAI_BASE_URL. ${nothingRun}`);
    },
  );
  const said = await reply.text().catch(() => '');
  const start = said
    .replaceAll(own.key || '\0', '…')
    .replace(/\s+/g, ' ')
    .slice(0, 160);
  if (reply.status === 401 || reply.status === 403)
    throw new BadCommand(`The endpoint refuses the key (${reply.status}): mend OPENAI_API_KEY. It says: ${start}. ${nothingRun}`);
  if (reply.status === 404)
    throw new BadCommand(
      `The endpoint knows no such address or model (404): does OPENAI_BASE_URL end in /v1, is "${own.model}" the name of a model there? It says: ${start}. ${nothingRun}`,
    );
  if (!reply.ok)
    throw new BadCommand(
      `The endpoint answers with status ${reply.status}: is "${own.model}" the right MODEL? It says: ${start}. ${nothingRun}`,
    );
  if (!isCompletion(said))
    throw new BadCommand(`What answers at ${own.base} is no OpenAI-compatible endpoint: it says ${start || 'nothing'}. ${nothingRun}`);
}

/** Passes requests on with the operator's key in place of the planted one. */
export async function openRelay(own: OwnModel): Promise<Relay> {
  const relay = { requests: [] as Request[], heard: 0, unheard: {} as Record<string, number> };
  const note = (why: string) => {
    relay.unheard[why] = (relay.unheard[why] ?? 0) + 1;
  };
  const server = createServer((incoming, response) => {
    void passOn(incoming, response).catch((error: unknown) => {
      note(response.destroyed ? 'too late' : reasonOf(error));
      response.writeHead(502).end();
    });
  });

  async function passOn(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    const fields = JSON.parse(body) as Request['fields'];
    relay.requests.push({ body, fields, messages: fields['messages'] as Request['messages'] });
    const left = new AbortController();
    response.on('close', () => left.abort());
    const reply = await fetch(own.base + (incoming.url ?? ''), { method: 'POST', headers: headersFor(own), body, signal: left.signal });
    const said = await reply.text();
    if (!reply.ok) note(`status ${reply.status}`);
    else if (!isCompletion(said)) note('no chat completion');
    else relay.heard++;
    response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? 'application/json' }).end(said);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(relay, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

const headersFor = ({ key }: OwnModel): Record<string, string> => ({
  'content-type': 'application/json',
  ...(key ? { authorization: `Bearer ${key}` } : {}),
});

function isCompletion(said: string): boolean {
  try {
    return typeof (JSON.parse(said) as { choices: { message: { content: unknown } }[] }).choices[0]?.message.content === 'string';
  } catch {
    return false;
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let body = '';
  // A letter may travel in two pieces.
  for await (const chunk of incoming.setEncoding('utf8')) body += String(chunk);
  return body;
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
  if (name === 'TimeoutError' || name === 'AbortError') return 'too late';
  return cause?.code ?? cause?.message ?? message;
}
