/** The talk around signing in: asking for it, the news that it was done, what is the person's, and out again. */
import { randomUUID } from 'node:crypto';
import type { Say } from '../../knowledge/languages/speak.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { plainReply } from '../conversation/replies.ts';
import type { ChooseSpeaker, Effect, Speaker, TurnResult } from '../conversation/speaker.ts';
import { BOOKING } from '../dialogs/booking/reply.ts';
import { readAction } from '../dialogs/booking/action.ts';
import { wantsStatus } from '../dialogs/status/wants.ts';
import type { Message } from '../message.ts';
import { actsFor, chooseActing } from './act.ts';
import { actingIn, LEVELS } from './acting.ts';
import { createPresses, type Detail, detailOf } from './detail.ts';
import { ownOf, type OwnParts, told } from './listing.ts';
import type { Mandates } from './mandates.ts';
import type { SignedIn, Wish } from './sessions.ts';
import { SIGN_IN_MINUTES, type SignIns } from './sign-in.ts';
import { NAMES, type Undelivered } from './undelivered.ts';
import { figuresIn, wantedIn } from './wishes.ts';

export interface OwnTalkParts extends OwnParts {
  signIns: SignIns;
  mandates: Mandates;
  undelivered?: Pick<Undelivered, 'replyOf'>;
  speech(lang: string): Say;
  languageOf(message: Message, lang: string | null): string;
  timeZone: string;
}

/** Name of this talk among the dialogs: while the figures of a sign-in are waited for. */
export const SIGN_IN = 'sign-in';

export interface OwnTalk {
  /** The news of a sign-in, or of what could not be delivered elsewhere; null = another event. */
  heard(message: Message): Speaker | null;
  /** While the figures of one are waited for: takes them, and lets `others` take everything else as if nothing was. Null = none are. */
  inside(message: Message, conversation: Conversation, others: ChooseSpeaker): Speaker | null;
  /** Null = the message is about something else. */
  take(message: Message): Speaker | null;
}

interface Turn {
  message: Message;
  conversation: Conversation;
  lang: string;
  say: Say;
}

