/** Fetching addresses that people give us: every resolved address is checked when the connection is made, so that no name can lead inside. */
import { lookup as resolveName } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

const MOST_REDIRECTS = 5;
const LARGEST_BYTES = 20 * 2 ** 20;
const SECONDS = 20;

/** The address is not one we go to; the message says why. */
export class Forbidden extends Error {}

export interface SafeFetchOptions {
  /** `host:port` pairs that are reached whatever they are (tests, an intranet the administrator allows). */
  allow?: string[];
  headers?: Record<string, string>;
  /** GET without one. */
  method?: 'GET' | 'HEAD';
  /** Most redirects that are followed; with secret headers none should be. Absent = 5. */
  redirects?: number;
  /** Stands in for DNS in tests. */
  lookup?: typeof resolveName;
}

export interface Fetched {
  status: number;
  /** Where it was found after redirects. */
  url: string;
  headers: Headers;
  bytes: Uint8Array;
}

/** Follows at most 5 redirects, each checked again; at most 20 MB and 20 s. Throws Forbidden or Error, each with one readable line. */
export async function fetchSafely(address: string, options: SafeFetchOptions = {}): Promise<Fetched> {
  const allow = new Set(options.allow ?? []);
  let url: URL | null = null;
  // Not loaded at the start: most servers fetch nothing for hours.
  const { Agent, fetch } = await import('undici');
  const dispatcher = new Agent({
    connect: { lookup: checkingLookup(() => url !== null && isAllowed(url, allow), options.lookup ?? resolveName), timeout: 5_000 },
  });
  const signal = AbortSignal.timeout(SECONDS * 1000);
  try {
    url = checkAddress(address, allow);
    const redirects = options.redirects ?? MOST_REDIRECTS;
    for (let hop = 0; hop <= redirects; hop++) {
      const response = await fetch(url, {
        redirect: 'manual',
        method: options.method ?? 'GET',
        dispatcher,
        signal,
        headers: { 'user-agent': 'Sportello/0.1 (+crawler)', ...options.headers },
      });
      const location = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && location) {
        await response.body?.cancel();
        url = checkAddress(new URL(location, url).href, allow);
        continue;
      }
      return {
        status: response.status,
        url: url.href,
        headers: response.headers as unknown as Headers,
        bytes: await readLimited(response.body as AsyncIterable<Uint8Array> | null),
      };
    }
    throw new Error(`${address} rimanda più di ${redirects} volte`);
  } catch (error) {
    throw inWords(error, address);
  } finally {
    await dispatcher.destroy();
  }
}

/** Scheme, credentials, port and name; an address written as a number is classified at once. */
export function checkAddress(address: string, allow: Set<string> = new Set()): URL {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new Forbidden(`${address} non è un indirizzo`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Forbidden(`${address}: si leggono solo indirizzi http e https`);
  if (url.username || url.password) throw new Forbidden(`${url.host}: un indirizzo con nome utente o password non è ammesso`);
  if (isAllowed(url, allow)) return url;
  const host = bareHost(url);
  if (url.port && url.port !== '80' && url.port !== '443') throw new Forbidden(`${url.host}: sono ammesse solo le porte 80 e 443`);
  if (host === 'localhost' || /\.(?:localhost|local|internal)$/.test(host)) throw new Forbidden(`${host} è un nome della rete interna`);
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare) && !isPublic(bare)) throw new Forbidden(`${bare} è un indirizzo interno o riservato`);
  return url;
}

function bareHost(url: URL): string {
  return url.hostname.replace(/\.$/, '').toLowerCase();
}

function isAllowed(url: URL, allow: Set<string>): boolean {
  return allow.has(`${bareHost(url)}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`);
}

function isPublic(address: string): boolean {
  try {
    return ipaddr.process(address).range() === 'unicast';
  } catch {
    return false;
  }
}

function checkingLookup(isAllowedNow: () => boolean, lookup: typeof resolveName): LookupFunction {
  return (hostname, options, callback) => {
    lookup(
      hostname,
      { ...options, all: true } as never,
      ((error: NodeJS.ErrnoException | null, addresses: { address: string; family: number }[]) => {
        if (error) return callback(error, '', 0);
        const bad = isAllowedNow() ? undefined : addresses.find(({ address }) => !isPublic(address));
        if (bad || addresses.length === 0) return callback(new Forbidden(`${hostname} porta a un indirizzo interno o riservato`), '', 0);
        if (options.all) return callback(null, addresses as never, 0);
        return callback(null, (addresses[0] as { address: string }).address, (addresses[0] as { family: number }).family);
      }) as never,
    );
  };
}

async function readLimited(body: AsyncIterable<Uint8Array> | null): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.length;
    if (size > LARGEST_BYTES) throw new Error(`pesa più di ${LARGEST_BYTES / 2 ** 20} MB`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function inWords(error: unknown, address: string): Error {
  if (error instanceof Forbidden) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Forbidden) return cause;
  if (cause instanceof Error && cause.name === 'TimeoutError') return new Error(`${address} non ha risposto entro ${SECONDS} secondi`);
  return new Error(`${address}: ${cause instanceof Error ? cause.message : String(cause)}`);
}
