/** A guide's terms as iCalendar: one all-day event a step that has one, with a reminder three days and a day before. */
import { lines, textOf } from '../../connectors/bookings/ics.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { dueOn, type Guide } from './guides.ts';

const REMINDERS = ['-P3D', '-P1D'];

/** The same guide and date give the same UIDs: taken in again they replace what is there. `now`: ISO UTC. */
export function guideCalendar(
  guide: Guide,
  date: string,
  { say, bodyName, url, now }: { say: Say; bodyName: string; url: string; now: string },
): string {
  const compact = (day: string) => day.replaceAll('-', '');
  const events = guide.steps.flatMap((step) => {
    const due = dueOn(step, date);
    if (!due) return [];
    const next = new Date(Date.parse(`${due}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    const bring = step.bring.length > 0 ? `\n${say('guideCalBring')}\n${step.bring.map((item) => `- ${item}`).join('\n')}` : '';
    return [
      'BEGIN:VEVENT',
      `UID:guida-${guide.id}-${step.id}-${compact(date)}@sportello`,
      `DTSTAMP:${now.replace(/[-:]|\.\d+/g, '')}`,
      `DTSTART;VALUE=DATE:${compact(due)}`,
      `DTEND;VALUE=DATE:${compact(next)}`,
      'TRANSP:TRANSPARENT',
      `SUMMARY:${textOf(say('guideCalDue', { title: step.title }))}`,
      `DESCRIPTION:${textOf(`${guide.title}\n${say('guideCalOffice', { office: step.office })}${bring}\n${url}`)}`,
      ...REMINDERS.flatMap((before) => [
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        `DESCRIPTION:${textOf(step.title)}`,
        `TRIGGER:${before}`,
        'END:VALARM',
      ]),
      'END:VEVENT',
    ];
  });
  return lines(
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//${textOf(bodyName)}//Sportello//IT`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${textOf(guide.title)}`,
    ...events,
    'END:VCALENDAR',
  );
}
