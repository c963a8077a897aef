/** "Richiesta di assistenza": what is left for an office when nobody is there, with the fields of the model for Italian municipalities, read back and sent with a yes that says the privacy notice was read. */
import { randomUUID } from 'node:crypto';
import type { Bookings } from '../../connectors/bookings/contract.ts';
import { competentOffice, type Office } from '../../knowledge/offices.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { plain, resumes } from '../conversation/filling/control.ts';
import { emptyForm, type Form, type FormState } from '../conversation/filling/form.ts';
import { askAgain, fillIn } from '../conversation/filling.ts';
import type { Effect, Speaker, TurnResult } from '../conversation/speaker.ts';
import type { Message } from '../message.ts';
import { writeLetter } from '../notices/post.ts';
import { categoryField, detailsField, replyToField, serviceWanted, splitName } from './assistance/fields.ts';
import { nameField } from './booking/person-fields.ts';
import type { PersonOf } from './booking/verified.ts';
import { type ErrandParts, inEveryLanguage, reply, speak, stageOf, type Turn, turnOf } from './errand.ts';
import { HANDOFF, noted, numberOf } from './handoff.ts';

export const ASSISTANCE = 'assistance';

export interface AssistanceParts extends ErrandParts {
  offices(): Office[];
  /** Services that one may ask about. */
  bookings: Pick<Bookings, 'services'>;
  letters: { readonly bodyName: string; publicUrl: string };
  person?: PersonOf;
}

export interface Assistance {
  wants(text: string): boolean;
  inside(message: Message, conversation: Conversation): boolean;
  inForm(conversation: Conversation): boolean;
  take: Speaker;
}

export function createAssistance(parts: AssistanceParts): Assistance {
  const offers = new Set(inEveryLanguage(parts.speech, 'helpOffer').map(plain));
  const inForm = (conversation: Conversation) => stageOf(conversation, ASSISTANCE)?.stage === 'form';

  const formOf = (services: string[], url: string): Form => ({
    name: 'assistance',
    fields: [{ ...nameField, label: ({ say }) => say('helpName') }, replyToField, categoryField, serviceWanted(services), detailsField],
    refusal: 'change',
    yes: /\b(?:invi\w*|manda\w*|send|senden|envoy\w+|envi\w+|trimite|poslji)\b/,
    confirm: ({ say }) => ({
      before: say('helpSummary'),
      after: say('helpConfirm', { url }),
      choices: [say('helpYes'), say('change'), say('cancel')],
    }),
  });

  const take: Speaker = async (message, conversation) => {
    const turn = turnOf(parts, ASSISTANCE, message, conversation);
    const listed = await parts.bookings.services();
    const services = listed.kind === 'ok' ? listed.value.map(({ name }) => name) : [];
    const form = formOf(services, `${parts.letters.publicUrl || message.origin || ''}/privacy`);
    const stage = stageOf(conversation, ASSISTANCE);
    const said = plain(message.text);
    if (stage && stage.stage !== 'told') {
      // The button is the tick: it names the notice, and says yes.
      const text = said === plain(turn.say('helpYes')) ? 'sì' : message.text;
      const filled =
        stage.stage === 'form' && !offers.has(said)
          ? await fillIn(form, stage.form, { ...turn.heard, text })
          : await askAgain(form, stage.form, turn.heard);
      return on(turn, filled);
    }
    const { dialog } = conversation.state;
    const request = dialog?.name === HANDOFF ? (dialog.data as { id?: string; office?: string | null }) : null;
    const known = await parts.person?.(message, turn.lang);
    const values = { request: request?.id ?? randomUUID(), office: request?.office ?? null, ...(known && { name: known.name }) };
    const filled = await askAgain(form, emptyForm('assistance', randomUUID(), values), turn.heard);
    return on(turn, { ...filled, notes: [turn.say('helpBegin'), ...filled.notes] });
  };

  const on = (turn: Turn, filled: Awaited<ReturnType<typeof fillIn>>): Promise<TurnResult> =>
    speak(turn, parts.ask, filled, { confirmed: async (state) => send(turn, state), left: 'helpQuit', back: 'helpBackTo' }).then(
      (result) =>
        filled.outcome === 'cancelled'
          ? { ...result, effects: [leave(String(filled.state.values['request']), turn.message.receivedAt)] }
          : result,
    );

  function send(turn: Turn, { values }: FormState): TurnResult {
    const { say, message, lang, conversation } = turn;
    const id = String(values['request']);
    const number = numberOf(id);
    const reached = values['reply'] as { email?: string; phone?: string };
    const [service, text, category] = ['wanted', 'details', 'category'].map((name) => String(values[name])) as [string, string, string];
    const office =
      parts.offices().find(({ name }) => name === values['office']) ?? competentOffice(parts.offices(), `${service} ${text}`, []);
    const { name, surname } = splitName(String(values['name']));
    const fields = { name, surname, ...reached, category, service, text, privacyReadAt: message.receivedAt };
    const request = JSON.stringify({ ...fields, contact: reached.email ?? reached.phone, office: office?.name ?? null, number });
    const row = { request, office: office?.name ?? null, lang, updated_at: message.receivedAt };
    const keep: Effect = async (tx) => {
      const kept = await tx.updateTable('handoff').set(row).where('id', '=', id).executeTakeFirst();
      if (Number(kept.numUpdatedRows) > 0) return;
      const made = { id, conversation_id: conversation.id, state: 'requested', reason: 'asked', created_at: message.receivedAt };
      await tx
        .insertInto('handoff')
        .values({ ...made, ...row })
        .execute();
    };
    const lines = [
      [say('helpName'), `${name} ${surname}`],
      [say('helpEmail'), reached.email ?? reached.phone ?? ''],
      [say('helpCategory'), category],
      [say('bookService'), service],
      [say('helpText'), text],
    ].map(([label = '', value = '']) => say('mailLine', { label, value }));
    const letter: Effect = (tx) =>
      writeLetter(
        tx,
        {
          id: `assistance:${id}`,
          conversationId: conversation.id,
          to: reached.email ?? '',
          subject: say('helpMailSubject', { number }),
          text: `${[`${say('mailHello', { name: `${name} ${surname}` })}\n${say('helpMailBody', { number })}`, lines.join('\n'), say('mailAuto', { body: parts.letters.bodyName })].join('\n\n')}\n`,
        },
        message.receivedAt,
      );
    const told = [noted(say, number, office ?? null), reached.email ? say('helpMailed') : ''];
    return reply(turn, told, [], null, [keep, ...(reached.email ? [letter] : [])]);
  }

  return {
    wants: (text) => offers.has(plain(text)),
    inside: ({ text }, conversation) => inForm(conversation) || (stageOf(conversation, ASSISTANCE)?.stage === 'paused' && resumes(text)),
    inForm,
    take,
  };
}

const leave =
  (id: string, at: string): Effect =>
  async (tx) =>
    void (await tx
      .updateTable('handoff')
      .set({ state: 'left', updated_at: at, closed_at: at })
      .where('id', '=', id)
      .where('state', '=', 'requested')
      .execute());
