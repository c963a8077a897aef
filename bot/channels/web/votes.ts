/** Votes on an answer, in the shapes that clients send them: ours, WebChat's thumbs, Bot Framework reactions. */
export interface Vote {
  vote: 'up' | 'down';
  text?: string;
  /** Our own page names the answer; other clients name the message they reply to. */
  answerId?: string;
}

interface Posted {
  type: string;
  name?: string | undefined;
  value?: unknown;
  reactionsAdded?: { type: string }[] | undefined;
}

const directions: Record<string, Vote['vote']> = {
  up: 'up',
  like: 'up',
  upvote: 'up',
  LikeAction: 'up',
  down: 'down',
  dislike: 'down',
  downvote: 'down',
  DislikeAction: 'down',
};

/** Null when the activity is no vote. */
export function readVote(posted: Posted): Vote | null {
  const value = asRecord(posted.value);
  if (posted.name === 'sportello/feedback') {
    const answerId = asText(value['answerId']);
    return vote(value['vote'], value['text'], answerId);
  }
  if (posted.name === 'message/submitAction' && value['actionName'] === 'feedback') {
    const action = asRecord(value['actionValue']);
    return vote(action['reaction'], feedbackText(action['feedback']));
  }
  if (value['@type'] === 'VoteAction') return vote(value['actionOption'], undefined);
  if (posted.type === 'messageReaction') return vote(posted.reactionsAdded?.[0]?.type, undefined);
  return null;
}

function vote(direction: unknown, text: unknown, answerId?: string): Vote | null {
  const known = typeof direction === 'string' ? directions[direction] : undefined;
  const words = asText(text)?.slice(0, 1000);
  return known ? { vote: known, ...(words ? { text: words } : {}), ...(answerId ? { answerId } : {}) } : null;
}

/** WebChat sends `{feedbackText}`, other clients the same as JSON text. */
function feedbackText(feedback: unknown): unknown {
  if (typeof feedback !== 'string') return asRecord(feedback)['feedbackText'];
  try {
    return asRecord(JSON.parse(feedback))['feedbackText'] ?? feedback;
  } catch {
    return feedback;
  }
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const asText = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);
