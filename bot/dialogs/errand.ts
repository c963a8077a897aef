/** What the dialogs about cases, reports, payments and ratings share: a turn of a form, and what is said at each of its ends. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { spoken } from '../../knowledge/languages/reading/read.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { type Conversation, isStale } from '../conversation/conversation.ts';
import { acknowledges, goesBack, leaves, plain, postpones, resumes } from '../conversation/filling/control.ts';
import type { FormState } from '../conversation/filling/form.ts';
import type { Filled, Heard } from '../conversation/filling.ts';
import { plainReply } from '../conversation/replies.ts';
import type { Effect, Speaker, TurnResult } from '../conversation/speaker.ts';
import type { Message } from '../message.ts';
import { formState, parsedOnce } from './booking/stages.ts';
import type { PersonOf } from './booking/verified.ts';
import { dateInWords } from './dates/in-words.ts';
import { putAside } from './put-aside.ts';

export interface ErrandParts {
  now(): Date;
  speech(lang: string): Say;
  languageOf(message: Message, lang: string | null): string;
  /** The knowledge, for questions in between. */
  ask: Speaker;
  /** Whoever signed in in the chat; absent = nobody can. */
  person?: PersonOf;
}

export interface ErrandDialog {
  name: string;
  /** Whether a message belongs here, not to the knowledge. */
  takes(message: Message, conversation: Conversation): boolean;
  take: Speaker;
  /** What to offer below the knowledge's answer to this message (a text that `takes` takes); null = nothing. */
  /** `cited`: ids of the documents that the answer cites. */
  offers(message: Message, say: Say, cited: string[]): string | null;
}

const stages = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('form'), form: formState }),
  z.object({ stage: z.literal('paused'), form: formState }),
  /** A write was sent and nobody answered: looked up at every further message. */
  z.object({ stage: z.literal('unknown'), form: formState }),
  /** Something was read out: a short question is about it. */
  z.object({ stage: z.literal('told'), form: formState }),
]);
export type Stage = z.infer<typeof stages>;

const stageIn = parsedOnce(stages);

/** Null when the data is of another dialog, or of an older version of this one. */
export const stageOf = ({ state }: Conversation, name: string): Stage | null =>
  state.dialog?.name === name ? stageIn(state.dialog.data) : null;

export interface Turn {
  name: string;
  message: Message;
  conversation: Conversation;
  lang: string;
  say: Say;
  heard: Heard;
}

/** Within a form a number, a name or a code tells no language. */
export function turnOf(parts: ErrandParts, name: string, message: Message, conversation: Conversation): Turn {
  const words = plain(message.text)
    .split(' ')
    .filter((word) => /^\p{L}{3,}$/u.test(word));
  const inForm = stageOf(conversation, name)?.stage === 'form' && conversation.lang !== null;
  const lang = inForm && words.length < 4 ? (conversation.lang ?? 'it') : parts.languageOf(message, conversation.lang);
  const say = parts.speech(lang);
  return {
    name,
    message,
    conversation,
    lang,
    say,
    heard: { text: message.text, lang, say, now: parts.now(), stale: isStale(message, conversation.state) },
  };
}

export function reply(turn: Turn, lines: string[], choices: string[], stage: Stage | null, effects: Effect[] = []): TurnResult {
  const { conversation, lang, say, name } = turn;
  const leave = stage?.stage === 'form' && !choices.includes(say('cancel')) ? [say('cancel')] : [];
  const answer = { outcome: 'dialog', answerId: randomUUID(), dialog: name };
  return {
    lang,
    state: { ...conversation.state, unanswered: 0, dialog: stage ? { name, data: stage } : null },
    replies: [plainReply(lines.filter(Boolean).join('\n\n'), lang, [...new Set([...choices, ...leave])], answer)],
    ...(effects.length > 0 && { effects }),
  };
}

export interface Ends {
  /** Confirmed: now it may be done. Absent for a form that only looks something up. */
  confirmed?(state: FormState): Promise<TurnResult>;
  /** Everything is known of a form that confirms nothing. */
  ready?(state: FormState, notes: string[]): Promise<TurnResult> | TurnResult;
  /** Keys of what is said when it is left, and when a question in between was answered. */
  left: string;
  back: string;
}

/** Says what a message made of the form. */
export async function speak(turn: Turn, ask: Speaker, filled: Filled, ends: Ends): Promise<TurnResult> {
  const { state, outcome, notes } = filled;
  const { say } = turn;
  if (outcome === 'confirmed' && ends.confirmed) return ends.confirmed(state);
  if (ends.ready && state.stage === 'confirming' && outcome !== 'question' && outcome !== 'aside') return ends.ready(state, notes);
  if (outcome === 'cancelled') return reply(turn, [say(ends.left)], [], null);
  if (outcome === 'paused') return reply(turn, [say('formPaused')], [say('formResume')], { stage: 'paused', form: state });
  if (outcome === 'stopped') return reply(turn, notes, [say('person')], null);
  if (outcome === 'question') return between(turn, ask, filled, say(ends.back));
  if (outcome === 'aside') {
    const paused: Stage = { stage: 'paused', form: state };
    return putAside(await ask(turn.message, turn.conversation), turn.name, paused, say);
  }
  const person = outcome === 'person' ? [say('person')] : [];
  const lines = [...notes, ...(outcome === 'person' ? [say('formPerson')] : []), filled.ask.text];
  return reply(turn, lines, [...person, ...filled.ask.choices], { stage: 'form', form: state });
}

/** A question in the middle: the documents answer it, then the form's own question stands again. */
async function between(turn: Turn, ask: Speaker, filled: Filled, back: string): Promise<TurnResult> {
  const result = await ask(turn.message, turn.conversation);
  const [answer] = result.replies;
  const outcome = answer?.answer?.outcome;
  const missed = !answer || outcome === 'clarify' || outcome === 'unanswerable' || outcome === 'failed';
  const text = [missed ? turn.say('formNoAnswer') : answer.text, back, filled.ask.text].join('\n\n');
  const choices = [...new Set([...filled.ask.choices, turn.say('cancel')])];
  const marks = { outcome: outcome ?? 'dialog', answerId: answer?.answer?.answerId ?? randomUUID(), dialog: turn.name };
  return {
    ...result,
    lang: turn.lang,
    state: { ...result.state, dialog: { name: turn.name, data: { stage: 'form', form: filled.state } satisfies Stage } },
    replies: [{ ...plainReply(text, turn.lang, choices, marks), citations: missed ? [] : answer.citations }],
  };
}

/** "giovedì 3 dicembre 2026". */
export const dayInWords = (date: string, lang: string): string => dateInWords({ date }, lang);

/** Said to the form, not into it: a field that takes any words leaves these alone. */
export const steers = (text: string): boolean => [acknowledges, goesBack, leaves, postpones, resumes].some((one) => one(text));

/** Minutes of a wait, at least one. */
export const minutesOf = (seconds: number): string => String(Math.max(1, Math.ceil(seconds / 60)));

/** The same words in every language we speak, as `takes` needs them: it does not know yet which one the message is in. */
export const inEveryLanguage = (speech: (lang: string) => Say, key: string): string[] => spoken.map(({ code }) => speech(code)(key));
