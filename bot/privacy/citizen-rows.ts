/** Every row that belongs to one citizen, found from the conversations. Export and erasure look in the same places. */
import type { Reader, Writer } from '../../connectors/databases/contract.ts';
import type { Tables } from '../../connectors/databases/schema.ts';
import type { Selectable } from 'kysely';
import { redact } from './redact.ts';

type Row<T extends keyof Tables> = Selectable<Tables[T]>;

export interface CitizenRows {
  conversation: Row<'conversation'>[];
  activity: Row<'activity'>[];
  inbox: Row<'inbox'>[];
  outbox: Row<'outbox'>[];
  answer: Row<'answer'>[];
  feedback: Row<'feedback'>[];
  rating: Row<'rating'>[];
  gap: Row<'gap'>[];
  gap_watch: Row<'gap_watch'>[];
  upload: Row<'upload'>[];
  mail: Row<'mail'>[];
  waiting_watch: Row<'waiting_watch'>[];
  notice_watch: Row<'notice_watch'>[];
  notice_consent: Row<'notice_consent'>[];
  notice_told: Row<'notice_told'>[];
  handoff: Row<'handoff'>[];
  handoff_note: Row<'handoff_note'>[];
  call_back: Row<'call_back'>[];
  report: Row<'report'>[];
  report_sent: Row<'report_sent'>[];
  booking: Row<'booking'>[];
  booking_waiting: Row<'booking_waiting'>[];
  booking_request: Row<'booking_request'>[];
  guess: Row<'guess'>[];
  channel_address: Row<'channel_address'>[];
  channel_link: Row<'channel_link'>[];
  channel_media: Row<'channel_media'>[];
  sign_in: Row<'sign_in'>[];
  citizen_session: Row<'citizen_session'>[];
  form_draft: Row<'form_draft'>[];
  case_attachment: Row<'case_attachment'>[];
  mail_code: Row<'mail_code'>[];
  citizen_conversation: Row<'citizen_conversation'>[];
  citizen_profile: Row<'citizen_profile'>[];
  citizen_contact: Row<'citizen_contact'>[];
  mandate: Row<'mandate'>[];
  delivery: Row<'delivery'>[];
}

/** PostgreSQL knows no empty list, and no row has an empty key. */
export const orNone = (list: string[]): string[] => (list.length > 0 ? list : ['']);

/** By the id that a channel knows the citizen by. Cost grows with the citizen's messages. */
export async function citizenRows(db: Reader | Writer, citizenId: string): Promise<CitizenRows> {
  const conversation = await db.selectFrom('conversation').selectAll().where('citizen_id', '=', citizenId).execute();
  return rowsOf(db, conversation, citizenId);
}

export async function rowsOf(db: Reader | Writer, conversation: Row<'conversation'>[], citizenId: string | null): Promise<CitizenRows> {
  const ids = conversation.map(({ id }) => id);
  const activity = await db.selectFrom('activity').selectAll().where('conversation_id', 'in', orNone(ids)).execute();
  const answer = await db.selectFrom('answer').selectAll().where('conversation_id', 'in', orNone(ids)).execute();
  const handoff = await db.selectFrom('handoff').selectAll().where('conversation_id', 'in', orNone(ids)).execute();
  const report = await db.selectFrom('report').selectAll().where('conversation_id', 'in', orNone(ids)).execute();
  const inbox = await db.selectFrom('inbox').selectAll().where('conversation_id', 'in', orNone(ids)).execute();
  const booked = await bookingsOf(db, activity);
  const citizen_conversation = await db
    .selectFrom('citizen_conversation')
    .selectAll()
    .where('conversation_id', 'in', orNone(ids))
    .execute();
  const codes = [...booked.booking, ...booked.booking_waiting].flatMap(({ code }) => code ?? []);
  const subjects = [...(citizenId === null ? [] : [`citizen ${citizenId}`]), ...ids.map((id) => `conversation ${id}`)];
  return {
    conversation,
    activity,
    inbox,
    outbox: await db.selectFrom('outbox').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    answer,
    feedback: await db.selectFrom('feedback').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    rating: await db.selectFrom('rating').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    gap: await gapsOf(db, answer, inbox),
    gap_watch: await db.selectFrom('gap_watch').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    notice_watch: await db.selectFrom('notice_watch').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    notice_consent: await db.selectFrom('notice_consent').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    notice_told: await db.selectFrom('notice_told').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    waiting_watch: await db.selectFrom('waiting_watch').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    mail: await db.selectFrom('mail').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    upload: await db.selectFrom('upload').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    handoff,
    handoff_note: await db
      .selectFrom('handoff_note')
      .selectAll()
      .where('handoff_id', 'in', orNone(handoff.map(({ id }) => id)))
      .execute(),
    call_back: await db.selectFrom('call_back').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    report,
    report_sent: await db
      .selectFrom('report_sent')
      .selectAll()
      .where('request_key', 'in', orNone(report.flatMap(({ request_key }) => request_key ?? [])))
      .execute(),
    ...booked,
    booking_request: await db.selectFrom('booking_request').selectAll().where('code', 'in', orNone(codes)).execute(),
    guess: await db.selectFrom('guess').selectAll().where('subject', 'in', orNone(subjects)).execute(),
    channel_address: await db
      .selectFrom('channel_address')
      .selectAll()
      .where((eb) => eb.or([eb('conversation_id', 'in', orNone(ids)), eb('own_conversation_id', 'in', orNone(ids))]))
      .execute(),
    channel_link: await db.selectFrom('channel_link').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    channel_media: await db.selectFrom('channel_media').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    sign_in: await db.selectFrom('sign_in').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    citizen_session: await db.selectFrom('citizen_session').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    form_draft: await db.selectFrom('form_draft').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    case_attachment: await caseFilesOf(db, ids, citizenId === null ? [] : citizen_conversation),
    mail_code: await db.selectFrom('mail_code').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
    citizen_conversation,
    ...(await profileOf(db, citizen_conversation, citizenId)),
    delivery: await db.selectFrom('delivery').selectAll().where('conversation_id', 'in', orNone(ids)).execute(),
  };
}

