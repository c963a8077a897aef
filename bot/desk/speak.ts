/** An agent's act as the citizen reads it, and who speaks from then on. */
import type { Say } from '../../knowledge/languages/speak.ts';
import { plainReply } from '../conversation/replies.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Speaker, TurnResult } from '../conversation/speaker.ts';
import { whenWhere } from '../dialogs/booking/slot-field.ts';
import { phoneInWords } from '../dialogs/call-back/phone-field.ts';
import { HANDOFF } from '../dialogs/handoff.ts';
import type { Proposed } from '../dialogs/booking/proposed.ts';
import type { DeskAct } from './act.ts';
import { asking, type Consent } from './consent.ts';

/** Name of the talk with a person among the dialogs that can be rated. */
const DESK = 'desk';

export function createDeskSpeaker(parts: {
  speech(lang: string): Say;
  own: string;
  /** Absent = nothing is asked for. */
  consent?: Pick<Consent, 'ask'> | undefined;
  /** Absent = no appointments are made here. */
  proposed?: Pick<Proposed, 'propose' | 'interrupt'> | undefined;
}): Speaker {
  return async (message, conversation) => {
    const { state, lang, mode } = conversation;
    const act = message.value as DeskAct;
    const spoken = lang ?? parts.own;
    const say = parts.speech(spoken);
    const free = { ...state, dialog: null, unanswered: 0 };
    switch (act.act) {
      case 'joined':
        return { state: free, mode: 'person', replies: [plainReply(say('deskJoined', { name: act.name }), spoken)] };
      case 'said':
        // Whatever was said or lost in between, whoever reads an agent's words is talking to a person.
        return {
          state: parts.proposed?.interrupt(state) ?? state,
          mode: 'person',
          replies: [{ ...plainReply(act.text, spoken), speaker: 'agent', speakerName: act.name, citations: act.citations }],
        };
      case 'approved':
        return {
          state,
          mode,
          replies: [{ ...plainReply(`${act.text}\n\n_${say('deskApproved', { name: act.name })}_`, spoken), citations: act.citations }],
        };
      case 'answered':
        return { state, replies: [plainReply(say('deskAnswered', { number: act.number, name: act.name, text: act.text }), spoken)] };
      case 'asked': {
        const wanted = asking.safeParse(act.asking).data;
        return wanted && parts.consent
          ? parts.consent.ask(conversation, spoken, { ...act, asking: wanted, origin: message.origin ?? '' })
          : { state, replies: [] };
      }
      case 'called':
        return called(act, conversation, say, spoken);
      case 'proposed':
        if (!parts.proposed) return { state, replies: [] };
        return { ...(await parts.proposed.propose(message, conversation, act)), mode: 'person' };
      case 'transferred':
        return { state, mode, replies: [plainReply(say('deskTransferred', { name: act.to }), spoken)] };
      case 'requeued':
        return {
          state: { ...state, dialog: { name: HANDOFF, data: { id: act.handoffId, waiting: true } } },
          mode: 'bot',
          replies: [plainReply(say('deskRequeued', { name: act.name }), spoken, [say('cancel')])],
        };
      case 'returned':
        return { state: free, mode: 'bot', replies: [plainReply(say('deskReturned', { name: act.name }), spoken)] };
      case 'closed':
        // The rating asks about what was told last (dialogs/feedback/rating.ts).
        return {
          state: { ...free, dialog: { name: DESK, data: { stage: 'told' } } },
          mode: 'bot',
          replies: [plainReply(say('deskClosed', { name: act.name }), spoken, [say('ratingOffer')])],
        };
    }
  };
}

/** What came of a call, told in the chat; nothing that goes on there is interrupted. */
function called(act: Extract<DeskAct, { act: 'called' }>, { state, mode }: Conversation, say: Say, lang: string): TurnResult {
  const { name, number, result } = act;
  const phone = phoneInWords(act.phone);
  const when = act.start ? whenWhere({ start: act.start, place: NOWHERE }, lang) : '';
  if (result === 'made') {
    const rated = state.dialog ? state : { ...state, dialog: { name: DESK, data: { stage: 'told' } } };
    return { state: rated, mode, replies: [plainReply(say('callMade', { name, number }), lang, state.dialog ? [] : [say('ratingOffer')])] };
  }
  const text =
    result === 'missed'
      ? say('callMissed', { name, phone, when })
      : result === 'moved'
        ? say('callMoved', { name, when })
        : say('callGivenUp', { name, phone, number });
  return {
    state,
    mode,
    replies: [plainReply(text, lang, result === 'given-up' ? [say('callOffer')] : [say('callMove'), say('callCancel')])],
  };
}
const NOWHERE = { id: '', name: '', address: '' };
