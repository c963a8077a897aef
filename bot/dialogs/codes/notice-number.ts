/** NAV, the number of a pagoPA notice: 18 digits. A check digit that does not fit is told, not refused: only the body's own system knows. */
import { bare, type CodeResult, wrong } from './result.ts';

export interface Notice {
  /** The first digit: how the rest is made. */
  aux: 0 | 1 | 2 | 3;
  /** The identifier of the single payment. */
  iuv: string;
}

export function checkNoticeNumber(text: string): CodeResult<Notice> {
  // A QR code read by the telephone: PAGOPA|002|NAV|body|cents.
  const value = /^PAGOPA\|002\|(\d{18})\|/i.exec(text.trim())?.[1] ?? bare(text);
  if (!/^\d+$/.test(value))
    return wrong('Il numero dell’avviso è fatto solo di cifre. Lo trovi sull’avviso pagoPA alla voce «Codice avviso».');
  if (value.length !== 18)
    return wrong(`Il codice dell’avviso pagoPA ha 18 cifre, qui ce ne sono ${value.length}. Ricopialo dalla voce «Codice avviso».`);
  const aux = Number(value[0]);
  if (aux !== 0 && aux !== 1 && aux !== 2 && aux !== 3)
    return wrong(
      'Il codice dell’avviso pagoPA comincia con 0, 1, 2 o 3. Controlla di aver ricopiato la voce «Codice avviso» e non un altro numero.',
    );
  const iuv = aux === 0 ? value.slice(3) : value.slice(1);
  // 0, 2 and 3 end in a check: the number before it, by 93.
  const fits = aux === 1 || Number(BigInt(value.slice(0, 16)) % 93n) === Number(value.slice(16));
  const found = { value, aux, iuv } as const;
  if (fits) return { kind: 'ok', ...found };
  return {
    kind: 'warning',
    ...found,
    message:
      'Le ultime due cifre non sembrano tornare. Se il codice è copiato giusto dall’avviso puoi andare avanti, altrimenti ricontrollalo.',
  };
}
