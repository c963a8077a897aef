/** News for many over REST: everybody of the staff reads them, editors, supervisors and administrators write and end them. */
import { z } from 'zod';
import type { Database } from '../../connectors/databases/contract.ts';
import { Refusal, type Role, type Route, type Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import { previewOf, topicsAskedFor } from './audience.ts';
import { type NoticeHours, noticeHours } from './hours.ts';
import { KINDS, type Newsroom } from './news.ts';
import { sentOf } from './sent.ts';

const READERS: Role[] = ['agent', 'editor', 'supervisor', 'administrator'];
const WRITERS: Role[] = ['editor', 'supervisor', 'administrator'];
const LONGEST = 1_500;

const writing = z
  .object({
    kind: z.enum(KINDS),
    text: z.string().trim().min(5).max(LONGEST),
    texts: z.record(z.string().regex(/^[a-z]{2}$/), z.string().trim().min(1).max(LONGEST)).default({}),
    source: z.object({ title: z.string().trim().min(1).max(200), url: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]) }),
    topic: z.string().trim().toLowerCase().max(100).default(''),
    urgent: z.boolean().default(false),
    from: z.iso.datetime().optional(),
    until: z.iso.datetime().nullable().default(null),
  })
  .refine(({ kind, source }) => kind === 'campaign' || source.url !== '', {
    message: 'Un avviso o una rettifica mostra sempre la fonte.',
    path: ['source'],
  })
  .refine(({ kind, until }) => kind !== 'alert' || until !== null, { message: 'Un avviso ha sempre una fine.', path: ['until'] });

const previewing = z.object({ topic: z.string().trim().toLowerCase().max(100).default('') });
/** Older ones stand in the list without their counts. */
const COUNTED = 50;

export interface NoticeRouteParts {
  newsroom: Newsroom;
  database: Database;
  now?: () => number;
}

export function noticeRoutes({ newsroom, database, now = Date.now }: NoticeRouteParts): Route[] {
  const state = () => ({ notices: newsroom.list().filter(({ kind }) => kind !== 'ended'), hours: newsroom.hours.value() });
  return [
    {
      method: 'get',
      path: '/api/notices',
      permission: READERS,
      summary: 'Alerts, corrections and campaigns, newest first',
      handle: async () => ({ status: 200, body: state() }),
    },
    {
      method: 'post',
      path: '/api/notices',
      permission: WRITERS,
      summary:
        'Writes an alert, a correction or a campaign: told by day to who agreed; alerts and corrections also stand in greetings and before the next answer',
      body: writing,
      async handle({ body, staff }) {
        const { from, until, ...news } = body as z.infer<typeof writing>;
        const { id: by } = staff as Staff;
        // One way to write an instant: they are compared as text.
        const times = { from: new Date(from ?? now()).toISOString(), until: until && new Date(until).toISOString() };
        const id = await newsroom.write({ ...news, ...times }, by, (tx, subject) =>
          appendAudit(tx, { actor: by, action: 'notice.write', subject, detail: { kind: news.kind, topic: news.topic } }),
        );
        return { status: 201, body: { id } };
      },
    },
    {
      method: 'get',
      path: '/api/notices/sent',
      permission: READERS,
      summary: 'What became of the newest notices, by id and channel: told, waiting, delivered, read, failed and why',
      async handle() {
        const ids = state()
          .notices.slice(0, COUNTED)
          .map(({ id }) => id);
        return { status: 200, body: { sent: Object.fromEntries(await sentOf(database, ids)) } };
      },
    },
    {
      method: 'post',
      path: '/api/notices/preview',
      permission: WRITERS,
      summary: 'How many agreed to news of a topic (empty = all who agreed), by channel and language, and the topics asked for',
      body: previewing,
      async handle({ body }) {
        const { topic } = body as z.infer<typeof previewing>;
        return { status: 200, body: { ...(await previewOf(database, topic, now())), topics: await topicsAskedFor(database) } };
      },
    },
    {
      method: 'put',
      path: '/api/notices/hours',
      permission: ['supervisor', 'administrator'],
      summary: 'The hours in which the office writes unasked, and how much at a time in each channel; it counts at once',
      body: noticeHours,
      async handle({ body, staff }) {
        const hours = body as NoticeHours;
        const { id: actor } = staff as Staff;
        await newsroom.hours.save(hours, (tx) => appendAudit(tx, { actor, action: 'notice.hours', subject: 'notices', detail: hours }));
        return { status: 200, body: state() };
      },
    },
    {
      method: 'post',
      path: '/api/notices/:id/end',
      permission: WRITERS,
      summary: 'Ends an alert, a correction or a campaign; who was told of the first two is told that it holds no more',
      async handle({ params, staff }) {
        const { id: by } = staff as Staff;
        const id = params['id'] ?? '';
        const ended = await newsroom.end(id, by, (tx) => appendAudit(tx, { actor: by, action: 'notice.end', subject: id, detail: {} }));
        if (!ended) throw new Refusal(404, 'NotFound', 'Questo avviso non c’è, o è già finito.');
        return { status: 200, body: state() };
      },
    },
  ];
}
