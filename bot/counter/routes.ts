/** Doors of the waiting room: the totem, the display, and the clerk who calls. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Lines } from '../../connectors/lines/contract.ts';
import type { Answer } from '../../knowledge/answering/question.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { type Built, builtPages, document } from '../http/pages/document.ts';
import { staffPage } from '../http/pages.ts';
import type { Limit } from '../http/limits.ts';
import { Refusal, type Role, type Route, type RouteReply, type Staff } from '../http/route.ts';
import type { Counter } from './counter.ts';
import { answerPage, arrivedPage, type Frame, kioskPage, problemPage, ticketPage } from './kiosk-page.ts';

export interface CounterRouteParts {
  counter: Counter;
  lines: Lines;
  /** `lang`: of the page. */
  answer(question: string, lang: string): Promise<Answer>;
  speech(lang: string): Say;
  /** Codes in use, the body's own first. */
  languages: string[];
  /** As it is now. */
  bodyName(): string;
  /** Per address: codes tried, and tickets taken. A totem is one address for everybody. */
  guess: Limit;
  takes: Limit;
}

const CLERKS: Role[] = ['agent', 'supervisor', 'administrator'];
const LONGEST_QUESTION = 1_000;
const DOWN = 'In questo momento le file agli sportelli non rispondono. Chiedi a un addetto.';

const calling = z.object({
  lines: z.array(z.string().max(80)).min(1).max(100),
  counter: z.string().trim().min(1).max(80),
  key: z.string().min(16).max(80).optional(),
});

