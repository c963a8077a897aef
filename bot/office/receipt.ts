/** The receipt of a request, as the citizen keeps it: what it is, its numbers, the latest day; nothing of who sent it. */
import type { Case } from '../../connectors/cases/contract.ts';
import { type FileRef, namesOf } from './attached.ts';
import { writePdf } from './pdf.ts';
import type { RequestForm } from './request-forms.ts';

const day = (iso: string): string => iso.split('-').reverse().join('/');

export function receiptPdf(form: RequestForm, made: Case, bodyName: string, files: FileRef[] = []): Buffer {
  const lines = [
    `Numero della pratica: ${made.number}/${made.year}`,
    ...(made.protocol ? [`Numero di protocollo: ${made.protocol}`] : []),
    `Oggetto: ${made.subject}`,
    `Ufficio: ${made.office}`,
    `Ricevuta il ${day(made.receivedOn)}`,
    ...(made.dueOn ? [`L’ufficio risponde entro il ${day(made.dueOn)} (legge 7 agosto 1990, n. 241, art. 2)`] : []),
    ...(files.length > 0 ? [`Allegati ricevuti: ${namesOf(files)}`] : []),
    ...form.after,
    'Per sapere a che punto è la pratica servono il numero con l’anno e il codice fiscale di chi l’ha presentata.',
  ];
  return writePdf({
    title: `Ricevuta ${made.number}/${made.year} · ${form.title}`,
    blocks: [
      { kind: 'p', text: bodyName },
      { kind: 'h', text: `Ricevuta: ${form.title}` },
      ...lines.map((text) => ({ kind: 'p' as const, text })),
    ],
  });
}
