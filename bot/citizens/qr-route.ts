/** A one-time link as a picture, for whoever has another telephone in hand. Only a code that is still good has one. */
import { Refusal, type Route } from '../http/route.ts';
import { citizenWordsIn, preferred } from '../pages/shared/citizen-words.ts';
import type { Links } from './link.ts';
import { qrSvg } from './qr.ts';

export function linkRoute(parts: {
  links: Links;
  channels: { name: string; linkTo?(code: string, origin: string): string | null }[];
}): Route {
  return {
    method: 'get',
    path: '/link/:file',
    permission: 'public',
    page: true,
    summary: 'The QR code of a one-time link between channels',
    async handle({ params, origin, headers }) {
      const code = /^([\w-]{22})\.svg$/.exec(params['file'] ?? '')?.[1] ?? '';
      const name = await parts.links.channelOf(code);
      const url = parts.channels.find((channel) => channel.name === name)?.linkTo?.(code, origin);
      const svg = url ? qrSvg(url) : null;
      if (!svg) throw new Refusal(404, 'NotFound', citizenWordsIn(preferred(headers['accept-language'])).linkGone);
      return { status: 200, headers: { 'content-type': 'image/svg+xml', 'cache-control': 'no-store' }, body: svg };
    },
  };
}
