/** The human-checked sample: answers drawn at random, judged by two people who do not see each other's verdict, and kept as evaluation questions. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Answer, Citation } from '../../knowledge/answering/question.ts';
import { Refusal } from '../http/route.ts';
import { redact } from '../privacy/redact.ts';
import { type Agreement, cohenKappa } from './kappa.ts';
import { number } from './sql.ts';
import type { Period } from './table.ts';

export const VERDICTS = ['right', 'partly', 'wrong'] as const;
export type Verdict = (typeof VERDICTS)[number];
/** Two people look at each answer. */
const REVIEWERS = 2;
const MOST = 200;

export interface Sampled {
  id: string;
  week: string;
  question: string;
  lang: string;
  outcome: string;
  text: string;
  citations: Pick<Citation, 'position' | 'title' | 'url' | 'quote'>[];
  verdicts: number;
  mine: Verdict | null;
  /** The other's, once mine is given; null before, or when there is none. */
  other: Verdict | null;
}

/** Draws until the week (`from` Monday … `to` Sunday of the period) has `size`; resolves with how many are new. Every answer of the week is equally likely. */
export async function draw(
  database: Database,
  week: string,
  { start, end }: Pick<Period, 'start' | 'end'>,
  size: number,
  now: Date,
): Promise<number> {
  return database.write(async (tx) => {
    const have = await tx
      .selectFrom('quality_sample')
      .select((builder) => builder.fn.countAll<number>().as('n'))
      .where('week', '=', week)
      .executeTakeFirstOrThrow();
    const missing = size - Number(have.n);
    if (missing <= 0) return 0;
    const answers = await tx
      .selectFrom('answer')
      .leftJoin('quality_sample', 'quality_sample.answer_id', 'answer.id')
      .select('answer.id')
      .where('answer.created_at', '>=', start)
      .where('answer.created_at', '<', end)
      // What the retention has emptied, and alarms, cannot be judged as answers.
      .where('answer.question', '!=', '')
      .where('answer.reason', '!=', 'emergency')
      .where('quality_sample.id', 'is', null)
      .orderBy(sql`random()`)
      .limit(missing)
      .execute();
    if (answers.length === 0) return 0;
    await tx
      .insertInto('quality_sample')
      .values(answers.map(({ id }) => ({ id: randomUUID(), answer_id: id, week, drawn_at: now.toISOString() })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return answers.length;
  });
}

/** The newest 200 of a week (or of all), masked, as one reviewer may see them. */
export async function listSample(database: Database, reviewer: string, week: string | null): Promise<Sampled[]> {
  const rows = await database.read
    .selectFrom('quality_sample')
    .innerJoin('answer', 'answer.id', 'quality_sample.answer_id')
    .select(['quality_sample.id', 'quality_sample.week', 'answer.question', 'answer.lang', 'answer.outcome', 'answer.json'])
    .where('answer.question', '!=', '')
    .$if(week !== null, (query) => query.where('quality_sample.week', '=', week ?? ''))
    .orderBy('quality_sample.drawn_at', 'desc')
    .orderBy('quality_sample.id')
    .limit(MOST)
    .execute();
  const verdicts = await verdictsOf(
    database,
    rows.map(({ id }) => id),
  );
  return rows.map(({ id, week: of, question, lang, outcome, json }) => {
    const answer = JSON.parse(json) as Partial<Answer>;
    const given = verdicts.get(id) ?? [];
    const mine = given.find((one) => one.reviewer === reviewer)?.verdict ?? null;
    return {
      id,
      week: of,
      question: redact(question),
      lang,
      outcome,
      text: redact(answer.text ?? ''),
      citations: (answer.citations ?? []).map(({ position, title, url, quote }) => ({ position, title, url, quote })),
      verdicts: given.length,
      mine,
      other: mine ? (given.find((one) => one.reviewer !== reviewer)?.verdict ?? null) : null,
    };
  });
}

interface Given {
  reviewer: string;
  verdict: Verdict;
}

async function verdictsOf(database: Database, samples: string[]): Promise<Map<string, Given[]>> {
  const rows = await database.read
    .selectFrom('quality_verdict')
    .select(['sample_id', 'reviewer', 'verdict'])
    .where('sample_id', 'in', samples.length > 0 ? samples : [''])
    .orderBy('created_at')
    .execute();
  const found = new Map<string, Given[]>();
  for (const { sample_id, reviewer, verdict } of rows)
    found.set(sample_id, [...(found.get(sample_id) ?? []), { reviewer, verdict: verdict as Verdict }]);
  return found;
}

/** Throws Refusal 404, and 409 for a third person; one's own verdict may be changed until the second is there. */
export async function judge(
  database: Database,
  id: string,
  reviewer: string,
  verdict: Verdict,
  note: string | null,
  now: Date,
): Promise<void> {
  await database.write(async (tx) => {
    // The row is written to, so that two verdicts at once come one after the other.
    const sample = await tx
      .updateTable('quality_sample')
      .set((builder) => ({ week: builder.ref('week') }))
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst();
    if (!sample) throw new Refusal(404, 'NotFound', 'Questa risposta non è nel campione.');
    const given = await tx.selectFrom('quality_verdict').select('reviewer').where('sample_id', '=', id).execute();
    if (given.length >= REVIEWERS) throw new Refusal(409, 'AlreadyJudged', 'Due persone hanno già giudicato questa risposta.');
    const row = { verdict, note, created_at: now.toISOString() };
    await tx
      .insertInto('quality_verdict')
      .values({ sample_id: id, reviewer, ...row })
      .onConflict((conflict) => conflict.columns(['sample_id', 'reviewer']).doUpdateSet(row))
      .execute();
  });
}

export interface Checked extends Agreement {
  drawn: number;
  /** Judged by both, by verdict; where they differ, the harder one counts. */
  right: number;
  partly: number;
  wrong: number;
}

/** What the sample says of answers given in a period. */
export async function checked(database: Database, { start, end }: Pick<Period, 'start' | 'end'>): Promise<Checked> {
  const rows = await database.read
    .selectFrom('quality_sample')
    .innerJoin('answer', 'answer.id', 'quality_sample.answer_id')
    .leftJoin('quality_verdict', 'quality_verdict.sample_id', 'quality_sample.id')
    .select(['quality_sample.id', 'quality_verdict.verdict'])
    .where('answer.created_at', '>=', start)
    .where('answer.created_at', '<', end)
    .orderBy('quality_verdict.created_at')
    .execute();
  const bySample = new Map<string, string[]>();
  for (const { id, verdict } of rows) bySample.set(id, [...(bySample.get(id) ?? []), ...(verdict ? [verdict] : [])]);
  const pairs = [...bySample.values()].filter((list) => list.length === REVIEWERS) as [string, string][];
  const hardest = pairs.map((pair) => Math.max(...pair.map((verdict) => VERDICTS.indexOf(verdict as Verdict))));
  const count = (verdict: Verdict) => number(hardest.filter((at) => VERDICTS[at] === verdict).length);
  return { drawn: bySample.size, ...cohenKappa(pairs), right: count('right'), partly: count('partly'), wrong: count('wrong') };
}

/** Answers on which both agree, as lines for `npm run eval`: what was right must stay right, what was wrong is to be watched. Masked. */
export async function evaluationQuestions(
  database: Database,
): Promise<{ id: string; text: string; lang: string; relevant: string[]; verdict: Verdict; outcome: string }[]> {
  const rows = await database.read
    .selectFrom('quality_sample')
    .innerJoin('answer', 'answer.id', 'quality_sample.answer_id')
    .innerJoin('quality_verdict', 'quality_verdict.sample_id', 'quality_sample.id')
    .select(['quality_sample.id', 'answer.question', 'answer.lang', 'answer.outcome', 'answer.json'])
    .select([sql<string>`min(quality_verdict.verdict)`.as('verdict'), (builder) => builder.fn.countAll().as('n')])
    .where('answer.question', '!=', '')
    .groupBy(['quality_sample.id', 'answer.question', 'answer.lang', 'answer.outcome', 'answer.json'])
    .having(sql`min(quality_verdict.verdict)`, '=', sql`max(quality_verdict.verdict)`)
    .orderBy('quality_sample.id')
    .execute();
  return rows
    .filter(({ n }) => number(n) === REVIEWERS)
    .map(({ id, question, lang, outcome, json, verdict }) => {
      const { citations = [] } = JSON.parse(json) as Partial<Answer>;
      const relevant = verdict === 'right' ? [...new Set(citations.map(({ passageId }) => passageId))] : [];
      return { id, text: redact(question), lang, relevant, verdict: verdict as Verdict, outcome };
    });
}
