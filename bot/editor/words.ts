/** The editors' own additions to the lexicon. */
import { z } from 'zod';
import { addWord, removeWord } from '../../knowledge/documents/own-words.ts';
import { Refusal, type Route } from '../http/route.ts';
import type { EditorParts } from './parts.ts';
import { audit, EDITORS, editorOf, notFound, READERS } from './permit.ts';

const wordSchema = z.object({
  everyday: z.string().trim().min(2).max(100),
  official: z.string().trim().min(2).max(100),
  lang: z
    .string()
    .regex(/^[a-z]{2}$/)
    .default('it'),
});
const MOST = 1_000;

export function wordRoutes({ database, knowledge }: EditorParts): Route[] {
  return [
    {
      method: 'get',
      path: '/api/words',
      permission: READERS,
      summary: 'Words that editors added: what people say, beside what the pages write',
      async handle() {
        return { status: 200, body: { words: knowledge.words.list() } };
      },
    },
    {
      method: 'post',
      path: '/api/words',
      permission: EDITORS,
      summary: 'Questions that say `everyday` are from now on read as asking for `official`; `pages` = how many write it',
      body: wordSchema,
      async handle(request) {
        const staff = editorOf(request);
        const word = request.body as z.infer<typeof wordSchema>;
        const known = knowledge.words.list();
        if (known.length >= MOST) throw new Refusal(409, 'TooMany', `Ci sono già ${MOST} parole.`);
        const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
        if (known.some(({ everyday, official }) => same(everyday, word.everyday) && same(official, word.official)))
          throw new Refusal(409, 'Known', 'Queste due parole sono già collegate.');
        const id = await database.write(async (tx) => {
          const added = await addWord(tx, word, staff.id);
          await audit(tx, staff, 'words.add', added, word);
          return added;
        });
        await knowledge.words.load();
        return { status: 201, body: { id, pages: knowledge.words.pagesThatSay(word) } };
      },
    },
    {
      method: 'delete',
      path: '/api/words/:id',
      permission: EDITORS,
      summary: 'Takes a pair of words away',
      async handle(request) {
        const staff = editorOf(request);
        const id = request.params['id'] ?? '';
        await database.write(async (tx) => {
          if (!(await removeWord(tx, id))) throw notFound('Questa coppia di parole non c’è.');
          await audit(tx, staff, 'words.remove', id, {});
        });
        await knowledge.words.load();
        return { status: 200, body: {} };
      },
    },
  ];
}
