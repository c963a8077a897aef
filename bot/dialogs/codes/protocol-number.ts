/** Protocol number with its year: the count starts again every year, so that a number alone names several acts. */
import { type CodeResult, wrong } from './result.ts';

export interface Protocol {
  number: number;
  year: number;
}

/** `today` `YYYY-MM-DD`. Written back as `0001234/2026`. */
export function checkProtocolNumber(text: string, today: string): CodeResult<Protocol> {
  const plain = text.replace(/\b(\d{1,3})\.(?=\d{3}\b)/g, '$1');
  const dated = /(\d{1,7})\D{1,12}?\b\d{1,2}[./-]\d{1,2}[./-](\d{4})\b/.exec(plain);
  const found =
    dated ?? /(?<!\d)(\d{1,8})\s*(?:\/|-|\.|,?\s*(?:del(?:l['’]anno)?|anno)\s*|\s)\s*(\d{4}|\d{2})(?!\d)/i.exec(plain) ?? reversed(plain);
  if (!found) {
    return /\d/.test(text)
      ? wrong('Manca l’anno: i numeri di protocollo ricominciano ogni anno. Scrivi numero e anno, per esempio 12345/2026.')
      : wrong('Non trovo il numero di protocollo. Scrivi numero e anno come sulla ricevuta, per esempio 12345/2026.');
  }
  const number = Number(found[1]);
  const year = (found[2] ?? '').length === 2 ? 2000 + Number(found[2]) : Number(found[2]);
  const current = Number(today.slice(0, 4));
  if (number === 0) return wrong('Il numero di protocollo non può essere zero. Ricopialo dalla ricevuta.');
  if (year > current) return wrong(`Il protocollo non può essere del ${year}: siamo nel ${current}. Controlli l’anno sulla ricevuta.`);
  if (year < 1990)
    return wrong(`L’anno ${year} non sembra quello di un protocollo. Ricopialo dalla ricevuta, per esempio 12345/${current}.`);
  return { kind: 'ok', value: `${String(number).padStart(7, '0')}/${year}`, number, year };
}

/** "2026/0012345" and "2026-12345": the year is the shorter number and comes first. */
function reversed(text: string): [string, string, string] | null {
  const found = /(?<!\d)((?:19|20)\d{2})\s*[/-]\s*(\d{5,8})(?!\d)/.exec(text);
  return found ? [found[0], found[2] ?? '', found[1] ?? ''] : null;
}
