/** A small CalDAV client (RFC 4791): what a booking needs and no more. Answers are judged by status; servers differ in prefixes and order. */
import { load } from 'cheerio';
import { fetch } from 'undici';
import { NoAnswer } from '../office-tool/no-answer.ts';

const READ_MS = 2_000;
const WRITE_MS = 10_000;
/** Requests in flight: office servers are small, and time runs only for those that were sent. */
const AT_ONCE = 6;

export interface StoredEvent {
  /** Path on the server. */
  href: string;
  etag: string;
  /** iCalendar text. */
  data: string;
}

export interface CalDavClient {
  /** Paths of the calendars under the home, by the last part of their path. Throws NoAnswer, as everything here. */
  calendars(): Promise<Map<string, string>>;
  /** Makes a calendar `<home>/<id>/`; one that is there already is fine. */
  create(id: string, name: string): Promise<void>;
  /** Events that touch the time from `start` to `end` (epoch ms) as the server reckons. */
  touching(calendar: string, start: number, end: number): Promise<StoredEvent[]>;
  /** The same, and every event that repeats: some servers (Xandikos) look at the first occurrence only. */
  events(calendar: string, start: number, end: number): Promise<StoredEvent[]>;
  get(href: string): Promise<StoredEvent | null>;
  /** `made` · `exists`: something else has that name. */
  put(href: string, data: string): Promise<'made' | 'exists'>;
  /** `gone`: was not there · `changed`: the tag is not the one it has now. */
  remove(href: string, etag: string): Promise<'removed' | 'gone' | 'changed'>;
}

export function createClient(parts: { url: string; user: string; password: string }): CalDavClient {
  const home = parts.url.endsWith('/') ? parts.url : `${parts.url}/`;
  const authorization = `Basic ${Buffer.from(`${parts.user}:${parts.password}`).toString('base64')}`;

  let inFlight = 0;
  const waiting: (() => void)[] = [];

  async function call(method: string, path: string, headers: Record<string, string> = {}, body = '') {
    if (inFlight >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
    else inFlight++;
    try {
      return await send(method, path, headers, body);
    } finally {
      // A place passes on to who waits longest.
      const next = waiting.shift();
      if (next) next();
      else inFlight--;
    }
  }

  async function send(method: string, path: string, headers: Record<string, string>, body: string) {
    const writes = !['PROPFIND', 'REPORT', 'GET'].includes(method);
    let response: Awaited<ReturnType<typeof fetch>>;
    let text: string;
    try {
      response = await fetch(new URL(path, home), {
        method,
        headers: { ...(parts.user ? { authorization } : {}), ...headers },
        redirect: 'manual',
        signal: AbortSignal.timeout(writes ? WRITE_MS : READ_MS),
        ...(body ? { body } : {}),
      });
      text = await response.text();
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const refused = cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
      throw new NoAnswer(`${method}: ${cause instanceof Error ? cause.message : String(cause)}`, writes && !refused);
    }
    const { status } = response;
    if (status === 401 || status === 403) throw new NoAnswer(`${method}: the server refuses our user (${status})`, false);
    // A gateway may answer for a server that did the work.
    if (status >= 500 || status === 429) throw new NoAnswer(`${method}: the server answers ${status}`, writes && status >= 500);
    return { status, etag: response.headers.get('etag') ?? '', text };
  }

  const xml = (depth: string) => ({ 'content-type': 'application/xml; charset=utf-8', depth });
  const strange = (method: string, status: number) => new NoAnswer(`${method}: the server answers ${status}`, false);

  async function query(calendar: string, filter: string): Promise<StoredEvent[]> {
    const asked = `<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/><C:calendar-data/></prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">${filter}</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`;
    const { status, text } = await call('REPORT', calendar, xml('1'), asked);
    if (status === 404) return [];
    if (status !== 207) throw strange('REPORT', status);
    return responses(text)
      .map(({ href, text: find }) => ({ href, etag: find('getetag'), data: find('calendar-data') }))
      .filter((event) => event.data !== '');
  }

  return {
    async calendars() {
      const asked = '<propfind xmlns="DAV:"><prop><resourcetype/><displayname/></prop></propfind>';
      const { status, text } = await call('PROPFIND', home, xml('1'), asked);
      if (status !== 207) throw strange('PROPFIND', status);
      const found = new Map<string, string>();
      for (const { href, has } of responses(text)) {
        const id = /([^/]+)\/?$/.exec(href)?.[1];
        if (id && has('calendar')) found.set(decodeURIComponent(id), href);
      }
      return found;
    },
    async create(id, name) {
      const asked = `<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop><displayname>${forXml(name)}</displayname></prop></set></C:mkcalendar>`;
      const { status } = await call('MKCALENDAR', `${home}${encodeURIComponent(id)}/`, xml('0'), asked);
      // 405 and 409: it is there already, made by another process.
      if (![201, 405, 409].includes(status)) throw strange('MKCALENDAR', status);
    },
    touching: (calendar, start, end) => query(calendar, `<C:time-range start="${utc(start)}" end="${utc(end)}"/>`),
    async events(calendar, start, end) {
      const filters = [`<C:time-range start="${utc(start)}" end="${utc(end)}"/>`, '<C:prop-filter name="RRULE"/>'];
      const found = await Promise.all(filters.map((filter) => query(calendar, filter)));
      return [...new Map(found.flat().map((event) => [event.href, event])).values()];
    },
    async get(href) {
      const { status, etag, text } = await call('GET', href);
      if (status === 404 || status === 410) return null;
      if (status !== 200) throw strange('GET', status);
      return { href, etag, data: text };
    },
    async put(href, data) {
      const headers = { 'content-type': 'text/calendar; charset=utf-8', 'if-none-match': '*' };
      const { status } = await call('PUT', href, headers, data);
      if (status === 412) return 'exists';
      if (![200, 201, 204].includes(status)) throw strange('PUT', status);
      return 'made';
    },
    async remove(href, etag) {
      const { status } = await call('DELETE', href, etag ? { 'if-match': etag } : {});
      if (status === 404 || status === 410) return 'gone';
      if (status === 412) return 'changed';
      if (![200, 202, 204].includes(status)) throw strange('DELETE', status);
      return 'removed';
    },
  };
}

const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
const forXml = (text: string): string => text.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Entries of a multistatus, whatever prefixes the server chose. */
function responses(text: string): { href: string; has(name: string): boolean; text(name: string): string }[] {
  const $ = load(text, { xml: true });
  const local = (name: string) => (_: number, node: unknown) => ((node as { name?: string }).name ?? '').split(':').at(-1) === name;
  return $('*')
    .filter(local('response'))
    .toArray()
    .map((node) => {
      const inside = $(node).find('*');
      return {
        href: inside.filter(local('href')).first().text().trim(),
        has: (name: string) => inside.filter(local(name)).length > 0,
        text: (name: string) => inside.filter(local(name)).first().text().trim(),
      };
    });
}
