/** `handoff.initiate`: everything known of a request, up to one entry of the transcript, for a tool that is not ours. */
import type { Database } from '../../../connectors/databases/contract.ts';
import type { Packet } from '../../../connectors/handoffs/contract.ts';
import { type Handoff, readPacket } from '../handoffs.ts';

const CODE = /\bcod(?:ice|e)\b\W{0,6}([A-HJ-NP-Z2-9]{5,8})\b/gi;
const CASE = /\b\d{1,7}\/20\d\d\b/g;

const inWords = (iso: string): string =>
  new Date(iso).toLocaleString('it-IT', { timeZone: 'Europe/Rome', dateStyle: 'long', timeStyle: 'short' });

/** The same for the same `upTo`, so that sending it again tells nothing twice. */
export async function packetOf(database: Database, handoff: Handoff, upTo: number): Promise<Packet> {
  const known = await readPacket(database, handoff, new Date().toISOString());
  const transcript = known.transcript.filter(({ seq }) => seq <= upTo).map(({ role, name, text, at }) => ({ role, name, text, at }));
  const told = transcript
    .filter(({ role }) => role !== 'citizen')
    .map(({ text }) => text)
    .join('\n');
  const { id, number, office, lang, channel, request, createdAt, callAt } = handoff;
  return {
    id,
    number,
    office,
    lang,
    channel,
    summary: known.summary,
    transcript,
    identity: known.level !== null ? `accesso di livello ${known.level}` : 'non verificata',
    contact: [request.contact, callAt && `da richiamare il ${inWords(callAt)}`].filter(Boolean).join(', ') || null,
    bookings: [...new Set([...told.matchAll(CODE)].flatMap((match) => match[1]?.toUpperCase() ?? []))],
    cases: [...new Set(told.match(CASE) ?? [])],
    consent: `ha chiesto una persona il ${createdAt.slice(0, 16).replace('T', ' alle ')} UTC`,
  };
}
