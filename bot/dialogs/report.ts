/** Something broken is reported: kind, place, words, perhaps a photo; all of it read back, sent after a yes, followed by its number. */
import { randomUUID } from 'node:crypto';
import type { Attribute, Category, Report, ReportRequest, Reports } from '../../connectors/reports/contract.ts';
import type { Result } from '../../connectors/result.ts';
import { resumes } from '../conversation/filling/control.ts';
import { emptyForm, type Form, type FormState } from '../conversation/filling/form.ts';
import { askAgain, fillIn } from '../conversation/filling.ts';
import type { Speaker, TurnResult } from '../conversation/speaker.ts';
import type { Message } from '../message.ts';
import {
  type Ends,
  type ErrandDialog,
  type ErrandParts,
  inEveryLanguage,
  minutesOf,
  reply,
  speak,
  stageOf,
  type Turn,
  turnOf,
} from './errand.ts';
import { attributeField, categoryField, detailsField, type Photo, type Place, photoField, placeBeside } from './report/fields.ts';
import { reportReceipt, reportTold } from './report/told.ts';
import { aboutReport, reportIdIn, reportWish, STATUS_WORDS } from './report/wants.ts';

export const REPORT = 'report';

export interface ReportParts extends ErrandParts {
  reports: Reports;
}

