/** Doors of the waiting room: the totem, the display, and the clerk who calls. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Lines } from '../../connectors/lines/contract.ts';
import type { Answer } from '../../knowledge/answering/question.ts';
import { type Built, builtPages, document } from '../http/pages/document.ts';
import { staffPage } from '../http/pages.ts';
import type { Limit } from '../http/limits.ts';
import { Refusal, type Role, type Route, type RouteReply, type Staff } from '../http/route.ts';
import type { Counter } from './counter.ts';
import { answerPage, arrivedPage, type Frame, kioskPage, problemPage, ticketPage } from './kiosk-page.ts';

export interface CounterRouteParts {
  counter: Counter;
  lines: Lines;
  answer(question: string): Promise<Answer>;
  /** As it is now. */
  bodyName(): string;
  /** Per address: codes tried, and tickets taken. A totem is one address for everybody. */
  guess: Limit;
  takes: Limit;
}

const CLERKS: Role[] = ['agent', 'supervisor', 'administrator'];
const LONGEST_QUESTION = 1_000;
const DOWN = 'In questo momento le file agli sportelli non rispondono. Chiedi a un addetto.';

const calling = z.object({ lines: z.array(z.string().max(80)).min(1).max(100), counter: z.string().trim().min(1).max(80) });

export async function counterRoutes(parts: CounterRouteParts): Promise<Route[]> {
  const { counter, lines } = parts;
  const { manifest } = await builtPages();
  const frame: Frame = {
    get bodyName() {
      return parts.bodyName();
    },
    style: manifest['counter/kiosk.css']?.file ?? '',
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
        const question = (query.get('q') ?? '').trim().slice(0, LONGEST_QUESTION);
        if (question) return shown(answerPage(frame, question, await parts.answer(question)));
        const listed = await lines.lines();
        return shown(kioskPage(frame, { lines: listed.kind === 'ok' ? listed.value : [], key: randomUUID(), problem: '' }));
      },
    },
    {
      ...post,
      path: '/counter/kiosk/ticket',
      summary: 'Takes a ticket at the totem',
      body: z.object({ line: z.string().max(80), key: z.uuid() }),
      async handle({ body, ip }) {
        await parts.takes(ip);
        const { line, key } = body as { line: string; key: string };
        const taken = await lines.take(line, `kiosk:${key}`);
        if (taken.kind === 'ok') return shown(ticketPage(frame, taken.value));
        const closed = taken.kind === 'not_allowed' || taken.kind === 'not_found' || taken.kind === 'invalid';
        return shown(
          problemPage(frame, closed ? 'Questo sportello ora è chiuso: non si possono prendere numeri.' : DOWN),
          closed ? 409 : 503,
        );
      },
    },
    {
      ...post,
      path: '/counter/kiosk/check-in',
      summary: 'Says at the totem that one is here for an appointment',
      body: z.object({ code: z.string().max(12), fact: z.string().max(120) }),
      async handle({ body, ip }) {
        await parts.guess(ip);
        const { code, fact } = body as { code: string; fact: string };
        const arrived = await counter.arrive(code, fact);
        if (arrived.kind === 'ok') return shown(arrivedPage(frame, arrived.value));
        if (arrived.kind === 'not_allowed')
          return shown(problemPage(frame, 'Questo appuntamento non è per oggi, oppure è stato disdetto.'), 409);
        if (arrived.kind !== 'not_found')
          return shown(problemPage(frame, 'In questo momento l’agenda non risponde. Chiedi a un addetto.'), 503);
        return shown(
          problemPage(frame, 'Non trovo nessun appuntamento con questo codice e questo dato insieme. Ricontrolla tutti e due.'),
          404,
        );
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
        return { status: 200, body: { called: await counter.next(wanted.lines, wanted.counter) } };
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
