/** /forms/{id}: a service's form without JavaScript: filled in, read back, sent once, a case with its number. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Cases } from '../../connectors/cases/contract.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import { draftCodeIn, type FormDrafts } from '../office/form-drafts.ts';
import { receiptPdf } from '../office/receipt.ts';
import { filesAnswer, filesIn } from '../office/attached.ts';
import type { CaseFiles } from '../office/case-files.ts';
import { type Answers, applies, checkAnswer, filesAsked, type RequestForm, requestOf } from '../office/request-forms.ts';
import { readFormPost, takeFiles } from './form-post.ts';
import type { Limit } from './limits.ts';
import { builtPages, document } from './pages/document.ts';
import { type Frame, formPage, reviewPage, savedPage, sentPage } from './pages/request-form.ts';
import { Refusal, type Route, type RouteReply } from './route.ts';

export interface RequestFormParts {
  database: Database;
  forms: RequestForm[];
  drafts: FormDrafts;
  cases: Cases;
  files: CaseFiles;
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

  const keyOf = (key: string) => `page:${key}`;

  /** Files are what we keep under the key, whatever the page says of them. */
  async function withFiles(form: RequestForm, key: string, sent: Record<string, string>): Promise<Record<string, string>> {
    const asked = form.questions.filter(({ type }) => type === 'attachment');
    if (asked.length === 0) return sent;
    const kept = await parts.files.under(keyOf(key));
    const of = (id: string) => kept.filter(({ question }) => question === id).map(({ question: _, ...file }) => file);
    return { ...sent, ...Object.fromEntries(asked.map(({ id }) => [id, of(id).length > 0 ? filesAnswer(of(id), true) : ''])) };
  }

  /** Files of questions that no longer apply. */
  async function dropUnasked(form: RequestForm, key: string, answers: Answers): Promise<void> {
    const asked = filesAsked(form, answers).map(({ id }) => id);
    const kept = await parts.files.under(keyOf(key));
    await parts.files.drop(
      keyOf(key),
      kept.filter(({ question }) => !asked.includes(question)).map(({ id }) => id),
    );
  }

  /** What was written so far, right or wrong; a new code the first time. */
  async function save(
    form: RequestForm,
    known: string,
    sent: Record<string, string>,
    { ip, key }: { ip: string; key: string },
  ): Promise<RouteReply> {
    await parts.sends(ip);
    const answers: Answers = {};
    for (const { id } of form.questions) if (sent[id]?.trim()) answers[id] = sent[id];
    const code = known || parts.drafts.newCode();
    await parts.database.write(async (tx) => {
      await parts.drafts.save(tx, code, { form: form.id, answers }, null);
      await parts.files.keepLonger(tx, keyOf(key));
    });
    return shown(savedPage(frame, form, code));
  }

  async function resume(form: RequestForm, code: string, ip: string): Promise<RouteReply> {
    await parts.sends(ip);
    const found = code ? await parts.drafts.read(code) : null;
    const its = parts.forms.find(({ id }) => id === found?.form);
    if (found && its) {
      const key = randomUUID();
      for (const { id } of filesAsked(its, found.answers)) await parts.files.copy(keyOf(key), id, filesIn(found.answers[id]), null);
      return shown(formPage(frame, its, { key, answers: await withFiles(its, key, found.answers), wrong: {}, draft: code }));
    }
    const wrong = { draft: 'Non c’è un modulo salvato con questo codice: forse è scaduto o è già stato inviato.' };
    return shown(formPage(frame, form, { key: randomUUID(), answers: {}, wrong }), 404);
  }

  return [
    {
      method: 'get',
      path: '/forms/:id/receipt.pdf',
      permission: 'public',
      file: true,
      page: true,
      summary: 'The receipt of a request as PDF, for whoever has the key under which it was sent',
      async handle({ params, query }) {
        const form = the(params['id']);
        const key = z.uuid().safeParse(query.get('key')).data;
        // Sent on the page or in the chat.
        const keys = key ? [keyOf(key), key] : [];
        const found = await Promise.all(keys.map((one) => parts.cases.lookup(one)));
        const made = found.find(({ kind }) => kind === 'ok');
        if (made?.kind !== 'ok') throw new Refusal(404, 'NotFound', 'Questa ricevuta non c’è.');
        const files = (await Promise.all(keys.map((one) => parts.files.under(one)))).flat();
        const headers = {
          'content-type': 'application/pdf',
          'content-disposition': `attachment; filename="ricevuta-${made.value.number}-${made.value.year}.pdf"`,
          'cache-control': 'private, no-store',
          'x-content-type-options': 'nosniff',
        };
        return { status: 200, headers, body: receiptPdf(form, made.value, parts.bodyName(), files) };
      },
    },
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
      summary: 'Checks a form, reads it back, and with step=send opens the case',
      body: 'raw',
      async handle({ params, raw, ip }) {
        const form = the(params['id']);
        const post = await readFormPost(raw);
        const key = z.uuid().safeParse(post.fields['key']).data ?? randomUUID();
        const draft = draftCodeIn(post.fields['draft'] ?? '') ?? '';
        const { step } = post.fields;
        if (step === 'resume') return resume(form, draft, ip);
        if (post.files.length > 0) await parts.sends(ip);
        const unfit = await takeFiles(parts.files, form, keyOf(key), post);
        const sent = await withFiles(form, key, post.fields);
        if (step === 'save') return save(form, draft, sent, { ip, key });
        const checked = check(form, sent);
        const { answers } = checked;
        const wrong = { ...checked.wrong, ...unfit };
        if (Object.keys(wrong).length > 0) return shown(formPage(frame, form, { key, answers, wrong, draft }), 422);
        if (step === 'edit' || post.remove.length > 0) return shown(formPage(frame, form, { key, answers, wrong, draft }));
        if (step !== 'send') return shown(reviewPage(frame, form, { key, answers, problem: '', draft }));
        await parts.sends(ip);
        await dropUnasked(form, key, answers);
        const made = await parts.cases.open(requestOf(form, answers, parts.today()), `page:${key}`);
        if (made.kind === 'ok') {
          await parts.database.write(async (tx) => {
            if (draft) await parts.drafts.drop(tx, draft);
            await parts.files.sent(tx, keyOf(key), { ...made.value, fiscalCode: answers['codice_fiscale'] ?? '' });
          });
          return shown(sentPage(frame, form, { made: made.value, key, files: await parts.files.under(keyOf(key)) }));
        }
        const problem =
          made.kind === 'unknown'
            ? 'L’ufficio non ha risposto in tempo e non sappiamo se la richiesta è arrivata. Premi di nuovo «Invia»: non verrà registrata due volte.'
            : made.kind === 'invalid'
              ? `L’ufficio non accetta questi dati: ${Object.values(made.fields).join(' ')}`
              : 'In questo momento l’archivio delle pratiche non risponde: non è stato inviato niente. Riprova tra poco.';
        return shown(reviewPage(frame, form, { key, answers, problem, draft }), made.kind === 'invalid' ? 422 : 503);
      },
    },
  ];
}
