/** What other systems and browsers send us besides messages and files: webhooks of desks, request bodies, sitemaps and links, mail in HTML, other cities' lists. */
import { Readable } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { incoming, readActivity } from '../../bot/channels/teams/activity.ts';
import { receiveDocument } from '../../bot/editor/upload.ts';
import { readBody } from '../../bot/http/body.ts';
import { newsIn as newsOfChatwoot } from '../../connectors/handoffs/chatwoot/news.ts';
import { newsIn as newsOfRocketChat } from '../../connectors/handoffs/rocketchat/news.ts';
import { wordsOfHtml } from '../../connectors/handoffs/rt/html-words.ts';
import { records } from '../../connectors/reports/open311/read.ts';
import { pageLinks, sitemapLinks, withoutFragment } from '../../knowledge/ingest/crawl/page.ts';
import { decoder, json, type Target, text } from './make.ts';
import { mutateBytes, mutateText } from './mutate.ts';
import * as seeds from './system-seeds.ts';
import { HTML } from './seeds.ts';
import { TAGS } from './words.ts';

const BORDER = 'sportello-border';
const accepted = z.object({ text: z.string().max(1_000), value: z.unknown().optional() });

const request = (bytes: Uint8Array, type: string): IncomingMessage =>
  Object.assign(Readable.from([Buffer.from(bytes)]), { headers: { 'content-type': type } }) as unknown as IncomingMessage;

const body = {
  method: 'post' as const,
  path: '/x',
  permission: 'public' as const,
  summary: '',
  body: accepted,
  form: true,
  handle: () => Promise.reject(new Error('never called')),
};

export const systems: Target[] = [
  json('teams', seeds.TEAMS, (value) => {
    const parsed = incoming.safeParse(value);
    if (parsed.success) readActivity(parsed.data);
  }),
  json('chatwoot', seeds.CHATWOOT, (value) => newsOfChatwoot(JSON.stringify(value))),
  json('rocketchat', seeds.ROCKETCHAT, (value) => newsOfRocketChat(JSON.stringify(value), Date.parse('2026-11-18T08:00:00Z'))),
  text('mail', [decoder.decode(HTML)], TAGS, wordsOfHtml),
  text('links', [decoder.decode(HTML), seeds.SITEMAP], [...TAGS, ...seeds.ADDRESSES], (input) => {
    const bytes = new TextEncoder().encode(input);
    for (const link of [...pageLinks(bytes), ...sitemapLinks(bytes)]) withoutFragment(link, 'https://www.comune.example/a/b');
  }),
  text('reports', [seeds.REPORTS, seeds.REPORTS_JSON], [...TAGS, '<request>', '</request>', '"x":', 'null'], (input) => {
    records(input, 'xml', 'request');
    records(input, 'json', 'request');
  }),
  text('body', seeds.BODIES, ['[', '{"a":'.repeat(70), '"text":"', '\\u0000', '&text=', '__proto__', '%00'], async (input) => {
    const type = /^\s*[[{]/.test(input) ? 'application/json' : 'application/x-www-form-urlencoded';
    await readBody(request(new TextEncoder().encode(input), type), body);
  }),
  {
    name: 'multipart',
    make(random) {
      const honest = seeds.upload(BORDER);
      if (random(3) === 0) return mutateBytes(random, new TextEncoder().encode(honest));
      return new TextEncoder().encode(mutateText(random, honest, seeds.PARTS, [honest], 3));
    },
    take: (input) => receiveDocument(request(input, `multipart/form-data; boundary=${BORDER}`)),
  },
];
