/** Files behind our own addresses, read within the house: what a reply links to goes out as a file where a chat takes files. */
import { Refusal, type Route, type RouteRequest } from './route.ts';

export interface Document {
  name: string;
  /** As the door says it, e.g. `text/calendar; charset=utf-8`. */
  contentType: string;
  content: Uint8Array;
}

export interface Documents {
  /** Whether a root-relative address is that of a door that gives files. Says nothing of whether the file is there. */
  isFile(url: string): boolean;
  /** Null = the door gives nothing there (any more). `reader` is whom the door counts as asking; `origin` as citizens reach this server. Throws what the door throws, but for refusals. */
  read(url: string, reader: string, origin: string): Promise<Document | null>;
}

/** Empty until `openedBy` is told the routes: channels are put together before the doors. */
export function createDocuments(): Documents & { openedBy(routes: Route[]): void } {
  let doors: { route: Route; path: RegExp; names: string[] }[] = [];

  function find(url: string): { route: Route; params: Record<string, string>; query: URLSearchParams } | null {
    if (!/^\/(?!\/)/.test(url) || !URL.canParse(url, 'http://here')) return null;
    const { pathname, searchParams } = new URL(url, 'http://here');
    for (const { route, path, names } of doors) {
      const values = path.exec(pathname)?.slice(1).map(decoded);
      if (values?.every((value) => value !== null))
        return { route, params: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])), query: searchParams };
    }
    return null;
  }

  return {
    openedBy(routes) {
      doors = routes
        .filter(({ method, file }) => method === 'get' && file)
        .map((route) => ({
          route,
          path: new RegExp(`^${route.path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '([^/]+)')}$`),
          names: [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name as string),
        }));
    },
    isFile: (url) => find(url) !== null,
    async read(url, reader, origin) {
      const found = find(url);
      if (!found) return null;
      const { route, params, query } = found;
      const request = { params, query, origin, ip: reader, headers: {}, body: undefined, staff: null };
      try {
        const { status, headers = {}, body } = await route.handle(request as unknown as RouteRequest);
        if (status !== 200 || !(typeof body === 'string' || body instanceof Uint8Array)) return null;
        const content = typeof body === 'string' ? Buffer.from(body) : body;
        return { name: nameIn(headers), contentType: headers['content-type'] ?? 'application/octet-stream', content };
      } catch (error) {
        if (error instanceof Refusal) return null;
        throw error;
      }
    },
  };
}

/** Null = no address that anybody wrote for a browser: "%zz". */
function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

function nameIn(headers: Record<string, string>): string {
  const found = /filename\*=UTF-8''([^;]+)|filename="([^"]+)"/.exec(headers['content-disposition'] ?? '');
  return found?.[1] ? decodeURIComponent(found[1]) : (found?.[2] ?? 'file');
}
