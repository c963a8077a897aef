/** News for many over REST: everybody of the staff reads them, editors, supervisors and administrators write and end them. */
import { z } from 'zod';
import { Refusal, type Role, type Route, type Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import { KINDS, type Newsroom } from './news.ts';

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

export function noticeRoutes({ newsroom, now = Date.now }: { newsroom: Newsroom; now?: () => number }): Route[] {
  const state = () => ({ notices: newsroom.list().filter(({ kind }) => kind !== 'ended') });
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
