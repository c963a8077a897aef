/** Compares what a citizen sent with what the history holds. */
import type { SeenActivity } from './citizen.ts';

export interface SentMessage {
  id: string;
  clientActivityID: string;
}

export interface Verdict {
  /** Acknowledged and not in the history, or never answered. */
  lost: number;
  /** Shown or answered more than once. */
  duplicated: number;
  /** Messages, or answers, that stand in another order than they were sent. */
  outOfOrder: number;
}

export function judge(sent: SentMessage[], history: SeenActivity[]): Verdict {
  const mine = history.filter((activity) => activity.channelData?.clientActivityID);
  const answers = history.filter((activity) => activity.replyToId);
  const shown = countBy(mine, (activity) => activity.channelData!.clientActivityID!);
  const answered = countBy(answers, (activity) => activity.replyToId!);
  const ids = new Set(mine.map((activity) => activity.id));
  const twice = (counts: Map<string, number>) => [...counts.values()].reduce((sum, count) => sum + count - 1, 0);
  return {
    lost: sent.filter(({ id }) => !ids.has(id) || !answered.has(id)).length,
    duplicated: twice(shown) + twice(answered),
    outOfOrder:
      disorder(
        sent.map(({ id }) => id),
        mine.map((activity) => activity.id),
      ) +
      disorder(
        sent.map(({ id }) => id),
        answers.map((activity) => activity.replyToId!),
      ),
  };
}

function countBy<T>(items: T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** How many of `found` come before one that was sent earlier. */
function disorder(sent: string[], found: string[]): number {
  const place = new Map(sent.map((id, index) => [id, index]));
  let highest = -1;
  let wrong = 0;
  for (const id of found) {
    const at = place.get(id) ?? -1;
    if (at < highest) wrong++;
    highest = Math.max(highest, at);
  }
  return wrong;
}

/** The value below which the share `p` (0–1) of the sorted values lie. */
export function percentile(values: number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] ?? 0;
  return Math.round(value * 10) / 10;
}
