/** The ranking learnt from the collection's own questions: tried, shown with its figures, adopted by click. */
import { Refusal, type Route } from '../http/route.ts';
import type { EditorParts } from './parts.ts';
import { audit, editorOf, READERS } from './permit.ts';

export function rankingRoutes({ database, knowledge, today }: EditorParts): Route[] {
  const { ranking } = knowledge;
  return [
    {
      method: 'get',
      path: '/api/ranking',
      permission: READERS,
      summary: 'How many questions there are to learn a ranking from, the last comparison, and whether a learnt ranking is at work',
      async handle() {
        return { status: 200, body: await ranking.state(today()) };
      },
    },
    {
      method: 'post',
      path: '/api/ranking/train',
      permission: ['supervisor', 'administrator'],
      summary: 'Learns a ranking and compares it with the hand-set one on pages it never saw; nothing changes yet. Some minutes',
      async handle(request) {
        const staff = editorOf(request);
        const { enough, training } = await ranking.state(today());
        if (training) throw new Refusal(409, 'Busy', 'Il confronto è già in corso.');
        if (!enough)
          throw new Refusal(
            409,
            'TooFew',
            'Servono almeno 60 domande su 10 pagine: domande di prova, risposte pronte o risposte giudicate utili.',
          );
        await database.write((tx) => audit(tx, staff, 'ranking.train', 'ranking', {}));
        // Minutes: whoever asked looks again (GET).
        void ranking.train(today()).catch(() => {});
        return { status: 202, body: {} };
      },
    },
    {
      method: 'post',
      path: '/api/ranking/adopt',
      permission: ['supervisor', 'administrator'],
      summary: 'Puts the learnt ranking to work; 409 unless the comparison says it is better',
      async handle(request) {
        const staff = editorOf(request);
        if (!(await ranking.adopt((tx, verdict) => audit(tx, staff, 'ranking.adopt', 'ranking', { ...verdict }))))
          throw new Refusal(409, 'NotBetter', 'Non c’è un ordinamento imparato che faccia meglio di quello di sempre.');
        return { status: 200, body: await ranking.state(today()) };
      },
    },
    {
      method: 'post',
      path: '/api/ranking/drop',
      permission: ['supervisor', 'administrator'],
      summary: 'Back to the ranking that comes with the program',
      async handle(request) {
        const staff = editorOf(request);
        await ranking.drop((tx) => audit(tx, staff, 'ranking.drop', 'ranking', {}));
        return { status: 200, body: await ranking.state(today()) };
      },
    },
  ];
}
