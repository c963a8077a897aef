/** The packet as the people of another tool read it: one text, Italian, what a machine made marked as such. */
import type { Packet } from '../contract.ts';

const SPEAKERS = { citizen: 'Cittadino', bot: 'Assistente automatico', agent: 'Operatore' };
/** The end of a conversation tells most. */
const LONGEST = 12_000;

export function packetInWords(packet: Packet): string {
  const line = (name: string, value: string | null) => (value ? [`${name}: ${value}`] : []);
  const head = [
    `Richiesta n. ${packet.number}`,
    ...line('Ufficio', packet.office),
    ...line('Lingua', packet.lang),
    ...line('Canale', packet.channel),
    ...line('Identità', packet.identity),
    ...line('Recapito', packet.contact),
    ...line('Appuntamenti', packet.bookings.join(', ')),
    ...line('Pratiche', packet.cases.join(', ')),
    ...line('Consenso', packet.consent),
    '',
    `Sintesi automatica: ${packet.summary}`,
    '',
    'Conversazione:',
  ].join('\n');
  const said = packet.transcript
    .map(({ role, name, text }) => `${SPEAKERS[role]}${role === 'agent' && name ? ` ${name}` : ''}: ${text}`)
    .join('\n');
  return `${head}\n${said.length > LONGEST ? `…${said.slice(-LONGEST)}` : said}`;
}
