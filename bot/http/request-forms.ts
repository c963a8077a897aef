/** /forms/{id}: a service's form without JavaScript: filled in, read back, sent once, a case with its number. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Cases } from '../../connectors/cases/contract.ts';
import { type Answers, applies, checkAnswer, type RequestForm, requestOf } from '../office/request-forms.ts';
import type { Limit } from './limits.ts';
import { builtPages, document } from './pages/document.ts';
import { type Frame, formPage, reviewPage, sentPage } from './pages/request-form.ts';
import { Refusal, type Route, type RouteReply } from './route.ts';

export interface RequestFormParts {
  forms: RequestForm[];
  cases: Cases;
  /** As it is now. */
  bodyName(): string;
  today(): string;
  /** Per address. */
  sends: Limit;
}

export async function requestFormRoutes(parts: RequestFormParts): Promise<Route[]> {
  const { manifest } = await builtPages();
  const frame: Frame = {
    get bodyName() {
      return parts.bodyName();
    },
    style: manifest['shared/document.css']?.file ?? '',
  };
  const shown = (markup: Parameters<typeof document>[0], status = 200): RouteReply => {
    const reply = document(markup);
    return { ...reply, status, headers: { ...reply.headers, 'cache-control': 'no-store' } };
  };
  const the = (id: string | undefined): RequestForm => {
    const form = parts.forms.find((one) => one.id === id);
    if (!form) throw new Refusal(404, 'NotFound', 'Questo modulo non c’è.');
    return form;
  };

  /** Every answer checked; those of questions that do not apply are dropped. */
  function check(form: RequestForm, sent: Record<string, string>): { answers: Answers; wrong: Record<string, string> } {
    const answers: Answers = {};
    const wrong: Record<string, string> = {};
    for (const one of form.questions) {
      if (!applies(one, answers)) continue;
      const checked = checkAnswer(one, sent[one.id] ?? '', parts.today());
      answers[one.id] = 'value' in checked ? checked.value : (sent[one.id] ?? '');
      if ('wrong' in checked) wrong[one.id] = checked.wrong;
    }
    return { answers, wrong };
  }

  return [
    {
      method: 'get',
      path: '/forms/:id',
      permission: 'public',
      page: true,
      summary: 'A service’s form as a plain page',
      handle: async ({ params }) => shown(formPage(frame, the(params['id']), { key: randomUUID(), answers: {}, wrong: {} })),
    },
    {
      method: 'post',
      path: '/forms/:id',
      permission: 'public',
      page: true,
      form: true,
      summary: 'Checks a form, reads it back, and with step=send opens the case',
      body: z.record(z.string().max(60), z.string().max(4_000)),
      async handle({ params, body, ip }) {
        const form = the(params['id']);
        const sent = body as Record<string, string>;
        const key = z.uuid().safeParse(sent['key']).data ?? randomUUID();
        const { answers, wrong } = check(form, sent);
        if (Object.keys(wrong).length > 0) return shown(formPage(frame, form, { key, answers, wrong }), 422);
        if (sent['step'] === 'edit') return shown(formPage(frame, form, { key, answers, wrong }));
        if (sent['step'] !== 'send') return shown(reviewPage(frame, form, { key, answers, problem: '' }));
        await parts.sends(ip);
        const made = await parts.cases.open(requestOf(form, answers, parts.today()), `page:${key}`);
        if (made.kind === 'ok') return shown(sentPage(frame, form, made.value));
        const problem =
          made.kind === 'unknown'
            ? 'L’ufficio non ha risposto in tempo e non sappiamo se la richiesta è arrivata. Premi di nuovo «Invia»: non verrà registrata due volte.'
            : made.kind === 'invalid'
              ? `L’ufficio non accetta questi dati: ${Object.values(made.fields).join(' ')}`
              : 'In questo momento l’archivio delle pratiche non risponde: non è stato inviato niente. Riprova tra poco.';
        return shown(reviewPage(frame, form, { key, answers, problem }), made.kind === 'invalid' ? 422 : 503);
      },
    },
  ];
}
