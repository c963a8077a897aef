/** The sample over REST: drawn, judged, told how far two people agree, and exported. */
import { z } from 'zod';
import { addDays } from '../../connectors/bookings/zone.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Role, Route, Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import { periodOf } from './period.ts';
import { checked, draw, evaluationQuestions, judge, listSample, VERDICTS } from './sampling.ts';

const REVIEWERS: Role[] = ['editor', 'supervisor', 'administrator'];
const SIZE = 20;
const day = z.string().regex(/^20\d\d-\d\d-\d\d$/, 'un giorno come 2026-11-23');
const drawing = z.object({ day: day.optional(), size: z.number().int().min(1).max(200).default(SIZE) });
const judging = z.object({ verdict: z.enum(VERDICTS), note: z.string().trim().max(500).nullable().default(null) });

/** `2026-W48`, and its Monday and Sunday. */
export function weekOf(today: string): { week: string; from: string; to: string } {
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  const from = addDays(today, -weekday);
  const thursday = addDays(from, 3);
  const first = Date.parse(`${thursday.slice(0, 4)}-01-01T00:00:00Z`);
  const count = Math.floor((Date.parse(`${thursday}T00:00:00Z`) - first) / (7 * 86_400_000)) + 1;
  return { week: `${thursday.slice(0, 4)}-W${String(count).padStart(2, '0')}`, from, to: addDays(from, 6) };
}

export function samplingRoutes({ database, today }: { database: Database; today(): string }): Route[] {
  const who = (staff: Staff | null) => (staff as Staff).id;
  return [
    {
      method: 'get',
      path: '/api/quality',
      permission: REVIEWERS,
      summary:
        'The sample (?week=2026-W48, default all): question, answer and passages, my verdict, and the other’s once mine is given; agreement of the last 90 days',
      async handle({ staff, query }) {
        const period = periodOf(addDays(today(), -89), today());
        const [samples, agreement] = await Promise.all([listSample(database, who(staff), query.get('week')), checked(database, period)]);
        return { status: 200, body: { week: weekOf(today()).week, samples, agreement } };
      },
    },
    {
      method: 'post',
      path: '/api/quality/draw',
      permission: ['supervisor', 'administrator'],
      summary: 'Draw the sample of the week of `day` (default the last whole week) up to `size` answers, every answer equally likely',
      body: drawing,
      async handle({ body, staff }) {
        const { day: of, size } = body as z.infer<typeof drawing>;
        const { week, from, to } = weekOf(of ?? addDays(today(), -7));
        const drawn = await draw(database, week, periodOf(from, to), size, new Date());
        await database.write((tx) => appendAudit(tx, { actor: who(staff), action: 'quality.draw', subject: week, detail: { drawn } }));
        return { status: 200, body: { week, drawn } };
      },
    },
    {
      method: 'post',
      path: '/api/quality/:id/verdict',
      permission: REVIEWERS,
      summary: 'Judge an answer of the sample: right, partly, wrong; 409 once two people have',
      body: judging,
      async handle({ body, staff, params }) {
        const { verdict, note } = body as z.infer<typeof judging>;
        await judge(database, params['id'] ?? '', who(staff), verdict, note, new Date());
        return { status: 200, body: { verdict } };
      },
    },
    {
      method: 'get',
      path: '/api/quality/questions.jsonl',
      permission: REVIEWERS,
      summary:
        'Answers on which both agree, as lines for `npm run eval`: {id, text, lang, relevant, verdict, outcome}, personal data masked',
      async handle() {
        const lines = (await evaluationQuestions(database)).map((line) => `${JSON.stringify(line)}\n`);
        return {
          status: 200,
          headers: {
            'content-type': 'application/x-ndjson; charset=utf-8',
            'content-disposition': 'attachment; filename="campione.jsonl"',
          },
          body: lines.join(''),
        };
      },
    },
  ];
}
