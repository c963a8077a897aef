/** A service's form in the conversation: one question at a time, read back whole, sent after a yes, a case with its number. */
import { randomUUID } from 'node:crypto';
import type { Case, Cases } from '../../connectors/cases/contract.ts';
import type { Writer } from '../../connectors/databases/contract.ts';
import type { Result } from '../../connectors/result.ts';
import { asks, plain, resumes } from '../conversation/filling/control.ts';
import { emptyForm, type Form, type FormState } from '../conversation/filling/form.ts';
import { askAgain, type Filled, fillIn } from '../conversation/filling.ts';
import type { Effect, Speaker, TurnResult } from '../conversation/speaker.ts';
import { mayHold } from '../../knowledge/languages/reading/sieve.ts';
import { type Letter, writeLetter } from '../notices/post.ts';
import { draftCodeIn, type FormDrafts } from '../office/form-drafts.ts';
import { filesIn, namesOf } from '../office/attached.ts';
import type { CaseFiles } from '../office/case-files.ts';
import { type Answers, filesAsked, type RequestForm, requestOf, standing } from '../office/request-forms.ts';
import { readAction } from './booking/action.ts';
import { localNow } from './dates/calendar.ts';
import { dayInWords, type ErrandDialog, type ErrandParts, inEveryLanguage, reply, speak, stageOf, type Turn, turnOf } from './errand.ts';
import { brought, ready } from './form/files.ts';
import { questionField } from './form/question-field.ts';

export const FORM = 'form';
/** Where a form keeps the code it was opened with: no question has a space in its name. */
const DRAFT = 'draft code';

/** A code alone, or with a word of going on: an answer may look like one. */
const opensDraft = (text: string): string | null => (resumes(text) || !/\s/.test(text.trim()) ? draftCodeIn(text) : null);

export interface FormParts extends ErrandParts {
  cases: Cases;
  forms: RequestForm[];
  /** Forms set aside with a code; absent = only in their own conversation. */
  drafts?: FormDrafts;
  /** Files of requests; absent = none are taken. */
  files?: CaseFiles;
  /** As it is now. */
  bodyName(): string;
}

