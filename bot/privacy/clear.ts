/** Takes out what people wrote and who they are; rows that only count stay. Shared by the retention and by erasure. */
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Writer } from '../../connectors/databases/contract.ts';
import { fileOf } from '../../connectors/mails/letter/letter.ts';
import { type CitizenRows, orNone } from './citizen-rows.ts';

/** One transaction; what lies outside the database is told: `files`, and what another system still holds. */
export interface Cleared {
  rows: number;
  /** Ids of uploads, whose files go after the commit. */
  files: string[];
  /** Ids of letters, of which MAILS=embedded keeps files. */
  letters: string[];
  /** Bookings that the office's own calendar holds as well. */
  elsewhere: string[];
}

const ids = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);

export async function clearRows(tx: Writer, rows: CitizenRows, now: string): Promise<Cleared> {
  const conversations = ids(rows.conversation);
  for (const table of [
    'activity',
    'inbox',
    'outbox',
    'upload',
    'gap_watch',
    'mail',
    'waiting_watch',
    'call_back',
    'notice_watch',
    'notice_consent',
    'notice_told',
    'channel_link',
    'channel_media',
    'sign_in',
    'citizen_session',
    'form_draft',
    'mail_code',
    'citizen_conversation',
    'delivery',
  ] as const)
    await tx.deleteFrom(table).where('conversation_id', 'in', orNone(conversations)).execute();
  await tx.deleteFrom('channel_address').where('conversation_id', 'in', orNone(conversations)).execute();
  // A chat that goes on with another conversation keeps that one, and has none of its own to go back to.
  await tx
    .updateTable('channel_address')
    .set({ own_conversation_id: null })
    .where('own_conversation_id', 'in', orNone(conversations))
    .execute();
  await tx
    .deleteFrom('handoff_note')
    .where('handoff_id', 'in', orNone(ids(rows.handoff)))
    .execute();
  await tx
    .deleteFrom('gap_work')
    .where('gap_id', 'in', orNone(ids(rows.gap)))
    .execute();
  await tx
    .deleteFrom('gap_watch')
    .where('gap_id', 'in', orNone(ids(rows.gap)))
    .execute();
  await tx
    .deleteFrom('gap')
    .where('id', 'in', orNone(ids(rows.gap)))
    .execute();
  await tx
    .deleteFrom('guess')
    .where('subject', 'in', orNone(rows.guess.map(({ subject }) => subject)))
    .execute();
  await tx.updateTable('answer').set({ question: '', json: '{}' }).where('conversation_id', 'in', orNone(conversations)).execute();
  await tx.updateTable('feedback').set({ text: null }).where('conversation_id', 'in', orNone(conversations)).execute();
  await tx.updateTable('rating').set({ text: null }).where('conversation_id', 'in', orNone(conversations)).execute();
  await tx
    .updateTable('handoff')
    .set({ request: '{}', topic: null, call_at: null })
    .where('conversation_id', 'in', orNone(conversations))
    .execute();
  await tx.updateTable('conversation').set({ citizen_id: '', state: '{}' }).where('id', 'in', orNone(conversations)).execute();
  for (const table of ['citizen_profile', 'citizen_contact'] as const)
    await tx
      .deleteFrom(table)
      .where('person', 'in', orNone(rows.citizen_profile.map(({ person }) => person)))
      .execute();
  await tx
    .deleteFrom('mandate')
    .where('id', 'in', orNone(ids(rows.mandate)))
    .execute();
  await tx
    .deleteFrom('case_attachment')
    .where('id', 'in', orNone(ids(rows.case_attachment)))
    .execute();
  await clearReports(tx, rows);
  await clearBookings(tx, rows, now);
  return {
    rows: Object.values(rows).reduce((sum, list) => sum + list.length, 0),
    files: [...ids(rows.upload), ...ids(rows.case_attachment), ...rows.report.flatMap(({ photo }) => photo ?? [])],
    letters: ids(rows.mail),
    elsewhere: rows.booking.flatMap(({ remote, code }) => (remote ? (code ?? []) : [])),
  };
}

/** The hole in the road stays with its place; who saw it and the words go. */
async function clearReports(tx: Writer, { report, report_sent }: CitizenRows): Promise<void> {
  const gone = { description: '', attributes: '{}', request: '{}', photo: null, media_url: null, contact: null, conversation_id: null };
  await tx
    .updateTable('report')
    .set(gone)
    .where('id', 'in', orNone(ids(report)))
    .execute();
  await tx
    .deleteFrom('report_sent')
    .where('request_key', 'in', orNone(report_sent.map(({ request_key }) => request_key)))
    .execute();
}

/** An appointment that is still to come is cancelled: its seat is free again. */
async function clearBookings(tx: Writer, { booking, booking_waiting, booking_request }: CitizenRows, now: string): Promise<void> {
  const gone = { name: '', fiscal_code: null, phone: null, email: null, note: null };
  const coming = ids(booking.filter(({ end_at, status }) => end_at > now && status !== 'cancelled'));
  await tx.deleteFrom('booking_seat').where('booking_id', 'in', orNone(coming)).execute();
  await tx.updateTable('booking').set({ status: 'cancelled' }).where('id', 'in', orNone(coming)).execute();
  await tx
    .updateTable('booking')
    .set({ ...gone, code: null, limit_key: null, request_key: null })
    .where('id', 'in', orNone(ids(booking)))
    .execute();
  await tx
    .updateTable('booking_waiting')
    .set({ ...gone, status: 'left', hold: null })
    .where('code', 'in', orNone(booking_waiting.map(({ code }) => code)))
    .execute();
  await tx
    .deleteFrom('booking_request')
    .where('key', 'in', orNone(booking_request.map(({ key }) => key)))
    .execute();
}

/** After the commit: a file that is gone already is no fault. */
export async function removeFiles(dataDir: string, { files: uploads, letters }: Pick<Cleared, 'files' | 'letters'>): Promise<void> {
  for (const id of letters) await rm(path.join(dataDir, 'mails', fileOf(id)), { force: true });
  for (const id of uploads) if (/^[\w-]+$/.test(id)) await rm(path.join(dataDir, 'uploads', id), { force: true });
}

/** Letters that MAILS=embedded wrote before a moment (epoch milliseconds). */
export async function removeLetters(dataDir: string, before: number): Promise<void> {
  const folder = path.join(dataDir, 'mails');
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < before) await rm(file, { force: true });
  }
}
