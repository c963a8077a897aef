/** Step 4, chooseSpeaker: the opening, a vote, the dialog in progress, a person asked for, an appointment, or the knowledge. */
import { randomUUIDv7 } from 'node:crypto';
import { recogniseIntent } from '../../knowledge/answering/intents.ts';
import { readyRoutes } from '../../knowledge/answering/routing/route.ts';
import { identifyLanguage, learnLanguages } from '../../knowledge/answering/language.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { type BookingParts, createBooking } from '../dialogs/booking.ts';
import { BOOKING } from '../dialogs/booking/reply.ts';
import { createProposed } from '../dialogs/booking/proposed.ts';
import { takeFeedback } from '../dialogs/feedback.ts';
import type { DeskHours } from '../hours/desk-hours.ts';
import { createConsent } from '../desk/consent.ts';
import { createDeskSpeaker } from '../desk/speak.ts';
import type { Queue } from '../desk/queue.ts';
import { type CarryParts, createCarry } from '../citizens/carry.ts';
import { personFor } from '../citizens/acting.ts';
import { createOwn, type OwnTalkParts } from '../citizens/own.ts';
import { contactIn, createHandoff, HANDOFF } from '../dialogs/handoff.ts';
import { wishesElse } from '../dialogs/handoff/wishes-else.ts';
import { createTalks, formOpen } from '../dialogs/talks.ts';
import { createWaiting, WAITING, type WaitingParts } from '../dialogs/waiting.ts';
import { ASSISTANCE, createAssistance } from '../dialogs/assistance.ts';
import { CALL, type CallBackParts, createCallBack } from '../dialogs/call-back.ts';
import { offerCallBack } from '../dialogs/call-back/offer.ts';
import { createTicket, TICKET, type TicketParts } from '../dialogs/ticket.ts';
import { createErrands, type ErrandsParts } from '../dialogs/errands.ts';
import type { Message } from '../message.ts';
import type { Switches } from '../office/switches.ts';
import { createMissed } from './missed.ts';
import { greet, tellMeChoice, writeReplies } from './replies.ts';
import { tellNotice } from '../notices/speak.ts';
import { createNative } from './native.ts';
import { createPressed, withPressed } from './pressed.ts';
import { createRouted } from './routed.ts';
import { storeAnswer } from './store-answer.ts';
import { createSwitched } from './switched.ts';
import type { Conversation, ConversationState } from './conversation.ts';
import { type CrowdParts, createCrowd } from './crowd.ts';
import type { ChooseSpeaker, Speaker } from './speaker.ts';

/** After this many questions in a row without an answer a person is offered first. */
const UNANSWERED = 2;

export interface SpeakerParts {
  knowledge: Pick<Knowledge, 'answerQuestion' | 'speech' | 'offices'> & CrowdParts['knowledge'];
  /** Codes in use, the body's own first. */
  languages: string[];
  /** Read anew each time: an administrator may change it. */
  readonly bodyName: string;
  /** A line before the greeting; empty or absent = none. */
  welcome?(): string;
  /** How much waits; absent = never too much. */
  load?: CrowdParts['load'];
  /** Today, `YYYY-MM-DD`, in the office's time zone. */
  today(): string;
  /** Where appointments are kept; absent = none are made here. */
  appointments?: Pick<BookingParts, 'bookings' | 'now' | 'timeZone' | 'letters'> & {
    /** For the waiting list. */ database?: WaitingParts['database'];
  };
  /** Lines of people waiting at the counters; absent = no tickets. */
  waiting?: Pick<TicketParts, 'lines' | 'now'>;
  /** Who is there to take over; absent = nobody ever is. */
  queue?: Queue;
  /** When agents answer; absent = nothing is promised. */
  hours?: Pick<DeskHours, 'backAt' | 'due'>;
  /** Times at which the desk calls back; absent = nobody is called. */
  calling?: Pick<CallBackParts, 'calls' | 'now' | 'timeZone'>;
  /** For what agents ask of citizens; absent = they ask nothing. */
  desk?: Pick<Parameters<typeof createConsent>[0], 'database' | 'bodyName'>;
  /** What the assistant may do; absent = everything. */
  switches?: Pick<Switches, 'of' | 'ofCited'>;
  /** Cases, reports, payment notices and ratings; absent = none. */
  errands?: Pick<ErrandsParts, 'cases' | 'reports' | 'payments' | 'guesses' | 'now' | 'guides' | 'forms' | 'mailCodes' | 'tools'>;
  /** Citizens who sign in; absent = nobody can. */
  citizens?: Pick<OwnTalkParts, 'signIns' | 'mandates' | 'undelivered' | 'bookings' | 'cases' | 'now' | 'timeZone'>;
  /** Carries a conversation between channels; absent = it stays where it is. */
  carrying?: Pick<CarryParts, 'database' | 'links' | 'channels' | 'timeZone'>;
}

const NOBODY: Queue = { present: async () => 0, waitingSince: async () => ({ place: 1, wait: null }) };