export function createFormDialog(parts: FormParts): ErrandDialog {
  const { cases, forms } = parts;
  const offers = forms.map((form) => ({
    form,
    texts: new Set(inEveryLanguage((lang) => (key) => parts.speech(lang)(key, { title: form.title }), 'formOffer')),
  }));
  const pressed = (text: string) => offers.find(({ texts }) => texts.has(text))?.form;
  // Every message is looked at: their words are made plain once.
  const words = forms.flatMap((form) => form.words.map((word) => ({ form, word: plain(word) })));
  const mayName = mayHold(words.map(({ word }) => word));
  const named = (text: string): RequestForm | undefined => {
    const said = plain(text);
    return mayName(said) ? words.find(({ word }) => said.includes(word))?.form : undefined;
  };

  const formOf = (form: RequestForm): Form => ({
    name: form.id,
    fields: form.questions.map(questionField),
    refusal: 'change',
    yes: /\b(?:invia\w*|manda\w*|send|senden|envoy\w+|enviar)\b/,
    confirm: ({ say }) => ({
      before: say('bookSummary'),
      after: say('formSend', { office: form.office }),
      choices: [say('yesForm'), say('change'), say('cancel')],
    }),
  });

  const take: Speaker = async (message, conversation) => {
    const turn = turnOf(parts, FORM, message, conversation);
    const code = opensDraft(message.text);
    if (parts.drafts && code) return goOn(turn, parts.drafts, code);
    const stage = stageOf(conversation, FORM);
    const running = stage && stage.stage !== 'told' ? stage.form : null;
    const form = forms.find(({ id }) => id === running?.form) ?? pressed(message.text) ?? named(message.text);
    if (!form) return reply(turn, [turn.say('formNotUnderstood')], [turn.say('person')], null);
    if (stage?.stage === 'unknown') return ended(turn, form, stage.form, await cases.lookup(stage.form.key), true);
    const shape = formOf(form);
    const filled =
      stage?.stage === 'form'
        ? await fill(turn, form, shape, stage.form)
        : await askAgain(shape, running ?? emptyForm(form.id, randomUUID()), turn.heard);
    if (!running) filled.notes.unshift(turn.say('formStart', { title: form.title }));
    const said = await speak(turn, parts.ask, filled, {
      left: 'formDropped',
      back: 'formBack',
      confirmed: (state) => send(turn, form, state),
    });
    const rests = filled.outcome === 'paused' || filled.outcome === 'aside';
    return rests && parts.drafts ? setAside(turn, parts.drafts, filled.state, said) : said;
  };

  /** Files go to the question that asks for them; words sent along with them are no answer to another. */
  async function fill(turn: Turn, form: RequestForm, shape: Form, state: FormState): Promise<Filled> {
    const files = await brought(parts.files, { message: turn.message, form, state, say: turn.say });
    if (!files) return fillIn(shape, state, turn.heard);
    if (Object.keys(files.proposals).length === 0) return askAgain(shape, state, turn.heard, files.notes);
    const filled = await fillIn(shape, state, { ...turn.heard, text: '', proposals: files.proposals });
    return { ...filled, notes: [...files.notes, ...filled.notes] };
  }

  /** Set aside in this conversation, and with a code for any other. */
  function setAside(turn: Turn, drafts: FormDrafts, state: FormState, said: TurnResult): TurnResult {
    const known = state.values[DRAFT];
    const code = typeof known === 'string' ? known : drafts.newCode();
    const [first] = said.replies;
    if (!first) return said;
    const draft = { form: state.form, answers: state.values as Answers };
    return {
      ...said,
      replies: [{ ...first, text: `${first.text}\n\n${turn.say('formCode', { code })}` }],
      effects: [...(said.effects ?? []), (tx) => drafts.save(tx, code, draft, turn.conversation.id)],
    };
  }

  /** From the page, or from another channel: what was written there and stands is taken, the rest is asked. */
  async function goOn(turn: Turn, drafts: FormDrafts, code: string): Promise<TurnResult> {
    const draft = await drafts.read(code);
    const form = forms.find(({ id }) => id === draft?.form);
    if (!draft || !form) return reply(turn, [turn.say('formNoCode')], [turn.say('person')], stageOf(turn.conversation, FORM));
    const values = { ...standing(form, draft.answers, localNow(turn.heard.now, 'Europe/Rome').today), [DRAFT]: code };
    const filled = await askAgain(formOf(form), emptyForm(form.id, randomUUID(), values), turn.heard);
    filled.notes.unshift(turn.say('formStart', { title: form.title }));
    return speak(turn, parts.ask, filled, { left: 'formDropped', back: 'formBack', confirmed: (state) => send(turn, form, state) });
  }

  async function send(turn: Turn, form: RequestForm, state: FormState): Promise<TurnResult> {
    const files = parts.files && (await ready(parts.files, form, state, turn.say, turn.conversation.id));
    if (files?.kind === 'coming') return stay(turn, form, state, [turn.say('formFileComing', { names: files.names })]);
    if (files?.kind === 'again') {
      const left = Object.entries({ ...state.values, ...files.without }).filter(([, value]) => value !== null);
      const [values, checked] = [Object.fromEntries(left), state.checked.filter((name) => !(name in files.without))];
      return stay(turn, form, { ...state, values, checked }, files.notes);
    }
    const { today } = localNow(turn.heard.now, 'Europe/Rome');
    const sent = await cases.open(requestOf(form, state.values as Answers, today), state.key);
    return sent.kind === 'unknown' ? ended(turn, form, state, await cases.lookup(state.key), true) : ended(turn, form, state, sent, false);
  }

  async function stay(turn: Turn, form: RequestForm, state: FormState, notes: string[]): Promise<TurnResult> {
    const filled = await askAgain(formOf(form), state, turn.heard, notes);
    return speak(turn, parts.ask, filled, { left: 'formDropped', back: 'formBack', confirmed: (done) => send(turn, form, done) });
  }

  async function ended(turn: Turn, form: RequestForm, state: FormState, result: Result<Case>, lookedUp: boolean): Promise<TurnResult> {
    const { say } = turn;
    if (result.kind === 'ok') {
      const email = String(state.values['email'] ?? '');
      const url = `/forms/${form.id}/receipt.pdf?key=${state.key}`;
      const names = namesOf(filesAsked(form, state.values).flatMap(({ id }) => filesIn(state.values[id])));
      const attached = names && say('formFilesSent', { names });
      const lines = [formReceipt(result.value, turn), attached, ...form.after, say('formPdf', { url }), email ? say('formMailed') : ''];
      const letter = email ? receiptLetter(result.value, { turn, form, email, attached, name: String(state.values['nome']) }) : null;
      const draft = state.values[DRAFT];
      const effects: Effect[] = [
        (tx: Writer) =>
          parts.files?.sent(tx, state.key, { ...result.value, fiscalCode: String(state.values['codice_fiscale']) }) ?? Promise.resolve(),
        ...(letter ? [(tx: Writer) => writeLetter(tx, letter, new Date().toISOString())] : []),
        ...(parts.drafts && typeof draft === 'string' ? [(tx: Writer) => parts.drafts?.drop(tx, draft) ?? Promise.resolve()] : []),
      ];
      return reply(turn, lines, [say('caseOffer')], null, effects);
    }
    if (lookedUp && result.kind !== 'not_found')
      return reply(turn, [say('bookUnknown')], [say('bookCheckAgain'), say('person')], { stage: 'unknown', form: state });
    const why = lookedUp
      ? say('bookNotDone')
      : result.kind === 'invalid'
        ? say('bookInvalid', { why: Object.values(result.fields).join(' ') })
        : say('caseDown');
    const filled = await askAgain(formOf(form), state, turn.heard, [why]);
    return reply(turn, [...filled.notes, filled.ask.text], [...filled.ask.choices, say('person')], { stage: 'form', form: filled.state });
  }

  function receiptLetter(
    made: Case,
    { turn, form, email, name, attached }: { turn: Turn; form: RequestForm; email: string; name: string; attached: string },
  ): Letter {
    const { say } = turn;
    return {
      id: `case:${made.number}:${made.year}`,
      conversationId: turn.conversation.id,
      to: email,
      subject: `${form.title}: ${made.number}/${made.year}`,
      text: `${[say('mailHello', { name }), formReceipt(made, turn).replaceAll('**', ''), attached, ...form.after, say('mailAuto', { body: parts.bodyName() })].filter(Boolean).join('\n\n')}\n`,
    };
  }

  return {
    name: FORM,
    takes(message, conversation) {
      const { text } = message;
      const stage = stageOf(conversation, FORM);
      if (stage?.stage === 'form' || stage?.stage === 'unknown' || pressed(text)) return true;
      if (parts.drafts && opensDraft(text)) return true;
      if (stage?.stage === 'paused' && resumes(text)) return true;
      return !text.includes('?') && named(text) !== undefined && asks(text) !== 'sure' && readAction(text) === null;
    },
    take,
    offers({ text }, say, cited) {
      const form = forms.find(({ document }) => document !== undefined && cited.includes(document)) ?? named(text);
      return form ? say('formOffer', { title: form.title }) : null;
    },
  };
}

/** Number with its year, protocol if there is one, the latest day. */
export function formReceipt({ number, year, office, dueOn }: Case, { say, lang }: Pick<Turn, 'say' | 'lang'>): string {
  return say('formDone', { ref: `${number}/${year}`, office, due: dueOn ? dayInWords(dueOn, lang) : '–' });
}
