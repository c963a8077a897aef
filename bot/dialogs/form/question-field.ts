/** A question of a service's form as a field of the conversation. */
import { z } from 'zod';
import { asks, onlyAsks, plain } from '../../conversation/filling/control.ts';
import { field, type Field } from '../../conversation/filling/form.ts';
import { filesAnswer, filesIn, isDone, kindsNamed, namesOf } from '../../office/attached.ts';
import { applies, checkAnswer, type Question, shownAnswer } from '../../office/request-forms.ts';
import { localNow } from '../dates/calendar.ts';
import { steers } from '../errand.ts';

export const questionField = (one: Question): Field => (one.type === 'attachment' ? filesField(one) : writtenField(one));

const common = (one: Question) => ({
  name: one.id,
  schema: z.string(),
  ...(one.when && { needs: [one.when.question], applies: (values: Record<string, unknown>) => applies(one, values) }),
  label: () => one.label,
  called: new RegExp(`\\b${plain(one.label).split(' ')[0]}\\b`, 'i'),
  show: (value: string) => shownAnswer(one, value) || null,
});

const writtenField = (one: Question): Field =>
  field<string>({
    ...common(one),
    read({ text, now, say }, open) {
      if (!open) return { kind: 'none' };
      if (!one.required && text === say('reportSkip')) return { kind: 'value', value: '' };
      const free = one.type === 'text' || one.type === 'longtext';
      // "Si paga ogni anno?" begins like a yes.
      if (one.type === 'yes_no' && onlyAsks(text)) return { kind: 'none' };
      if (free && (asks(text) === 'sure' || text.includes('?') || steers(text))) return { kind: 'none' };
      const checked = checkAnswer(one, text, localNow(now, 'Europe/Rome').today);
      if ('value' in checked) return { kind: 'value', value: checked.value };
      // A question, or a word to the form, is no wrong answer.
      return asks(text) === 'sure' || text.includes('?') || (one.type !== 'yes_no' && steers(text))
        ? { kind: 'none' }
        : { kind: 'wrong', text: checked.wrong };
    },
    ask: ({ say }) => ({
      text: `**${one.ask}**`,
      choices: [...(one.type === 'yes_no' ? ['Sì', 'No'] : one.options), ...(one.required ? [] : [say('reportSkip')])],
    }),
  });

const NO_MORE = /^(?:basta|fatto|finito|ho finito|e tutto|tutto qui|avanti|nessun altro|no|done|that s all|fertig|c est tout|listo)\b/;
const NONE = /^(?:no|salta|nessun[oa]?|niente|senza|non (?:ce l ho|ne ho|ho)|skip|none|keine?|sans|aucun|ningun[oa]?)\b/;

/** Files arrive as proposals (files.ts reads attachments); here only "that is all" and "none" are heard. */
const filesField = (one: Question): Field =>
  field<string>({
    ...common(one),
    read({ text, values, say }, open) {
      if (!open) return { kind: 'none' };
      const files = filesIn(values[one.id]);
      if (files.length > 0)
        return text === say('formFilesDone') || NO_MORE.test(plain(text))
          ? { kind: 'value', value: filesAnswer(files, true) }
          : { kind: 'none' };
      return !one.required && (text === say('reportSkip') || NONE.test(plain(text))) ? { kind: 'value', value: '' } : { kind: 'none' };
    },
    async check(value, { say }) {
      const files = filesIn(value);
      if (isDone(value) || files.length >= one.files)
        return { kind: 'ok', value: files.length > 0 ? filesAnswer(files.slice(0, one.files), true) : '' };
      const text = say('formMoreFiles', { names: namesOf(files), most: String(one.files) });
      return { kind: 'more', value, ask: { text, choices: [say('formFilesDone')] } };
    },
    ask: ({ say }) => ({
      text: `**${one.ask}**\n\n${say('formFileHint', { kinds: kindsNamed(one), most: String(one.files), megabytes: String(one.megabytes) })}`,
      choices: one.required ? [] : [say('reportSkip')],
    }),
  });
