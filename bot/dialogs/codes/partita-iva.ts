/** Partita IVA, also the fiscal code of companies and bodies: 11 digits, the last one a check. */
import { luhn } from '../../../knowledge/personal-data/checksums.ts';
import { bare, type CodeResult, wrong } from './result.ts';

export function checkPartitaIva(text: string): CodeResult {
  const value = bare(text).replace(/^IT/, '');
  if (!/^\d+$/.test(value)) return wrong('La partita IVA è fatta solo di cifre. La riscriva senza lettere.');
  if (value.length !== 11)
    return wrong(`La partita IVA ha 11 cifre, qui ce ne sono ${value.length}. La ricopi dalla visura o da una fattura.`);
  if (/^0+$/.test(value) || luhn(value) !== 0)
    return wrong('La partita IVA contiene un errore: le cifre non tornano. Ricontrollala e riscrivila.');
  return { kind: 'ok', value };
}
