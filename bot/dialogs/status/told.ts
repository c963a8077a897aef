/** A case read out: what it is, how far, since when in charge, its protocol number, the latest day, whose it is. */
import type { Case } from '../../../connectors/cases/contract.ts';
import type { Say } from '../../../knowledge/languages/speak.ts';
import { plain } from '../../conversation/filling/control.ts';
import { dayInWords } from '../errand.ts';

export function caseTold(found: Case, { say, lang, today }: { say: Say; lang: string; today: string }): string {
  const on = (day: string) => dayInWords(day, lang);
  const { number, year, subject, office, status, protocol, receivedOn, takenInChargeOn, dueOn, concludedOn, suspendedSince, history } =
    found;
  const ref = `${number}/${year}`;
  const facts = [
    [say('caseReceived'), on(receivedOn)],
    [say('caseTakenInCharge'), takenInChargeOn ? on(takenInChargeOn) : say('caseNotYet')],
    [say('caseProtocol'), protocol ?? say('caseNotYet')],
    concludedOn ? [say('caseConcluded'), on(concludedOn)] : dueOn ? [say('caseDue'), on(dueOn)] : null,
    [say('caseOffice'), office],
  ].flatMap((one) => (one?.[1] ? [`- **${one[0]}**: ${one[1]}`] : []));
  const note = history.at(-1)?.status === status ? history.at(-1)?.note : undefined;
  const late = dueOn !== null && suspendedSince === null && dueOn < today;
  return [
    say('caseHead', { ref, subject }),
    `**${say(`case_${status}`)}**${note ? ` — ${note}` : ''}`,
    facts.join('\n'),
    suspendedSince ? say('caseSuspended', { day: on(suspendedSince) }) : '',
    late ? say('caseLate', { office }) : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

const LONGEST = 9;
const AGAIN =
  /\b(?:entro quando|quando|scad\w+|protocollo|ufficio|chi (?:la|lo) segue|chi se ne occupa|a che punto|perche|documenti mancanti|cosa manca|manca|by when|when|deadline|office|who|bis wann|wann|amt|quand|qui|bureau|cuando|plazo|oficina|quien)\b/;

/** "And by when?" — short, with no topic of its own. */
export function caseAgain(text: string): boolean {
  const said = plain(text).replaceAll('?', '');
  return (
    AGAIN.test(said) &&
    said.split(' ').length <= LONGEST &&
    !/\b(?:pag\w+|cost\w+|orari|apert\w+|tari|imu|carta|rifiuti|prenot\w+|appuntament\w+)\b/.test(said)
  );
}
