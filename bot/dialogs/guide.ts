/** Something happens in a life: the steps in order as a checklist, with terms counted from the person's date, each with the words it rests on. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Citation } from '../../knowledge/answering/question.ts';
import { asks, plain } from '../conversation/filling/control.ts';
import { emptyForm, field, type Form } from '../conversation/filling/form.ts';
import { askAgain, fillIn } from '../conversation/filling.ts';
import type { Speaker, TurnResult } from '../conversation/speaker.ts';
import { mayHold } from '../../knowledge/languages/reading/sieve.ts';
import { dueOn, type Guide } from '../office/guides.ts';
import { readAction } from './booking/action.ts';
import { addDays, localNow } from './dates/calendar.ts';
import { dayInWords, type ErrandDialog, type ErrandParts, inEveryLanguage, reply, speak, stageOf, type Turn, turnOf } from './errand.ts';
import { dayIn } from './guide/day.ts';

export const GUIDE = 'guide';
/** Something so long ago or so far ahead is a slip of the pen. */
const LONGEST_DAYS = 2 * 366;

export interface GuideParts extends ErrandParts {
  guides: Guide[];
  /** The published passage that holds these words on that day; null when there is none any more. */
  cite(documentId: string, quote: string, at: string): Promise<Citation | null>;
}

export function createGuide(parts: GuideParts): ErrandDialog {
  const { guides } = parts;
  const titles = guides.map((guide) => ({
    guide,
    offers: new Set(inEveryLanguage((lang) => (key) => parts.speech(lang)(key, { title: guide.title }), 'guideOffer')),
  }));

  const pressed = (text: string): Guide | undefined => titles.find(({ offers }) => offers.has(text))?.guide;
  // Every message is looked at: their words are made plain once.
  const words = guides.flatMap((guide) => guide.words.map((word) => ({ guide, word: ` ${plain(word)} ` })));
  const mayName = mayHold(words.map(({ word }) => word.trim()));
  const named = (text: string): Guide | undefined => {
    const said = plain(text);
    return mayName(said) ? words.find(({ word }) => ` ${said} `.includes(word))?.guide : undefined;
  };

  const formOf = (guide: Guide): Form => ({
    name: guide.id,
    fields: [
      field<string>({
        name: 'day',
        schema: z.string(),
        read({ text, now, say }, open) {
          if (open && text === say('guideNoDay')) return { kind: 'value', value: '' };
          const date = dayIn(text, localNow(now, 'Europe/Rome').today, now);
          return date ? { kind: 'value', value: date } : { kind: 'none' };
        },
        async check(value, { now, say }) {
          const { today } = localNow(now, 'Europe/Rome');
          const near = value === '' || (value >= addDays(today, -LONGEST_DAYS) && value <= addDays(today, LONGEST_DAYS));
          return near ? { kind: 'ok', value } : { kind: 'refused', note: say('guideFarDay') };
        },
        ask: ({ say }) => ({ text: say('guideAskDay', { ask: guide.ask }), choices: [say('guideNoDay')] }),
        label: ({ say }) => say('waitDays'),
        show: (value, { lang }) => (value ? dayInWords(value, lang) : null),
      }),
    ],
    refusal: 'change',
    confirm: () => ({ before: '', after: '', choices: [] }),
  });

  const take: Speaker = async (message, conversation) => {
    const turn = turnOf(parts, GUIDE, message, conversation);
    const stage = stageOf(conversation, GUIDE);
    const running = stage?.stage === 'form' || stage?.stage === 'paused' ? stage.form : null;
    const guide = guides.find(({ id }) => id === running?.form) ?? pressed(message.text) ?? named(message.text);
    if (!guide) return reply(turn, [turn.say('formNotUnderstood')], [turn.say('person')], null);
    const form = formOf(guide);
    const state = running ?? emptyForm(guide.id, randomUUID());
    const filled =
      stage?.stage === 'form'
        ? await fillIn(form, state, turn.heard)
        : pressed(message.text) || running
          ? await askAgain(form, state, turn.heard)
          : await fillIn(form, state, { ...turn.heard, opening: true });
    return speak(turn, parts.ask, filled, {
      left: 'guideLeft',
      back: 'guideBackTo',
      ready: ({ values }) => checklist(turn, guide, String(values['day'] ?? '')),
    });
  };

  async function checklist(turn: Turn, guide: Guide, date: string): Promise<TurnResult> {
    const { say, lang } = turn;
    const { today } = localNow(turn.heard.now, 'Europe/Rome');
    const found = await Promise.all(
      guide.steps.map(async (step) => ({ step, citation: await parts.cite(step.cite.document, step.cite.quote, today) })),
    );
    const citations: Citation[] = [];
    const lines: string[] = [];
    for (const { step, citation } of found) {
      if (!citation) continue;
      const position = citations.length + 1;
      citations.push({ ...citation, position });
      const due = date ? dueOn(step, date) : null;
      const term = due === null ? '' : ` ${say(due < today ? 'guideLate' : 'guideDue', { day: dayInWords(due, lang) })}`;
      const bring = step.bring.length > 0 ? ` ${say('guideBring', { what: step.bring.join('; ') })}` : '';
      lines.push(`${position}. ☐ **${step.title}.**${term} ${say('guideOffice', { office: step.office })}${bring} [${position}]`);
    }
    if (lines.length === 0) return reply(turn, [say('guideNone')], [say('person')], null);
    const dated = date !== '' && found.some(({ step, citation }) => citation && step.due);
    const missing = citations.length < found.length ? say('guideMissing') : '';
    const calendar = dated
      ? say('guideCalendar', { url: `/guides/${guide.id}.ics?date=${date}${lang === 'it' ? '' : `&lang=${lang}`}` })
      : '';
    const said = [say('guideHead', { title: guide.title }), lines.join('\n'), missing, calendar];
    const result = reply(turn, said, [say('bookOffer'), say('person')], null);
    const [first] = result.replies;
    return first ? { ...result, replies: [{ ...first, citations }] } : result;
  }

  return {
    name: GUIDE,
    takes(message, conversation) {
      const { text } = message;
      if (stageOf(conversation, GUIDE)?.stage === 'form' || pressed(text)) return true;
      // A question is answered first, and what people came to book is booked.
      return !text.includes('?') && named(text) !== undefined && asks(text) !== 'sure' && readAction(text) === null;
    },
    take,
    offers({ text }, say) {
      const guide = named(text);
      return guide ? say('guideOffer', { title: guide.title }) : null;
    },
  };
}
