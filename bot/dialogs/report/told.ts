/** A report read out: the receipt, and how far it is. */
import type { Report } from '../../../connectors/reports/contract.ts';
import type { Say } from '../../../knowledge/languages/speak.ts';
import { dayInWords } from '../errand.ts';

export function reportReceipt(report: Report, { say, lang }: { say: Say; lang: string }): string {
  const { id, category, office, expectedOn } = report;
  return [
    id ? say('reportDone', { id, category: category.name }) : say('reportDoneNoNumber', { category: category.name }),
    [office ? say('reportOffice', { office }) : '', expectedOn ? say('reportExpected', { day: dayInWords(expectedOn, lang) }) : '']
      .filter(Boolean)
      .join(' '),
    id ? say('reportKeep', { id }) : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

export function reportTold(report: Report, { say, lang }: { say: Say; lang: string }): string {
  const { id, category, status, statusNote, office, address, requestedAt, updatedAt, expectedOn } = report;
  const on = (iso: string) => dayInWords(iso.slice(0, 10), lang);
  const facts = [
    [say('reportMadeOn'), on(requestedAt)],
    address ? [say('reportPlace'), address] : null,
    updatedAt > requestedAt ? [say('reportChangedOn'), on(updatedAt)] : null,
    expectedOn ? [say('reportExpectedOn'), dayInWords(expectedOn, lang)] : null,
    office ? [say('caseOffice'), office] : null,
  ].flatMap((one) => (one ? [`- **${one[0]}**: ${one[1]}`] : []));
  return [
    say('reportHead', { id, category: category.name }),
    `**${say(`report_${status}`)}**${statusNote ? ` — ${statusNote}` : ''}`,
    facts.join('\n'),
  ].join('\n\n');
}
