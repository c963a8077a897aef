/** A notice as the citizen reads it. */
import type { Speaker } from '../conversation/speaker.ts';
import type { Notice } from './notice.ts';

/** Says it, whoever speaks; a talk that is going on goes on. */
export const tellNotice: Speaker = async ({ value }, { state }) => {
  const { reply, dialog } = value as Notice;
  return { state: dialog && !state.dialog ? { ...state, dialog } : state, replies: [reply] };
};
