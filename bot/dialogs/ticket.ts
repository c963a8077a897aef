/** A place in the line: how long it is, a ticket after a yes, its position whenever asked. The ticket is the office's: closing the tab loses nothing. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Line, Lines, Ticket } from '../../connectors/lines/contract.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { type Conversation, isStale } from '../conversation/conversation.ts';
import { plain, yesIn } from '../conversation/filling/control.ts';
import { emptyForm, type Form, type FormState } from '../conversation/filling/form.ts';
import { askAgain, type Filled, fillIn, type Heard } from '../conversation/filling.ts';
import { plainReply } from '../conversation/replies.ts';
import type { Speaker, TurnResult } from '../conversation/speaker.ts';
import type { Message } from '../message.ts';
import { inEveryLanguage } from './errand.ts';
import { readAction } from './booking/action.ts';
import { serviceField } from './booking/service-field.ts';
import { namedServices } from './booking/named-services.ts';
import { formState } from './booking/stages.ts';
import { lineWish } from './ticket/wants.ts';

export const TICKET = 'ticket';

const stages = z.discriminatedUnion('stage', [
  /** A line was looked at: "give me a ticket" is said of it. */
  z.object({ stage: z.literal('looked'), line: z.string() }),
  z.object({ stage: z.literal('form'), form: formState.extend({ form: z.literal('ticket') }) }),
  z.object({ stage: z.literal('told'), ticket: z.string() }),
]);
type Stage = z.infer<typeof stages>;

export interface TicketParts {
  lines: Lines;
  now(): Date;
  speech(lang: string): Say;
  languageOf(message: Message, lang: string | null): string;
  ask: Speaker;
  /** Begins an appointment for a service; absent = none are made here. */
  book?(message: Message, conversation: Conversation, service: string): Promise<TurnResult>;
  /** Words that offer a call instead; the dialog that takes them gives the ticket back. */
  offerCall?(say: Say): Promise<string | null>;
}

export interface TicketDialog {
  takes(message: Message, conversation: Conversation): boolean;
  take: Speaker;
}

const INSTEAD =
  /\b(?:(?:invece|piuttosto|preferisco|preferirei|meglio|al posto) .*(?:appuntament\w*|prenot\w+)|(?:appuntament\w*|prenot\w+).* (?:invece|piuttosto|al posto)|(?:instead|rather) .*(?:appointment|book)|(?:appointment|book).* instead)\b/;

