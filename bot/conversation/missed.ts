/** None of the offered topics was meant: it becomes a gap for the editors, and whoever wants is told once it is filled. */
import { randomUUID } from 'node:crypto';
import { lastAnswer, watchLastGap } from '../../knowledge/documents/gap-list.ts';
import { recordGap } from '../../knowledge/documents/gaps.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { redact } from '../privacy/redact.ts';
import { plainReply } from './replies.ts';
import type { Effect, Speaker } from './speaker.ts';

/** `own`: the language of the body. */
export function createMissed(own: string, speech: (lang: string) => Say): { noneOfThese: Speaker; tellMe: Speaker } {
  const noneOfThese: Speaker = async (message, { state, lang, history, id }) => {
    const spoken = lang ?? own;
    const say = speech(spoken);
    const asked = history.filter((turn) => turn.role === 'citizen').at(-1)?.text ?? '';
    const gap = { question: redact(asked), lang: spoken, reason: 'none_of_these', at: message.receivedAt };
    const effects: Effect[] = asked ? [async (tx) => recordGap(tx, { ...gap, answerId: await lastAnswer(tx, id) })] : [];
    const answer = { outcome: 'unanswerable', answerId: randomUUID() };
    return {
      state: { ...state, unanswered: state.unanswered + 1 },
      replies: [plainReply(`${say('noneChosen')} ${say('orPerson')}`, spoken, [say('person'), ...(asked ? [say('tellMe')] : [])], answer)],
      effects,
    };
  };

  /** The citizen wants to be told once editors have published an answer. */
  const tellMe: Speaker = async (message, { state, lang, id }) => {
    const spoken = lang ?? own;
    return {
      state,
      replies: [plainReply(speech(spoken)('tellMeDone'), spoken, [], { outcome: 'dialog', answerId: randomUUID() })],
      effects: [async (tx) => void (await watchLastGap(tx, id, spoken, message.receivedAt))],
    };
  };

  return { noneOfThese, tellMe };
}
