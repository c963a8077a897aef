/** The office of CONTRACT.md, row `eval -- dialogs`: five services, Monday to Friday 09:00–17:00 without a break, slots every 30 minutes, same-day booking. */
import { createDesk } from '../../../connectors/bookings/embedded/desk.ts';
import type { OfficePlanInput } from '../../../connectors/bookings/embedded/plan.ts';
import openBookings from '../../../connectors/bookings/embedded.ts';
import type { Bookings } from '../../../connectors/bookings/contract.ts';
import type { Database } from '../../../connectors/databases/contract.ts';
import type { Script } from './script.ts';

const SERVICES: [id: string, name: string, words: string[]][] = [
  ['carta-identita', 'Carta d’identità', ['CIE', 'carta identità', 'documento identità', 'tessera identità']],
  ['residenza', 'Residenza', ['cambio residenza', 'trasloco', 'cambio indirizzo', 'trasferimento', 'domicilio']],
  [
    'certificati',
    'Anagrafe certificati',
    ['certificato', 'certificati anagrafici', 'certificato residenza', 'stato di famiglia', 'anagrafe'],
  ],
  ['tributi', 'Tributi', ['TARI', 'IMU', 'tasse', 'tassa rifiuti', 'imposte', 'bolletta rifiuti']],
  [
    'stato-civile',
    'Stato civile',
    [
      'nascita',
      'certificato nascita',
      'matrimonio',
      'sposare',
      'sposarsi',
      'pubblicazioni',
      'morte',
      'decesso',
      'cittadinanza',
      'separazione',
      'divorzio',
      'unione civile',
    ],
  ],
];
const DAY: [string, string][] = [['09:00', '17:00']];

const plan: OfficePlanInput = {
  places: [{ id: 'municipio', name: 'Municipio', address: 'piazza Grande 1' }],
  services: SERVICES.map(([id, name, words]) => ({ id, name, office: name, minutes: 30, words })),
  counters: SERVICES.map(([id, name]) => ({
    id,
    name: `Sportello ${name}`,
    place: 'municipio',
    services: [id],
    capacity: 2,
    week: [[], DAY, DAY, DAY, DAY, DAY, []],
  })),
};

export const serviceId = (name: string): string => {
  const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}]/gu, '');
  return SERVICES.find(([, known]) => bare(known) === bare(name))?.[0] ?? name;
};

/** A fresh office in `database`, with the script's seed in it as given: it may lie off the grid. */
export async function openOffice(database: Database, seed: Script['seed'], now: () => number): Promise<Bookings> {
  const desk = createDesk({ database, now });
  const saved = await desk.savePlan(plan);
  if (saved.kind !== 'ok') throw new Error(`the office's plan is wrong: ${JSON.stringify(saved)}`);
  if (seed) {
    const { code, service, date, time, name, codice_fiscale: fiscalCode } = seed;
    const put = await desk.put({ service: serviceId(service), start: `${date}T${time}:00+01:00`, person: { name, fiscalCode }, code });
    if (put.kind !== 'ok') throw new Error(`the seed ${code} could not be put: ${JSON.stringify(put)}`);
  }
  return openBookings({ database, now });
}