export function createTicket(parts: TicketParts): TicketDialog {
  const { lines } = parts;
  const instead = inEveryLanguage(parts.speech, 'lineToBooking');
  const stageOf = ({ state }: Conversation): Stage | null =>
    state.dialog?.name === TICKET ? (stages.safeParse(state.dialog.data).data ?? null) : null;

  /** An appointment in place of the ticket: by the button, or in words that name nothing else. */
  const wantsInstead = (text: string): boolean =>
    instead.includes(text) || (INSTEAD.test(plain(text)) && readAction(text) === 'book' && !text.includes('?'));

  function takes({ text }: Message, conversation: Conversation): boolean {
    const stage = stageOf(conversation);
    if (stage?.stage === 'form') return true;
    if (stage?.stage === 'looked' && yesIn(text) === 'strong') return true;
    if (stage?.stage === 'told' && wantsInstead(text)) return true;
    return lineWish(text, stage !== null) !== null;
  }

  const take: Speaker = async (message, conversation) => {
    const lang = parts.languageOf(message, conversation.lang);
    const turn: Turn = { message, conversation, lang, say: parts.speech(lang) };
    const listed = await lines.lines();
    if (listed.kind !== 'ok') return reply(turn, [turn.say('ticketDown')], [turn.say('person')], null);
    const stage = stageOf(conversation);
    const wish = lineWish(message.text, stage !== null);
    if (stage?.stage === 'told' && wantsInstead(message.text) && parts.book) return bookInstead(turn, stage.ticket);
    if (stage?.stage === 'told') return wish === 'leave' ? leave(turn, stage.ticket) : tell(turn, stage.ticket);
    if (stage?.stage === 'form') {
      // How long it will be is part of what is read back.
      if (lineWish(message.text) === 'look')
        return speak(turn, listed.value, await askAgain(formOf(listed.value), stage.form, heard(turn)));
      return speak(turn, listed.value, await fillIn(formOf(listed.value), stage.form, heard(turn)));
    }
    const [named, other] = namedServices(message.text, listed.value);
    const line = other ? undefined : (named?.id ?? (stage?.stage === 'looked' ? stage.line : undefined));
    if (wish === 'look' && line) return look(turn, line);
    const state = emptyForm('ticket', randomUUID(), line ? { service: line } : {});
    return speak(turn, listed.value, await askAgain(formOf(listed.value), state, heard(turn)));
  };

  function formOf(known: Line[]): Form {
    const service = serviceField(known, false);
    return {
      name: 'ticket',
      fields: [
        {
          ...service,
          async check(value, around) {
            const now = await lines.now(String(value));
            if (now.kind !== 'ok') return { kind: 'refused', note: around.say('bookNoService') };
            if (!now.value.line.open) return { kind: 'stop', note: around.say('ticketClosed', { line: now.value.line.name }) };
            return { kind: 'ok', value, note: nowSaid(now.value, around.say) };
          },
        },
      ],
      refusal: 'cancel',
      yes: /\b(?:prend\w+|biglietto|numero|numerino|adesso|subito|aspetto|sono (?:gia )?(?:qui|li|arrivat[oa]|in comune|sotto)(?: sotto)?|gia|qui|take it|i wait|warte|nehme|attends|espero)\b/,
      confirm: ({ say }) => ({ before: '', after: say('ticketConfirm'), choices: [say('yesTicket'), say('cancel')] }),
    };
  }

  async function speak(turn: Turn, known: Line[], filled: Filled): Promise<TurnResult> {
    const { state, outcome, notes, ask } = filled;
    const { say } = turn;
    const open: Stage = { stage: 'form', form: state as FormState & { form: 'ticket' } };
    if (outcome === 'confirmed') {
      const taken = await lines.take(String(state.values['service']), state.key);
      if (taken.kind === 'ok')
        return told(turn, taken.value, say('ticketDone', { ticket: taken.value.label, line: taken.value.line.name }));
      const closed = taken.kind === 'not_allowed';
      const line = known.find(({ id }) => id === state.values['service'])?.name ?? '';
      return reply(turn, [closed ? say('ticketClosed', { line }) : say('ticketDown')], [say('person')], closed ? null : open);
    }
    if (outcome === 'cancelled' || outcome === 'paused') return reply(turn, [say('ticketLeft')], [], null);
    if (outcome === 'stopped') return reply(turn, notes, [say('bookOffer'), say('person')], null);
    if (outcome === 'question') return between(turn, open, filled);
    // A ticket is asked for in a word: nothing is worth keeping.
    if (outcome === 'aside') {
      const answered = await parts.ask(turn.message, turn.conversation);
      return { ...answered, state: { ...answered.state, dialog: null } };
    }
    const person = outcome === 'person' ? [say('person')] : [];
    return reply(turn, [...notes, ask.text], [...person, ...ask.choices], open);
  }

  async function between(turn: Turn, open: Stage, { ask }: Filled): Promise<TurnResult> {
    const result = await parts.ask(turn.message, turn.conversation);
    const [answer] = result.replies;
    const answered = answer?.answer?.outcome === 'answered';
    const text = [answered ? answer.text : turn.say('formNoAnswer'), ask.text].join('\n\n');
    const marks = { outcome: answer?.answer?.outcome ?? 'dialog', answerId: answer?.answer?.answerId ?? randomUUID(), dialog: TICKET };
    return {
      ...result,
      state: { ...result.state, dialog: { name: TICKET, data: open } },
      replies: [{ ...plainReply(text, turn.lang, ask.choices, marks), citations: answered ? answer.citations : [] }],
    };
  }

  async function look(turn: Turn, line: string): Promise<TurnResult> {
    const now = await lines.now(line);
    if (now.kind !== 'ok') return reply(turn, [turn.say('ticketDown')], [turn.say('person')], null);
    if (!now.value.line.open) return reply(turn, [turn.say('ticketClosed', { line: now.value.line.name })], [turn.say('bookOffer')], null);
    return reply(turn, [nowSaid(now.value, turn.say)], [turn.say('takeTicket')], { stage: 'looked', line });
  }

  async function tell(turn: Turn, id: string): Promise<TurnResult> {
    const found = await lines.get(id);
    return found.kind === 'ok' ? told(turn, found.value) : reply(turn, [turn.say('ticketDown')], [turn.say('person')], null);
  }

  /** The place is given back first: nobody waits for who is not in the line. */
  async function bookInstead(turn: Turn, id: string): Promise<TurnResult> {
    const left = await lines.leave(id);
    if (left.kind !== 'ok' || !parts.book)
      return reply(turn, [turn.say('ticketDown')], [turn.say('person')], { stage: 'told', ticket: id });
    const begun = await parts.book(turn.message, turn.conversation, left.value.line.id);
    const [first, ...rest] = begun.replies;
    if (!first) return begun;
    return {
      ...begun,
      replies: [{ ...first, text: `${turn.say('ticketGivenBack', { ticket: left.value.label })}\n\n${first.text}` }, ...rest],
    };
  }

  async function leave(turn: Turn, id: string): Promise<TurnResult> {
    const left = await lines.leave(id);
    const said = left.kind === 'ok' ? turn.say('ticketGivenBack', { ticket: left.value.label }) : turn.say('ticketDown');
    return reply(turn, [said], [], null);
  }

  async function told(turn: Turn, ticket: Ticket, first = ''): Promise<TurnResult> {
    const { say } = turn;
    const { label, ahead, wait, serving, status } = ticket;
    const place =
      status === 'waiting'
        ? say('ticketPlace', { ticket: label, ahead: String(ahead), serving: serving ?? '–' })
        : say('ticketCalled', { ticket: label });
    const call = wait ? await parts.offerCall?.(say) : null;
    const range = wait ? say('ticketWait', { from: String(wait.from), to: String(wait.to) }) : '';
    return reply(
      turn,
      [first, [place, range].filter(Boolean).join(' ')],
      [say('leaveLine'), ...(parts.book && status === 'waiting' ? [say('lineToBooking')] : []), ...(call ? [call] : []), say('person')],
      {
        stage: 'told',
        ticket: ticket.id,
      },
    );
  }

  const heard = ({ message, conversation, lang, say }: Turn): Heard => ({
    text: message.text,
    lang,
    say,
    now: parts.now(),
    stale: isStale(message, conversation.state),
  });
  return { takes, take };
}

interface Turn {
  message: Message;
  conversation: Conversation;
  lang: string;
  say: Say;
}

const nowSaid = ({ line, serving, waiting }: { line: Line; serving: string | null; waiting: number }, say: Say): string =>
  say('ticketNow', { line: line.name, serving: serving ?? '–', waiting: String(waiting) });

function reply({ conversation, lang, say }: Turn, texts: string[], choices: string[], stage: Stage | null): TurnResult {
  const answer = { outcome: 'dialog', answerId: randomUUID(), dialog: TICKET };
  const leave = stage?.stage === 'form' && !choices.includes(say('cancel')) ? [say('cancel')] : [];
  return {
    lang,
    state: { ...conversation.state, unanswered: 0, dialog: stage ? { name: TICKET, data: stage } : null },
    replies: [plainReply(texts.filter(Boolean).join('\n\n'), lang, [...choices, ...leave], answer)],
  };
}