export function createSpeakers(parts: SpeakerParts): ChooseSpeaker {
  const own = parts.languages[0] ?? 'it';
  const spokenAt = (locale: string | undefined) => parts.languages.find((code) => code === locale?.slice(0, 2).toLowerCase()) ?? own;
  const crowd = createCrowd(parts);
  const pressedIn = new WeakMap<Message, string>();
  const languageOf = (message: Message, lang: string | null) =>
    pressedIn.get(message) ?? identifyLanguage(message.text, lang ?? spokenAt(message.locale));

  const open: Speaker = async (message, { state }) => {
    const lang = spokenAt(message.locale);
    const greeting = greet(parts.knowledge.speech(lang), lang, parts.bodyName);
    const before = [parts.switches?.of(message.channel, '')?.banner, crowd.banner(lang), parts.welcome?.()].filter(Boolean);
    // While the greeting is read: an idle server has no need of it, and the first question should not wait.
    void readyRoutes().catch(() => {});
    setImmediate(learnLanguages);
    return { state, lang, replies: [{ ...greeting, text: [...before, greeting.text].join('\n\n') }] };
  };

  const silent: Speaker = async (_message, { state }) => ({ state, replies: [] });

  /** Chosen on the page: what is said next is in it. */
  const languageChosen = (value: unknown): Speaker | null => {
    const chosen = typeof value === 'object' && value !== null && 'language' in value ? value.language : null;
    const lang = parts.languages.find((code) => code === chosen);
    return lang ? async (_message, { state }) => ({ state, lang, replies: [] }) : null;
  };

  const { noneOfThese, tellMe } = createMissed(own, parts.knowledge.speech);

  const answer: Speaker = async (message, { state, lang, history }) => {
    const prior = lang ?? spokenAt(message.locale);
    const question = {
      text: message.text,
      lang: prior,
      history,
      at: parts.today(),
      audience: 'citizen' as const,
      lastCited: state.lastCited,
      ...(pressedIn.has(message) ? { answerIn: prior } : {}),
    };
    const answer = await crowd.answer(question);
    if (!answer) return crowd.tooMany(message, state, languageOf(message, lang));
    // By its time: the rows of answers given together then stand side by side in their index, and one page of it is written for all of them.
    const answerId = randomUUIDv7();
    const replies = writeReplies(answer, answerId);
    const missed = answer.outcome === 'unanswerable' || answer.outcome === 'clarify';
    const unanswered = answer.outcome === 'answered' ? 0 : missed ? state.unanswered + 1 : state.unanswered;
    const say = parts.knowledge.speech(answer.lang);
    if (unanswered >= UNANSWERED && missed && replies[0] && !replies[0].choices.some((choice) => choice.title === say('person')))
      replies[0].choices = [{ title: say('person'), value: say('person') }, ...replies[0].choices];
    if (answer.outcome === 'unanswerable' && answer.reason !== 'no_passage') replies[0]?.choices.push(tellMeChoice(say));
    const lastCited = answer.citations.map((citation) => citation.passageId);
    const titles = answer.lang === own ? [] : answer.choices.map(({ value }) => value);
    return {
      state: {
        ...(state.offered === undefined ? state : withoutOffered(state)),
        unanswered,
        lastCited: lastCited.length > 0 ? lastCited : state.lastCited,
        ...(titles.length > 0 ? { offered: titles } : {}),
      },
      lang: answer.lang,
      replies,
      effects: [storeAnswer(message, answer, answerId)],
    };
  };

  const { speech, offices } = parts.knowledge;
  const guard = parts.switches && createSwitched({ switches: parts.switches, speech, languageOf });
  const askWaiting = guard?.askWaiting(answer) ?? answer;
  const offerCall = (say: Say, office: string | null = null) => offerCallBack(parts.calling?.calls, say, office);
  const handoff = createHandoff({
    speech,
    offices,
    languageOf,
    queue: parts.queue ?? NOBODY,
    hours: parts.hours,
    ask: askWaiting,
    offerCall,
    assistance: parts.appointments?.letters !== undefined,
  });
  const ask = guard?.ask(answer, () => handoff.ask) ?? answer;
  const routed = createRouted({ speech, languageOf, askForPerson: handoff.ask });
  const proposed = parts.appointments && createProposed({ ...parts.appointments, speech, languageOf });
  const consent = parts.desk && createConsent({ ...parts.desk, speech, own, signIns: parts.citizens?.signIns });
  const desk = createDeskSpeaker({ speech, own, proposed, consent });
  const signed = parts.citizens && { sessions: parts.citizens.signIns.sessions, mandates: parts.citizens.mandates, speech };
  const mine = parts.citizens && createOwn({ ...parts.citizens, speech, languageOf });
  const booking =
    parts.appointments &&
    createBooking({
      ...parts.appointments,
      speech: parts.knowledge.speech,
      languageOf,
      ask,
      ...(signed && { person: personFor(signed, 'bookings') }),
    });
  const list =
    booking &&
    parts.appointments?.database &&
    createWaiting({ ...parts.appointments, ...booking, database: parts.appointments.database, speech, languageOf, ask });
  const ticket =
    parts.waiting &&
    createTicket({ ...parts.waiting, speech: parts.knowledge.speech, languageOf, ask, offerCall, ...(booking && { book: booking.begin }) });
  const { waiting, appointments } = parts;
  const assistance =
    appointments?.letters &&
    createAssistance({
      ...appointments,
      letters: appointments.letters,
      ...{ speech, languageOf, offices, ask },
      ...(signed && { person: personFor(signed, 'bookings') }),
    });
  const callBack =
    parts.calling &&
    createCallBack({
      ...parts.calling,
      ...{ speech, languageOf, offices, ask },
      askForPerson: handoff.ask,
      ...(waiting && { leaveLine: (id: string) => waiting.lines.leave(id) }),
    });
  const errands =
    parts.errands &&
    createErrands({
      ...parts.errands,
      speech: parts.knowledge.speech,
      languageOf,
      ask,
      ...(signed && { person: personFor(signed, 'cases') }),
    });
  const carry = parts.carrying ? createCarry({ ...parts.carrying, speech, languageOf }) : () => null;
  const native = createNative({ speech, languageOf, ...(errands ? { report: errands.report } : {}) });
  const talks = createTalks([
    callBack && { name: CALL, inForm: callBack.inForm, takes: callBack.inside, take: callBack.take },
    assistance && {
      ...{ name: ASSISTANCE, inForm: assistance.inForm, take: assistance.take },
      takes: (message, conversation) => assistance.inside(message, conversation) || assistance.wants(message.text),
    },
    list && { name: WAITING, inForm: formOpen(WAITING), within: [BOOKING], ...list },
    ticket && { name: TICKET, inForm: formOpen(TICKET), ...ticket },
    errands && { name: 'errands', ...errands },
    booking && { name: BOOKING, inForm: formOpen(BOOKING), ...booking },
  ]);
  /** The knowledge, and below its answer what may be done about the subject. */
  const askAndOffer: Speaker = async (message, conversation) => {
    const asked = await ask(message, conversation);
    const booked = booking ? booking.offer(message, conversation, asked) : asked;
    const result = booked instanceof Promise ? await booked : booked;
    return errands ? errands.offer(message, result) : result;
  };
  const isBusy = (conversation: Conversation) => talks.busy(conversation) || conversation.state.dialog?.name === HANDOFF;

  const choose: ChooseSpeaker = (message, conversation) => {
    if (message.kind === 'opened') return open;
    if (message.kind === 'desk') return desk;
    const carried = carry(message, conversation);
    if (carried) return carried;
    if (message.kind === 'event')
      return mine?.heard(message) ?? (isVote(message.value) ? takeFeedback : (languageChosen(message.value) ?? silent));
    if (conversation.mode === 'person') {
      // The figures of a sign-in that the agent asked for.
      const figures = mine?.inside(message, conversation, () => silent);
      if (figures) return figures;
      if (consent?.open(conversation)) return consent.take;
      return proposed?.open(conversation) ? proposed.take : silent;
    }
    const inside = mine?.inside(message, conversation, choose);
    if (inside) return inside;
    const busy = isBusy(conversation);
    const sent = native(message, busy);
    if (sent) return sent;
    const wanted = busy ? null : mine?.take(message);
    if (wanted) return wanted;
    if (conversation.state.dialog?.name === HANDOFF) {
      if (recogniseIntent(message.text).kind === 'emergency') return ask;
      if (callBack?.wants(message.text)) return callBack.take;
      if (assistance?.wants(message.text)) return assistance.take;
      // Whoever would rather have something else done leaves the request for a person.
      const { waiting: held } = conversation.state.dialog.data as { waiting?: boolean };
      if (contactIn(message.text) || recogniseIntent(message.text).kind === 'human') return handoff.take;
      if (held) return booking?.takes(message, conversation) ? booking.take : handoff.take;
      return (wishesElse(message.text) && talks.taker(message, conversation)) || handoff.take;
    }
    const say = parts.knowledge.speech(conversation.lang ?? spokenAt(message.locale));
    if (message.text === say('none')) return noneOfThese;
    if (message.text === say('tellMe')) return tellMe;
    const intent = recogniseIntent(message.text).kind;
    const mayCall = intent !== 'emergency' && (callBack?.inForm(conversation) || !busy);
    // "Have somebody call me" is more than to want a person.
    if (mayCall && callBack?.wants(message.text)) return callBack.take;
    if (message.text === say('person') || intent === 'human') return handoff.ask;
    if (intent === 'emergency') return ask;
    const taker = talks.taker(message, conversation);
    if (taker) return taker;
    const known = routed(message);
    if (known) return known;
    return askAndOffer;
  };
  const guarded = guard?.choose(choose, answer) ?? choose;
  const heard = withPressed(guarded, createPressed(parts.languages, speech), (message, lang) => void pressedIn.set(message, lang));
  return (message, conversation) => (message.kind === 'notice' ? tellNotice : heard(message, conversation));
}

function withoutOffered({ offered: _, ...state }: ConversationState): ConversationState {
  return state;
}

function isVote(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'vote' in value && 'answerId' in value;
}
