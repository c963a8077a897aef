/** An agent's act as the citizen reads it, and who speaks from then on. */
import type { Say } from '../../knowledge/languages/speak.ts';
import { plainReply } from '../conversation/replies.ts';
import type { Speaker } from '../conversation/speaker.ts';
import { HANDOFF } from '../dialogs/handoff.ts';
import type { Proposed } from '../dialogs/booking/proposed.ts';
import type { DeskAct } from './act.ts';

/** Name of the talk with a person among the dialogs that can be rated. */
const DESK = 'desk';

export function createDeskSpeaker(parts: {
  speech(lang: string): Say;
  own: string;
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
