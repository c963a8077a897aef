/** The rating of the Comuni model: one to five stars, what went well or badly, words of one's own. What was given before leaving is kept. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Say } from '../../../knowledge/languages/speak.ts';
import { asks, plain, resumes, saysNo } from '../../conversation/filling/control.ts';
import { emptyForm, field, type Field, type Form, type FormState } from '../../conversation/filling/form.ts';
import { askAgain, fillIn } from '../../conversation/filling.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Effect, Speaker, TurnResult } from '../../conversation/speaker.ts';
import { redact } from '../../privacy/redact.ts';
import { type Ends, type ErrandDialog, type ErrandParts, inEveryLanguage, reply, speak, stageOf, type Turn, turnOf } from '../errand.ts';
import { wantsRating } from './wants.ts';

export const RATING = 'rating';
const ASPECTS = ['clear', 'complete', 'sure', 'technical', 'other'] as const;
/** Three stars and less ask what was hard, more what was good. */
const GOOD = 4;
const LONGEST = 1000;
const NUMBERS: RegExp[] = [
  /\b(?:un[ao]|one|eine?[rn]?|une?)\b/,
  /\b(?:due|two|zwei|deux|dos)\b/,
  /\b(?:tre|three|drei|trois|tres)\b/,
  /\b(?:quattro|four|vier|quatre|cuatro)\b/,
  /\b(?:cinque|five|funf|cinq|cinco)\b/,
];

export function createRating(parts: ErrandParts): ErrandDialog {
  const offered = new Set(inEveryLanguage(parts.speech, 'ratingOffer'));

  const formOf = (state: FormState): Form => ({
    name: RATING,
    fields: [starsField, aspectField(state), wordsField],
    refusal: 'cancel',
    confirm: () => ({ before: '', after: '', choices: [] }),
  });

  const take: Speaker = async (message, conversation) => {
    const turn = turnOf(parts, RATING, message, conversation);
    const stage = stageOf(conversation, RATING);
    const ends: Ends = { left: 'ratingLeft', back: 'ratingBackTo', ready: (state) => keep(turn, state) };
    if (stage?.stage === 'form') {
      const filled = await fillIn(formOf(stage.form), stage.form, turn.heard);
      if (filled.outcome === 'cancelled' && stage.form.values['stars'] !== undefined) return keep(turn, filled.state);
      // The stars decide what is asked next.
      const next = filled.outcome === 'asking' ? await askAgain(formOf(filled.state), filled.state, turn.heard, filled.notes) : filled;
      return speak(turn, parts.ask, next, ends);
    }
    const state =
      stage?.stage === 'paused' && resumes(message.text)
        ? stage.form
        : emptyForm(RATING, randomUUID(), { subject: subjectOf(conversation) });
    return speak(turn, parts.ask, await askAgain(formOf(state), state, turn.heard), ends);
  };

  function keep(turn: Turn, { values, key }: FormState): TurnResult {
    const row = {
      id: key,
      conversation_id: turn.conversation.id,
      subject: String(values['subject'] ?? 'answer'),
      stars: Number(values['stars']),
      aspect: (values['aspect'] as string | undefined) ?? null,
      text: values['words'] ? redact(String(values['words'])) : null,
      created_at: turn.message.receivedAt,
    };
    const store: Effect = async (tx) => {
      await tx
        .insertInto('rating')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    };
    return reply(turn, [turn.say('ratingThanks')], [], null, [store]);
  }

  return {
    name: RATING,
    takes({ text }, conversation) {
      const stage = stageOf(conversation, RATING);
      if (stage?.stage === 'form' || offered.has(text) || wantsRating(text)) return true;
      return stage?.stage === 'paused' && resumes(text);
    },
    take,
    offers: () => null,
  };
}

/** A dialog just ended, or the answers. */
const subjectOf = ({ state }: Conversation): string =>
  state.dialog && (state.dialog.data as { stage?: string } | null)?.stage === 'told' ? state.dialog.name : 'answer';

const starsField: Field = field<number>({
  name: 'stars',
  schema: z.number().int().min(1).max(5),
  read({ text }, open) {
    if (!open || asks(text) === 'sure') return { kind: 'none' };
    const drawn = (text.match(/[★⭐]/gu) ?? []).length;
    const digit = /(?<![\d.,])([1-5])(?![\d.,])/.exec(text.replace(/\/\s*5\b/, ''))?.[1];
    const word = NUMBERS.findIndex((number) => number.test(plain(text))) + 1;
    const stars = Number(digit ?? 0) || drawn || (plain(text).split(' ').length <= 3 ? word : 0);
    return stars >= 1 && stars <= 5 ? { kind: 'value', value: stars } : { kind: 'none' };
  },
  ask: ({ say, values }) => ({
    text: `**${say(values['subject'] === 'answer' ? 'ratingQuestion_answer' : 'ratingQuestion_service')}** ${say('ratingScale')}`,
    choices: [5, 4, 3, 2, 1].map((count) => `${count} ${'★'.repeat(count)}`),
  }),
  label: ({ say }) => say('ratingStars'),
  show: () => null,
});

function aspectField({ values }: FormState): Field {
  const branch = Number(values['stars'] ?? 0) >= GOOD ? 'liked' : 'hard';
  const choices = (say: Say) => ASPECTS.map((aspect) => say(aspect === 'other' ? 'ratingOther' : `rating_${branch}_${aspect}`));
  return field<string>({
    name: 'aspect',
    schema: z.enum(ASPECTS),
    needs: ['stars'],
    read({ text, say }, open) {
      const index = open ? choices(say).findIndex((choice) => plain(choice) === plain(text)) : -1;
      return index >= 0 ? { kind: 'value', value: ASPECTS[index] } : { kind: 'none' };
    },
    ask: ({ say }) => ({ text: `**${say(branch === 'liked' ? 'ratingLiked' : 'ratingHard')}**`, choices: choices(say) }),
    label: ({ say }) => say('ratingStars'),
    show: () => null,
  });
}

const wordsField: Field = field<string>({
  name: 'words',
  schema: z.string().max(LONGEST),
  needs: ['aspect'],
  read({ text, say }, open) {
    if (!open) return { kind: 'none' };
    if (saysNo(text) || text === say('ratingNoText')) return { kind: 'value', value: '' };
    return /\p{L}{2}/u.test(text) ? { kind: 'value', value: text.trim().slice(0, LONGEST) } : { kind: 'none' };
  },
  ask: ({ say }) => ({ text: say('ratingAskText'), choices: [say('ratingNoText')] }),
  label: ({ say }) => say('ratingStars'),
  show: () => null,
});