export function createOwn(parts: OwnTalkParts): OwnTalk {
  const { signIns } = parts;
  const { sessions } = signIns;

  function turnOf(message: Message, conversation: Conversation): Turn {
    const lang = message.kind === 'event' ? (conversation.lang ?? message.locale ?? 'it') : parts.languageOf(message, conversation.lang);
    return { message, conversation, lang, say: parts.speech(lang) };
  }

  const timeOf = (iso: string) =>
    new Intl.DateTimeFormat('it-IT', { timeZone: parts.timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(iso));

  /** One reply; `dialog` stays as it is unless it is given. */
  function reply({ message, conversation, lang }: Turn, lines: string[], choices: string[] = [], more: Partial<Reply> = {}): TurnResult {
    const answer = message.kind === 'text' ? { outcome: 'dialog', answerId: randomUUID(), dialog: SIGN_IN } : undefined;
    const { dialog = conversation.state.dialog, effects } = more;
    return {
      lang,
      state: { ...conversation.state, dialog },
      replies: [plainReply(lines.filter(Boolean).join('\n\n'), lang, [...new Set(choices)], answer)],
      ...(effects ? { effects } : {}),
    };
  }

  const acting = { sessions, mandates: parts.mandates };
  const presses = createPresses(parts.speech);

  /** A link to sign in, and the way that needs none. `stronger`: they have signed in, but not surely enough. */
  function offer(turn: Turn, wish: Wish | null, stronger = false): TurnResult {
    const { message, lang, say } = turn;
    if (!signIns.identities.open || (!message.origin && message.channel !== 'web')) return reply(turn, [say('signNowhere')]);
    const level = LEVELS[wish ?? 'all'];
    const { code, keep } = signIns.issue(message, { lang, wish, level });
    const minutes = String(SIGN_IN_MINUTES);
    const url = `${message.origin ?? ''}/sign-in/${code}`;
    if (stronger) return reply(turn, [say('signStronger', { url, minutes, level: String(level) })], [say('signOut')], { effects: [keep] });
    const otherwise = wish === 'bookings' ? [say('doShow')] : wish === 'cases' ? [say('caseOffer')] : [];
    const lines = [say('signOffer', { url, minutes }), otherwise.length > 0 ? say('signOrCode') : ''];
    return reply(turn, lines, otherwise, { effects: [keep] });
  }

  async function show(turn: Turn, person: SignedIn, wish: Wish | null, first: string[]): Promise<TurnResult> {
    const { say, lang, message } = turn;
    const found = wish ? await actingIn(acting, message, wish, person) : null;
    if (found?.kind === 'level') return offer(turn, wish, true);
    if (found?.kind === 'mandate') return reply(turn, [say('actGone')], [say('actMyself'), say('signOut')]);
    const principal = found?.kind === 'ok' && found.actor.holder ? found.actor : null;
    const as = [
      say('signAs', { name: person.name, time: timeOf(person.until) }),
      principal ? say('actStill', { name: principal.name }) : '',
    ]
      .filter(Boolean)
      .join(' ');
    if (!wish) return reply(turn, first.length > 0 ? first : [as], [say('ownBookings'), say('ownCases'), say('ownThings'), say('signOut')]);
    const own = await ownOf(parts, principal ?? person, wish);
    const { text, choices } = told(own, wish, say, lang);
    const page = wish === 'all' ? say('ownPage', { url: `${message.origin ?? ''}/me` }) : '';
    const [only, second] = own.bookings;
    // "Move it", "cancel it" are said of the one that was read out.
    const dialog = only && !second && wish !== 'cases' ? { name: BOOKING, data: { stage: 'told', code: only.code, fact: '' } } : null;
    return reply(turn, [...first, text, page, first.length > 0 ? '' : as], [...choices, say('signOut')], { dialog });
  }

  const signedIn =
    (id: string): Speaker =>
    async (message, conversation) => {
      const turn = turnOf(message, conversation);
      const person = await sessions.byId(id);
      if (!person) return { state: conversation.state, replies: [] };
      if (!person.confirmed) {
        const before = conversation.state.dialog?.name === SIGN_IN ? beneath(conversation).state.dialog : conversation.state.dialog;
        return reply(turn, [turn.say('signWriteFigures')], [], { dialog: { name: SIGN_IN, data: { before, until: person.until } } });
      }
      return welcome(turn, person);
    };

  /** What another channel did not take is said here. */
  const moved =
    (outboxId: number): Speaker =>
    async (_message, conversation) => {
      const found = await parts.undelivered?.replyOf(outboxId);
      if (!found) return { state: conversation.state, replies: [] };
      const say = parts.speech(conversation.lang ?? found.reply.lang);
      const text = [say('movedHere', { channel: NAMES[found.channel] ?? found.channel }), found.reply.text].join('\n\n');
      return { state: conversation.state, replies: [{ ...found.reply, text, choices: [] }] };
    };

  /** What they wanted is told at once; a form in progress goes on where it stood. */
  async function welcome(turn: Turn, person: SignedIn): Promise<TurnResult> {
    const { say, conversation } = turn;
    const done = say('signDone', { name: person.name, time: timeOf(person.until) });
    const isBusy = (conversation.state.dialog?.data as { stage?: string } | undefined)?.stage === 'form';
    return isBusy ? reply(turn, [done], [say('signOut')]) : show(turn, person, person.wish, [done]);
  }

  const confirm =
    (figures: string): Speaker =>
    async (message, standing) => {
      const conversation = beneath(standing);
      const turn = turnOf(message, conversation);
      const { found, effects } = await sessions.confirm(message, figures);
      if (found === 'wrong') return reply({ ...turn, conversation: standing }, [turn.say('signFiguresWrong')], [], { effects });
      if (found === 'gone') return reply(turn, [turn.say('signFiguresGone')], [turn.say('signIn')], { effects });
      const result = await welcome(turn, found);
      return { ...result, effects: [...effects, ...(result.effects ?? [])] };
    };

  const signOut: Speaker = async (message, conversation) => {
    const turn = turnOf(message, conversation);
    const person = await sessions.of(message);
    if (!person) return reply(turn, [turn.say('signedOutBefore')]);
    return reply(turn, [turn.say('signedOut')], [], { dialog: null, effects: [sessions.end(message)] });
  };

  const act =
    (wanted: { name: string } | 'self'): Speaker =>
    async (message, conversation) => {
      const turn = turnOf(message, conversation);
      const person = await sessions.of(message);
      if (!person) return offer(turn, null);
      if (person.level < LEVELS.all) return offer(turn, null, true);
      const page = `${message.origin ?? ''}/me`;
      const chosen = await chooseActing(acting, { message, session: person, wanted, say: turn.say, lang: turn.lang, page });
      // What was read out was of whoever they acted for before.
      return reply(turn, [chosen.text], chosen.choices, { dialog: null, effects: chosen.effects });
    };

  const one =
    (detail: Detail): Speaker =>
    async (message, conversation) => {
      const turn = turnOf(message, conversation);
      const wish = detail.kind === 'booking' ? 'bookings' : 'cases';
      const found = await actingIn(acting, message, wish);
      if (found.kind !== 'ok') return found.session ? show(turn, found.session, wish, []) : offer(turn, wish);
      const read = await detailOf(parts, found.actor.fiscalCode, detail, turn);
      if (!read) return reply(turn, [turn.say('ownDown')], [turn.say('person')]);
      const dialog = read.code ? { name: BOOKING, data: { stage: 'told', code: read.code, fact: '' } } : null;
      return reply(turn, [read.text], [...read.choices, turn.say('signOut')], { dialog });
    };

  const own =
    (wish: Wish | null): Speaker =>
    async (message, conversation) => {
      const turn = turnOf(message, conversation);
      const person = await sessions.of(message);
      return person ? show(turn, person, wish, []) : offer(turn, wish);
    };

  function beneath(conversation: Conversation): Conversation {
    const { dialog } = conversation.state;
    if (dialog?.name !== SIGN_IN) return conversation;
    const { before } = dialog.data as { before: Conversation['state']['dialog'] };
    return { ...conversation, state: { ...conversation.state, dialog: before } };
  }

  return {
    heard(message) {
      const value = message.value as { signedIn?: unknown; moved?: unknown } | null | undefined;
      if (typeof value?.moved === 'number') return moved(value.moved);
      return typeof value?.signedIn === 'string' ? signedIn(value.signedIn) : null;
    },
    inside(message, conversation, others) {
      const { dialog } = conversation.state;
      if (dialog?.name !== SIGN_IN) return null;
      const standing = beneath(conversation);
      const until = (dialog.data as { until: string }).until;
      if (parts.now().toISOString() > until) return (said) => others(said, standing)(said, standing);
      const figures = figuresIn(message.text);
      if (figures) return confirm(figures);
      return async (said) => {
        const result = await others(said, standing)(said, standing);
        const waiting = { name: SIGN_IN, data: { before: result.state.dialog, until } };
        return { ...result, state: { ...result.state, dialog: waiting } };
      };
    },
    take(message) {
      // Where nobody can sign in, these words mean what they always did.
      if (!signIns.identities.open) return null;
      const pressed = presses.detail(message.text);
      // Italian and its neighbours are read by the dialogs, which know the way without a sign-in too.
      if (pressed && readAction(message.text) !== 'show' && !wantsStatus(message.text)) return one(pressed);
      const other = presses.acts(message.text) ?? actsFor(message.text);
      if (other) return act(other);
      const wanted = presses.wanted(message.text) ?? wantedIn(message.text);
      if (wanted === null) return null;
      if (wanted === 'sign-out') return signOut;
      return own(wanted === 'sign-in' ? null : wanted);
    },
  };
}

interface Reply {
  dialog: Conversation['state']['dialog'];
  effects: Effect[];
}