/** Sent in these conversations, or on the page by the one person who signed in in them. */
async function caseFilesOf(db: Reader | Writer, ids: string[], signedIn: Row<'citizen_conversation'>[]): Promise<Row<'case_attachment'>[]> {
  const [person, second] = [...new Set(signedIn.map(({ person }) => person))];
  return db
    .selectFrom('case_attachment')
    .selectAll()
    .where((eb) => eb.or([eb('conversation_id', 'in', orNone(ids)), eb('person', 'in', orNone(person && !second ? [person] : []))]))
    .execute();
}

/** Of the one person who signed in in these conversations. Two at one computer: then nobody is told of the other, and each has their own page. Retention has terms of its own. */
async function profileOf(
  db: Reader | Writer,
  signedIn: Row<'citizen_conversation'>[],
  citizenId: string | null,
): Promise<Pick<CitizenRows, 'citizen_profile' | 'citizen_contact' | 'mandate'>> {
  const [person, second] = [...new Set(signedIn.map(({ person }) => person))];
  if (citizenId === null || !person || second) return { citizen_profile: [], citizen_contact: [], mandate: [] };
  return {
    citizen_profile: await db.selectFrom('citizen_profile').selectAll().where('person', '=', person).execute(),
    citizen_contact: await db.selectFrom('citizen_contact').selectAll().where('person', '=', person).execute(),
    mandate: await db.selectFrom('mandate').selectAll().where('principal', '=', person).execute(),
  };
}

/** A gap knows its answer, or else was written with the message: at its time, with its words. */
async function gapsOf(db: Reader | Writer, answers: Row<'answer'>[], inbox: Row<'inbox'>[]): Promise<Row<'gap'>[]> {
  const byAnswer = await db
    .selectFrom('gap')
    .selectAll()
    .where('answer_id', 'in', orNone(answers.map(({ id }) => id)))
    .execute();
  const times = inbox.map(({ created_at }) => created_at);
  const words = new Set([
    ...inbox.map(({ json }) => redact((JSON.parse(json) as { text?: string }).text ?? '')),
    ...answers.map(({ question }) => redact(question)),
  ]);
  const byTime = await db.selectFrom('gap').selectAll().where('answer_id', 'is', null).where('created_at', 'in', orNone(times)).execute();
  return [...byAnswer, ...byTime.filter(({ question }) => words.has(question))];
}

/** A booking is theirs when the assistant told them its code and they wrote one of the facts in it: a code alone may be another's. */
async function bookingsOf(db: Reader | Writer, activities: Row<'activity'>[]): Promise<Pick<CitizenRows, 'booking' | 'booking_waiting'>> {
  const said = (roles: string[]) =>
    activities
      .filter(({ role }) => roles.includes(role))
      .map(({ json }) => json)
      .join('\n');
  const told = said(['bot', 'agent']);
  const written = bare(said(['citizen']));
  const codes = [...new Set(told.match(/[A-Z0-9]{2,8}(?:-[A-Z0-9]{2,8})*/g) ?? [])];
  const isTheirs = (row: { fiscal_code: string | null; phone: string | null; email: string | null }) =>
    [row.fiscal_code, row.phone, row.email].some((fact) => fact !== null && fact !== '' && written.includes(bare(fact).replace(/^39/, '')));
  const booking: Row<'booking'>[] = [];
  const booking_waiting: Row<'booking_waiting'>[] = [];
  for (let at = 0; at < codes.length; at += 500) {
    const some = codes.slice(at, at + 500);
    booking.push(...(await db.selectFrom('booking').selectAll().where('code', 'in', orNone(some)).execute()).filter(isTheirs));
    booking_waiting.push(
      ...(await db.selectFrom('booking_waiting').selectAll().where('code', 'in', orNone(some)).execute()).filter(isTheirs),
    );
  }
  return { booking, booking_waiting };
}

const bare = (text: string): string => text.toUpperCase().replace(/[^A-Z\d@]/g, '');
