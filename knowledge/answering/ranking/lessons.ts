/** What a collection's own editors and citizens have said is right, as questions to learn a ranking from. */
import type { Database } from '../../../connectors/databases/contract.ts';
import type { Answer, Passage } from '../question.ts';

export interface Lesson {
  question: string;
  lang: string;
  /** Passages that answer it, in force now. */
  passages: string[];
  /** Its page: never split between learning and proof. */
  documentId: string;
}

const DAYS = 90;
const MOST = 3_000;

/** Test questions (with a place in the page), curated answers, and answers citizens found useful; the same question once. */
export async function readLessons(database: Database, inForce: Map<string, Passage>, now: Date): Promise<Lesson[]> {
  const byPage = Map.groupBy(inForce.values(), ({ documentId }) => documentId);
  const lessons = new Map<string, Lesson>();
  const add = (question: string, lang: string, documentId: string, passages: string[]) => {
    const key = `${lang} ${question.toLowerCase().replace(/\s+/g, ' ').trim()}`;
    const known = passages.filter((id) => inForce.has(id));
    if (known.length > 0 && !lessons.has(key) && lessons.size < MOST) lessons.set(key, { question, lang, documentId, passages: known });
  };
  const tests = await database.read.selectFrom('document_test').selectAll().where('kind', '=', 'cites').orderBy('created_at').execute();
  for (const { question, lang, document_id, anchor } of tests) {
    // Without a place any passage of the page would do, which teaches only which page it is.
    const passages = (byPage.get(document_id) ?? []).filter((passage) => anchor === null || passage.anchor.startsWith(anchor));
    add(
      question,
      lang,
      document_id,
      passages.map(({ id }) => id),
    );
  }
  for (const { question, phrasings, lang, document_id, quote } of await database.read.selectFrom('curated_answer').selectAll().execute()) {
    const passages = (byPage.get(document_id) ?? []).filter(({ text }) => text.includes(quote)).map(({ id }) => id);
    for (const words of [question, ...(JSON.parse(phrasings) as string[])]) add(words, lang, document_id, passages);
  }
  const since = new Date(now.getTime() - DAYS * 86_400_000).toISOString();
  const useful = await database.read
    .selectFrom('answer')
    .innerJoin('feedback', 'feedback.answer_id', 'answer.id')
    .select(['answer.question', 'answer.lang', 'answer.json'])
    .where('feedback.vote', '=', 'up')
    .where('answer.outcome', '=', 'answered')
    .where('answer.created_at', '>=', since)
    .orderBy('answer.created_at', 'desc')
    .limit(MOST)
    .execute();
  for (const { question, lang, json } of useful) {
    const citations = (JSON.parse(json) as Partial<Answer>).citations ?? [];
    const [first] = citations;
    if (question && first)
      add(
        question,
        lang,
        first.documentId,
        citations.map(({ passageId }) => passageId),
      );
  }
  return [...lessons.values()];
}
