/** The cookies of citizens' browsers. Lax: the provider sends the browser back from another site. */
import type { IncomingHttpHeaders } from 'node:http';

/** `attempt`: on its way to the provider · `citizen`: signed in · `thread`: which conversation this browser opened. */
export type CookieName = 'attempt' | 'citizen' | 'thread';

/** The `__Host-` prefix needs Secure, which browsers refuse over plain http: there the name goes without. */
const nameOf = (name: CookieName, secure: boolean): string => `${secure ? '__Host-' : ''}sportello-${name}`;

/** The whole Set-Cookie value; 0 seconds clears it. */
export const cookie = (name: CookieName, value: string, seconds: number, secure: boolean): string =>
  `${nameOf(name, secure)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure ? '; Secure' : ''}`;

/** '' = the browser sent none. Over https a name without the prefix is nothing of ours: any neighbouring host may have set it. */
export function cookieIn(headers: IncomingHttpHeaders, name: CookieName, secure: boolean): string {
  const cookies = new Map(
    (headers.cookie ?? '').split(';').map((pair) => [pair.split('=')[0]?.trim(), pair.slice(pair.indexOf('=') + 1).trim()] as const),
  );
  return cookies.get(nameOf(name, secure)) ?? '';
}