export function createReport(parts: ReportParts): ErrandDialog {
  const { reports } = parts;
  const offered = new Set(inEveryLanguage(parts.speech, 'reportOffer'));

  /** Categories, and what the chosen one asks; null when the other system is away. */
  async function known(state: FormState): Promise<{ categories: Category[]; attributes: Attribute[] } | null> {
    const listed = await reports.categories();
    if (listed.kind !== 'ok') return null;
    const chosen = listed.value.find(({ code }) => code === state.values['category']);
    const asked = chosen?.hasFields ? await reports.fields(chosen.code) : null;
    return { categories: listed.value, attributes: asked?.kind === 'ok' ? asked.value : [] };
  }

  const formOf = ({ categories, attributes }: { categories: Category[]; attributes: Attribute[] }): Form => ({
    name: REPORT,
    fields: [categoryField(categories), placeBeside(categories), detailsField, ...attributes.map(attributeField), photoField],
    refusal: 'change',
    yes: /\b(?:invia\w*|manda\w*|segnala\w*|send|submit|senden|absenden|melden|envoy\w+|signale\w*|enviar|envia\w*)\b/,
    confirm: ({ say }) => ({
      before: say('reportSummary'),
      after: say('reportConfirm'),
      choices: [say('yesReport'), say('change'), say('cancel')],
    }),
  });

  /** A message into the form; a category just chosen may ask more, so the form is looked at again. */
  async function fill(turn: Turn, state: FormState, opening: boolean): Promise<TurnResult> {
    const before = await known(state);
    if (!before) return reply(turn, [turn.say('reportDown')], [turn.say('person')], null);
    const photo = pictureIn(turn.message);
    const heard = { ...turn.heard, opening, ...(photo && { proposals: { photo } }) };
    const filled = await fillIn(formOf(before), state, heard);
    if (filled.state.values['category'] === state.values['category'] || filled.outcome !== 'asking') return say(turn, filled, opening);
    const after = await known(filled.state);
    return say(turn, after ? await askAgain(formOf(after), filled.state, turn.heard, filled.notes) : filled, opening);
  }

  function say(turn: Turn, filled: Awaited<ReturnType<typeof fillIn>>, opening: boolean): Promise<TurnResult> {
    if (opening) filled.notes.unshift(turn.say('reportBegin'));
    const ends: Ends = { left: 'reportLeft', back: 'reportBackTo', confirmed: (state) => send(turn, state) };
    return speak(turn, parts.ask, filled, ends);
  }

  async function send(turn: Turn, state: FormState): Promise<TurnResult> {
    const result = await reports.submit(requestOf(state, turn.message.conversationId), state.key);
    return ended(turn, state, result.kind === 'unknown' ? await reports.lookup(state.key) : result, result.kind === 'unknown');
  }

  async function ended(turn: Turn, form: FormState, result: Result<Report>, lookedUp: boolean): Promise<TurnResult> {
    const { say } = turn;
    if (result.kind === 'ok')
      return reply(turn, [reportReceipt(result.value, turn)], [say('ratingOffer')], {
        stage: 'told',
        form: { ...form, values: { id: result.value.id } },
      });
    if (lookedUp && result.kind !== 'not_found')
      return reply(turn, [say('reportUnknown')], [say('bookCheckAgain'), say('person')], { stage: 'unknown', form });
    const why = lookedUp
      ? say('bookNotDone')
      : result.kind === 'invalid'
        ? say('reportInvalid', { why: Object.values(result.fields).join(' ') })
        : result.kind === 'retry_after'
          ? say('bookTooManyTries', { minutes: minutesOf(result.seconds) })
          : say('reportDown');
    const here = await known(form);
    if (!here) return reply(turn, [why], [say('person')], { stage: 'paused', form });
    const filled = await askAgain(formOf(here), form, turn.heard, [why]);
    return reply(turn, [...filled.notes, filled.ask.text], [...filled.ask.choices, say('person')], { stage: 'form', form: filled.state });
  }

  async function follow(turn: Turn, id: string | null): Promise<TurnResult> {
    const { say } = turn;
    if (!id) return reply(turn, [say('reportAskId')], [say('person')], null);
    const found = await reports.get(id);
    if (found.kind === 'not_found') return reply(turn, [say('reportNotFound', { id })], [say('person')], null);
    if (found.kind !== 'ok') return reply(turn, [say('reportDown')], [say('person')], null);
    return reply(turn, [reportTold(found.value, turn)], [say('person')], {
      stage: 'told',
      form: emptyForm(REPORT, randomUUID(), { id: found.value.id }),
    });
  }

  const take: Speaker = async (message, conversation) => {
    const turn = turnOf(parts, REPORT, message, conversation);
    const stage = stageOf(conversation, REPORT);
    if (stage?.stage === 'unknown') return ended(turn, stage.form, await reports.lookup(stage.form.key), true);
    if (stage?.stage === 'form') return fill(turn, stage.form, false);
    const wish = reportWish(message.text);
    if (wish === 'follow')
      return follow(turn, reportIdIn(message.text) ?? (stage?.stage === 'told' ? String(stage.form.values['id'] ?? '') : null));
    if (stage?.stage === 'told' && wish === null && !offered.has(message.text)) return follow(turn, String(stage.form.values['id'] ?? ''));
    if (stage?.stage === 'paused' && wish === null && !offered.has(message.text)) {
      const here = await known(stage.form);
      return here
        ? say(turn, await askAgain(formOf(here), stage.form, turn.heard), false)
        : reply(turn, [turn.say('reportDown')], [turn.say('person')], stage);
    }
    return fill(turn, emptyForm(REPORT, randomUUID()), true);
  };

  return {
    name: REPORT,
    takes({ text }, conversation) {
      const stage = stageOf(conversation, REPORT);
      if (stage?.stage === 'form' || stage?.stage === 'unknown' || offered.has(text) || reportWish(text)) return true;
      if (stage?.stage === 'paused') return resumes(text);
      return stage?.stage === 'told' && STATUS_WORDS.test(text.toLowerCase()) && text.split(/\s+/).length < 8;
    },
    take,
    offers: ({ text }, say) => (aboutReport(text) ? say('reportOffer') : null),
  };
}

function requestOf({ values }: FormState, conversationId: string): ReportRequest {
  const { id } = (values['photo'] ?? { id: '' }) as Photo;
  const attributes = Object.entries(values).flatMap(([name, value]) =>
    name.startsWith('attribute ') && value !== '' ? [[name.slice('attribute '.length), String(value)]] : [],
  );
  return {
    category: String(values['category']),
    description: String(values['details']),
    ...(values['place'] as Place),
    ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) as Record<string, string> }),
    ...(id && { photo: id }),
    conversationId,
  };
}

/** The first picture sent: the id of our upload, or where the channel keeps it. */
function pictureIn({ attachments }: Message): Photo | null {
  const picture = attachments.find(({ contentType }) => contentType.startsWith('image/'));
  if (!picture) return null;
  return {
    id: (/\/files\/([\w-]{10,64})/.exec(picture.url)?.[1] ?? picture.url).slice(0, 500),
    name: picture.name.slice(0, 200) || 'foto',
  };
}
