/** The dialogs about cases, reports, payments and ratings as one: whose a message is, and what the knowledge's answer may offer. */
import type { Conversation } from '../conversation/conversation.ts';
import type { Speaker, TurnResult } from '../conversation/speaker.ts';
import type { Message } from '../message.ts';
import { type ErrandDialog, type ErrandParts, stageOf } from './errand.ts';
import { createRating } from './feedback/rating.ts';
import { createFormDialog, type FormParts } from './form.ts';
import { createGuide, type GuideParts } from './guide.ts';
import { createLookUp, type LookUpParts } from './look-up.ts';
import { createPayment, type PaymentParts } from './payment.ts';
import { createReport, type ReportParts } from './report.ts';
import { createStatus, type StatusParts } from './status.ts';

export interface ErrandsParts extends ErrandParts, PaymentParts, ReportParts, StatusParts {
  /** Life-event guides; absent = none. */
  guides?: Pick<GuideParts, 'guides' | 'cite'>;
  /** Tools of others; absent = none. */
  tools?: LookUpParts['tools'];
  /** Services' forms; absent = none. */
  forms?: Pick<FormParts, 'forms' | 'bodyName' | 'drafts' | 'files'>;
}

export interface Errands {
  inForm(conversation: Conversation): boolean;
  /** One of them takes it, the one in progress first. */
  takes(message: Message, conversation: Conversation): boolean;
  /** Only for what `takes` takes. */
  take: Speaker;
  /** A place or a picture sent by itself begins a report. */
  report: Speaker;
  /** What the knowledge said, with what may be done about its subject. */
  offer(message: Message, result: TurnResult): TurnResult;
}

export function createErrands(parts: ErrandsParts): Errands {
  // In this order: a number of eighteen digits is a notice whatever stands around it.
  const report = createReport(parts);
  const dialogs: ErrandDialog[] = [createPayment(parts), report, createStatus(parts), createRating(parts)];
  if (parts.forms) dialogs.push(createFormDialog({ ...parts, ...parts.forms }));
  if (parts.guides) dialogs.push(createGuide({ ...parts, ...parts.guides }));
  if (parts.tools) dialogs.push(createLookUp({ ...parts, tools: parts.tools }));
  const open = (conversation: Conversation) => {
    const dialog = dialogs.find(({ name }) => name === conversation.state.dialog?.name);
    return dialog && ['form', 'unknown'].includes(stageOf(conversation, dialog.name)?.stage ?? '') ? dialog : undefined;
  };
  const takerOf = (message: Message, conversation: Conversation) =>
    open(conversation) ?? dialogs.find((dialog) => dialog.takes(message, conversation));

  return {
    inForm: (conversation) => open(conversation) !== undefined,
    takes: (message, conversation) => takerOf(message, conversation) !== undefined,
    take(message, conversation) {
      const taker = takerOf(message, conversation);
      if (!taker) throw new Error('No errand takes this message');
      return taker.take(message, conversation);
    },
    report: report.take,
    offer(message, result) {
      const [first] = result.replies;
      const outcome = first?.answer?.outcome;
      if (!first || outcome === 'refused' || outcome === 'failed') return result;
      const say = parts.speech(first.lang);
      const cited = first.citations.flatMap(({ url }) => /\/sources\/([^/]+)\//.exec(url)?.[1] ?? []).map(decodeURIComponent);
      for (const dialog of dialogs) {
        const title = dialog.offers(message, say, cited);
        if (title === null || first.choices.some(({ value }) => value === title)) continue;
        const choices = [{ title, value: title }, ...first.choices];
        return { ...result, replies: [{ ...first, choices }, ...result.replies.slice(1)] };
      }
      return result;
    },
  };
}