export async function counterRoutes(parts: CounterRouteParts): Promise<Route[]> {
  const { counter, lines } = parts;
  const { manifest } = await builtPages();
  /** In a language we speak; else the body's own. */
  const frameIn = (asked: string | null | undefined): Frame => {
    const lang = parts.languages.find((code) => code === asked) ?? parts.languages[0] ?? 'it';
    const { languages } = parts;
    return { bodyName: parts.bodyName(), style: manifest['counter/kiosk.css']?.file ?? '', lang, say: parts.speech(lang), languages };
  };
  const shown = (markup: Parameters<typeof document>[0], status = 200): RouteReply => {
    const reply = document(markup);
    return { ...reply, status, headers: { ...reply.headers, 'cache-control': 'no-store' } };
  };
  const get = { method: 'get', permission: 'public', page: true } as const;
  const post = { method: 'post', permission: 'public', page: true, form: true } as const;

  /** Lines of the clerk's office; of every office for who has none. */
  async function linesOf(staff: Staff | null) {
    const listed = await lines.lines();
    if (listed.kind !== 'ok') throw new Refusal(503, 'Down', DOWN);
    return listed.value.filter(({ office }) => !staff?.office || office === staff.office);
  }

  return [
    {
      ...get,
      path: '/counter/kiosk',
      summary: 'The totem: a ticket, the arrival for an appointment, a question',
      async handle({ query }) {
        const frame = frameIn(query.get('lang'));
        const question = (query.get('q') ?? '').trim().slice(0, LONGEST_QUESTION);
        if (question) return shown(answerPage(frame, question, await parts.answer(question, frame.lang)));
        const listed = await lines.lines();
        return shown(kioskPage(frame, { lines: listed.kind === 'ok' ? listed.value : [], key: randomUUID(), problem: '' }));
      },
    },
    {
      ...post,
      path: '/counter/kiosk/ticket',
      summary: 'Takes a ticket at the totem',
      body: z.object({ line: z.string().max(80), key: z.uuid(), lang: z.string().max(5).optional() }),
      async handle({ body, ip }) {
        await parts.takes(ip);
        const { line, key, lang } = body as { line: string; key: string; lang?: string };
        const frame = frameIn(lang);
        const taken = await lines.take(line, `kiosk:${key}`);
        if (taken.kind === 'ok') return shown(ticketPage(frame, taken.value));
        const closed = taken.kind === 'not_allowed' || taken.kind === 'not_found' || taken.kind === 'invalid';
        return shown(problemPage(frame, frame.say(closed ? 'kioskLineClosed' : 'kioskDown')), closed ? 409 : 503);
      },
    },
    {
      ...post,
      path: '/counter/kiosk/check-in',
      summary: 'Says at the totem that one is here for an appointment',
      body: z.object({ code: z.string().max(12), fact: z.string().max(120), lang: z.string().max(5).optional() }),
      async handle({ body, ip }) {
        await parts.guess(ip);
        const { code, fact, lang } = body as { code: string; fact: string; lang?: string };
        const frame = frameIn(lang);
        const arrived = await counter.arrive(code, fact);
        if (arrived.kind === 'ok') return shown(arrivedPage(frame, arrived.value));
        if (arrived.kind === 'not_allowed') return shown(problemPage(frame, frame.say('kioskNotToday')), 409);
        if (arrived.kind !== 'not_found') return shown(problemPage(frame, frame.say('kioskAgenda')), 503);
        return shown(problemPage(frame, frame.say('kioskUnknown')), 404);
      },
    },
    {
      ...get,
      path: '/counter/display',
      summary: 'The waiting room’s screen: who is called where',
      handle: async () =>
        shown(staffPage(manifest['counter/display-main.ts'] as Built, 'counter-display', `Sala d’attesa · ${parts.bodyName()}`)),
    },
    {
      ...get,
      path: '/counter/clerk',
      summary: 'The page of a clerk at a counter, who calls the next',
      handle: async () => shown(staffPage(manifest['counter/clerk-main.ts'] as Built, 'counter-clerk', `Sportelli · ${parts.bodyName()}`)),
    },
    {
      method: 'get',
      path: '/api/counter/now',
      permission: 'public',
      summary: 'Who was called where, newest first, and how many wait in each open line',
      async handle() {
        const open = (await linesOf(null)).filter((line) => line.open);
        const states = await Promise.all(open.map(({ id }) => lines.now(id)));
        const waiting = states.flatMap((state) =>
          state.kind === 'ok' ? [{ line: state.value.line.name, waiting: state.value.waiting }] : [],
        );
        const called = (await counter.called()).map(({ label, counter: to, calledAt }) => ({ label, counter: to, calledAt }));
        return { status: 200, headers: { 'cache-control': 'no-store' }, body: { called, waiting } };
      },
    },
    {
      method: 'get',
      path: '/api/counter/lines',
      permission: CLERKS,
      summary: 'Lines of the clerk’s office with who waits, and people who are here for an appointment',
      async handle({ staff }) {
        const mine = await linesOf(staff);
        const arrived = await counter.arrived();
        const found = await Promise.all(
          mine.map(async ({ id, name, open }) => {
            const state = await lines.now(id);
            const { serving, waiting } = state.kind === 'ok' ? state.value : { serving: null, waiting: 0 };
            return { id, name, open, serving, waiting, arrived: arrived.filter(({ line }) => line === id) };
          }),
        );
        return { status: 200, body: { lines: found } };
      },
    },
    {
      method: 'post',
      path: '/api/counter/next',
      permission: CLERKS,
      summary: 'Calls the next person of these lines to a counter',
      body: calling,
      async handle({ body, staff }) {
        const wanted = body as z.infer<typeof calling>;
        const mine = new Set((await linesOf(staff)).map(({ id }) => id));
        if (wanted.lines.some((line) => !mine.has(line)))
          throw new Refusal(404, 'NotFound', 'Questa fila non esiste o è di un altro ufficio.');
        return { status: 200, body: { called: await counter.next(wanted.lines, wanted.counter, wanted.key) } };
      },
    },
    {
      method: 'post',
      path: '/api/counter/again',
      permission: CLERKS,
      summary: 'Calls once more somebody who did not come',
      body: z.object({ id: z.string().max(120) }),
      async handle({ body }) {
        const called = await counter.again((body as { id: string }).id);
        if (!called) throw new Refusal(404, 'NotFound', 'Questo numero non è stato chiamato oggi.');
        return { status: 200, body: { called } };
      },
    },
  ];
}
