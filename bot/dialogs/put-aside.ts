/** Whoever asks question upon question is no longer at the form: it is kept for later, and the answers stand alone. */
import type { Say } from '../../knowledge/languages/speak.ts';
import type { TurnResult } from '../conversation/speaker.ts';

/** `result`: what the knowledge said. `paused`: the form as its dialog keeps it while it rests. */
export function putAside(result: TurnResult, name: string, paused: unknown, say: Say): TurnResult {
  const [answer, ...rest] = result.replies;
  const resume = { title: say('formResume'), value: say('formResume') };
  return {
    ...result,
    state: { ...result.state, dialog: { name, data: paused } },
    replies: answer ? [{ ...answer, text: `${answer.text}\n\n${say('formAside')}`, choices: [...answer.choices, resume] }, ...rest] : [],
  };
}
