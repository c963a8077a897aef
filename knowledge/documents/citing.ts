/** Past answers that cited a page, and what of them a new text no longer says. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { Answer, Citation } from '../answering/question.ts';

export interface CitingAnswer {
  id: string;
  question: string;
  lang: string;
  at: string;
  citations: Citation[];
  /** Somebody said that it did not help. */
  complaint: boolean;
}

/** Of what an edit touches; the time that an answer is remembered by default. */
export const CITING_DAYS = 90;
const PAGE = 2_000;

/** Newest first, of the last 90 days. Reads answers by the day, a few thousand at a time, and lets others work in between. */
export async function* answersCiting(database: Database, documentId: string, now: Date): AsyncGenerator<CitingAnswer> {
  const since = new Date(now.getTime() - CITING_DAYS * 86_400_000).toISOString();
  const mark = `%"documentId":${JSON.stringify(documentId)}%`;
  let before = '9';
  for (;;) {
    const rows = await database.read
      .selectFrom('answer')
      .leftJoin('feedback', (join) => join.onRef('feedback.answer_id', '=', 'answer.id').on('feedback.vote', '=', 'down'))
      .select(['answer.id', 'answer.question', 'answer.lang', 'answer.created_at', 'answer.outcome', 'feedback.id as complaint'])
      .select((builder) => builder('answer.json', 'like', mark).as('cites'))
      .where('answer.created_at', '>=', since)
      .where('answer.created_at', '<', before)
      .orderBy('answer.created_at', 'desc')
      .limit(PAGE)
      .execute();
    for (const { id, question, lang, created_at: at, outcome, cites, complaint } of rows) {
      if (outcome !== 'answered' || !cites) continue;
      const row = await database.read.selectFrom('answer').select('json').where('id', '=', id).executeTakeFirst();
      const citations = row ? (JSON.parse(row.json) as Answer).citations.filter((one) => one.documentId === documentId) : [];
      yield { id, question, lang, at, citations, complaint: complaint !== null };
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    before = last.created_at;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export interface TouchedAnswer {
  id: string;
  question: string;
  at: string;
  /** Quotations that the new text holds no more. */
  lost: string[];
}

const MOST = 1_000;

/** Answers that quoted what `text` no longer says; '' = all that quoted the page. At most 1,000. */
export async function touchedAnswers(database: Database, documentId: string, text: string, now: Date): Promise<TouchedAnswer[]> {
  const said = plain(text);
  const touched: TouchedAnswer[] = [];
  for await (const { id, question, at, citations } of answersCiting(database, documentId, now)) {
    const lost = citations.map(({ quote }) => quote).filter((quote) => !said.includes(plain(quote)));
    if (lost.length > 0) touched.push({ id, question, at, lost });
    if (touched.length >= MOST) break;
  }
  return touched;
}

/** A line that breaks elsewhere says the same. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
