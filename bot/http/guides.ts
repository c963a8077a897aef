/** GET /guides/{id}.ics?date=YYYY-MM-DD: a guide's terms counted from a date, for one's own calendar. It says nothing of anybody. */
import { guideCalendar } from '../office/guide-calendar.ts';
import type { Guide } from '../office/guides.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import type { Route } from './route.ts';

export function guideRoute(parts: { guides: Guide[]; speech(lang: string): Say; languages: string[]; bodyName(): string }): Route {
  return {
    method: 'get',
    path: '/guides/:file',
    permission: 'public',
    file: true,
    summary: 'The terms of a life-event guide as iCalendar, counted from ?date=, in the words of ?lang=',
    async handle({ params, query, origin }) {
      const id = /^([a-z0-9-]{1,40})\.ics$/.exec(params['file'] ?? '')?.[1];
      const guide = parts.guides.find((one) => one.id === id);
      const date = query.get('date') ?? '';
      const lang = parts.languages.find((code) => code === query.get('lang')) ?? parts.languages[0] ?? 'it';
      const real = /^(19|20)\d\d-\d\d-\d\d$/.test(date) && new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) === date;
      if (!guide || !real)
        return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'Questa guida non c’è, o manca la data.\n' };
      return {
        status: 200,
        headers: {
          'content-type': 'text/calendar; charset=utf-8',
          'content-disposition': `attachment; filename="${guide.id}.ics"`,
          'cache-control': 'no-store',
        },
        body: guideCalendar(guide, date, {
          say: parts.speech(lang),
          bodyName: parts.bodyName(),
          url: `${origin}/`,
          now: new Date().toISOString(),
        }),
      };
    },
  };
}
