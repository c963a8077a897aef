/** An appointment that an agent has begun for the citizen: the same form as ever, in a talk between two people. Only the citizen's own yes does it. */
import { yesIn } from '../../conversation/filling/control.ts';
import { emptyForm } from '../../conversation/filling/form.ts';
import type { Conversation, ConversationState } from '../../conversation/conversation.ts';
import type { Speaker, TurnResult } from '../../conversation/speaker.ts';
import type { Message } from '../../message.ts';
import { type BookingParts, createBooking } from '../booking.ts';
import { BOOKING } from './reply.ts';
import { type Stage, stageIn } from './stages.ts';

/** As the agent's act brings it (desk/act.ts). */
interface Proposing {
  name: string;
  proposal: { form: 'book' | 'move' | 'cancel'; values: Record<string, unknown> };
}

export interface Proposed {
  /** Keeps the seat and reads everything back, or asks the citizen for what is missing. */
  propose(message: Message, conversation: Conversation, proposing: Proposing): Promise<TurnResult>;
  /** Whether a form stands open before the citizen. */
  open(conversation: Pick<Conversation, 'state'>): boolean;
  /** A citizen's message while two people talk: what the form does not understand is for the agent. */
  take: Speaker;
  /** The agent has said something since: a mere "yes" may be the answer to that. */
  interrupt(state: ConversationState): ConversationState;
}

type FormStage = Extract<Stage, { stage: 'form' }>;

export function createProposed(parts: Omit<BookingParts, 'ask'>): Proposed {
  // Questions in between are answered by the person.
  const booking = createBooking({ ...parts, ask: async (_message, { state }) => ({ state, replies: [] }) });
  const kept = (state: ConversationState, stage: FormStage): ConversationState => ({
    ...state,
    dialog: { name: BOOKING, data: { stage: 'form', form: { ...stage.form, interrupted: true } } satisfies Stage },
  });

  return {
    async propose(message, conversation, { name, proposal }) {
      await booking.handOver(conversation);
      const lang = conversation.lang ?? parts.languageOf(message, null);
      const say = parts.speech(lang);
      const paused = {
        stage: 'paused',
        form: { ...emptyForm(proposal.form, message.id, proposal.values), form: proposal.form },
      } satisfies Stage;
      const result = await booking.take(
        { ...message, text: say('formResume') },
        { ...conversation, lang, state: { ...conversation.state, dialog: { name: BOOKING, data: paused } } },
      );
      const [first, ...rest] = withoutPerson(result, say('person')).replies;
      if (!first) return result;
      return { ...result, replies: [{ ...first, text: `${say(`propose_${proposal.form}`, { name })}\n\n${first.text}` }, ...rest] };
    },
    open: ({ state }) => ['form', 'unknown'].includes(stageIn(state.dialog, BOOKING)?.stage ?? ''),
    async take(message, conversation) {
      const before = stageIn(conversation.state.dialog, BOOKING);
      const say = parts.speech(conversation.lang ?? parts.languageOf(message, null));
      if (before?.stage !== 'form') return withoutPerson(await booking.take(message, conversation), say('person'));
      const forTheAgent: TurnResult = { state: kept(conversation.state, before), replies: [] };
      const { form } = before;
      const named = [say('yesBook'), say('yesMove'), say('yesCancel')].includes(message.text.trim());
      if (form.stage === 'confirming' && form.interrupted && !named && yesIn(message.text)) return forTheAgent;
      const result = await booking.take(message, conversation);
      const after = stageIn(result.state.dialog, BOOKING);
      // A wrong codice fiscale is told, as ever; words that are none of the form's are not.
      const missed =
        after?.stage === 'form' && misses(after) > misses(before) && result.replies[0]?.text.startsWith(say('formNotUnderstood'));
      const unheard = after?.stage === 'form' && (after.form.interrupted || missed);
      return unheard ? forTheAgent : withoutPerson(result, say('person'));
    },
    interrupt(state) {
      const stage = stageIn(state.dialog, BOOKING);
      return stage?.stage === 'form' ? kept(state, stage) : state;
    },
  };
}

const misses = ({ form }: FormStage): number => Object.values(form.misses).reduce((sum, one) => sum + one, 0);

/** A person is there already. */
function withoutPerson(result: TurnResult, person: string): TurnResult {
  return { ...result, replies: result.replies.map((one) => ({ ...one, choices: one.choices.filter(({ value }) => value !== person) })) };
}
