import { expect, test } from 'vitest';
import { checkCodiceFiscale } from './codice-fiscale.ts';
import { checkIban } from './iban.ts';
import { checkNoticeNumber } from './notice-number.ts';
import { checkPartitaIva } from './partita-iva.ts';
import { checkPlate } from './plate.ts';
import { checkProtocolNumber } from './protocol-number.ts';

const TODAY = '2026-11-18';
const CF = 'RSSMRA85T10A562S';
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const signs = [...letters, ...'0123456789'];
const message = (result: { kind: string; message?: string }) => (result.kind === 'ok' ? 'ok' : (result.message ?? ''));

test('codice fiscale: a right one, written anyhow', () => {
  expect(checkCodiceFiscale(' rss mra 85t10 a562s ', TODAY)).toEqual({ kind: 'ok', value: CF, birthDate: '1985-12-10', sex: 'M' });
});

test('codice fiscale: no error of one sign passes', () => {
  let accepted = 0;
  for (let place = 0; place < 16; place++)
    for (const sign of signs)
      if (sign !== CF[place] && checkCodiceFiscale(CF.slice(0, place) + sign + CF.slice(place + 1), TODAY).kind === 'ok') accepted++;
  expect(accepted).toBe(0);
});

/** The only letter that closes fifteen signs rightly, or undefined. */
const closed = (start: string) => letters.map((letter) => start + letter).find((code) => checkCodiceFiscale(code, TODAY).kind === 'ok');

test('codice fiscale: omocodia keeps the person, women’s days count from 41, a day that does not exist is refused', () => {
  expect(checkCodiceFiscale(closed('RSSMRA85T10A56N') ?? '', TODAY)).toMatchObject({ birthDate: '1985-12-10', sex: 'M' });
  expect(checkCodiceFiscale(closed('RSSMRAURTRMARSN') ?? '', TODAY)).toMatchObject({ birthDate: '1985-12-11', sex: 'F' });
  expect(checkCodiceFiscale(closed('RSSMRA85T50A562') ?? '', TODAY)).toMatchObject({ birthDate: '1985-12-10', sex: 'F' });
  for (const start of ['RSSMRA85T32A562', 'RSSMRA85B30A562', 'RSSMRA85T00A562', 'RSSMRA85T72A562', 'RSSMRA01B29A562'])
    expect(closed(start)).toBeUndefined();
  expect(closed('RSSMRA00B29A562')).toBeDefined();
});

test('codice fiscale: coherent with what the citizen said', () => {
  expect(message(checkCodiceFiscale(CF, TODAY, { birthDate: '1985-12-11' }))).toContain('11/12/1985');
  expect(message(checkCodiceFiscale(CF, TODAY, { sex: 'F' }))).toContain('sesso');
  expect(checkCodiceFiscale(CF, TODAY, { birthDate: '1985-12-10', sex: 'M' }).kind).toBe('ok');
  // A hundred years old: two digits of the year cannot tell, the citizen can.
  const old = closed('RSSMRA20A01A562') ?? '';
  expect(checkCodiceFiscale(old, TODAY)).toMatchObject({ birthDate: '2020-01-01' });
  expect(checkCodiceFiscale(old, TODAY, { birthDate: '1920-01-01' })).toMatchObject({ birthDate: '1920-01-01' });
});

test('codice fiscale: says what is wrong', () => {
  expect(message(checkCodiceFiscale('RSSMRA85T10A562', TODAY))).toContain('15');
  expect(message(checkCodiceFiscale('00488410010', TODAY))).toContain('partita IVA');
  expect(message(checkCodiceFiscale('RSSMRA85T10A562T', TODAY))).toContain('ultima lettera');
  expect(message(checkCodiceFiscale('RSSMRA85T1OA562S', TODAY))).toContain('zero');
});

test('partita IVA', () => {
  expect(checkPartitaIva('IT 00488410010')).toEqual({ kind: 'ok', value: '00488410010' });
  expect(checkPartitaIva('01114601006').kind).toBe('ok');
  for (let place = 0; place < 11; place++)
    for (let digit = 0; digit < 10; digit++) {
      const changed = `${'01114601006'.slice(0, place)}${digit}${'01114601006'.slice(place + 1)}`;
      expect(checkPartitaIva(changed).kind).toBe(changed === '01114601006' ? 'ok' : 'wrong');
    }
  expect(message(checkPartitaIva('00000000000'))).toContain('errore');
  expect(message(checkPartitaIva('0048841001'))).toContain('10');
});

test('IBAN', () => {
  expect(checkIban('IT60 X054 2811 1010 0000 0123 456')).toEqual({ kind: 'ok', value: 'IT60X0542811101000000123456', country: 'IT' });
  expect(checkIban('DE89 3704 0044 0532 0130 00').kind).toBe('ok');
  expect(checkIban('FR14 2004 1010 0505 0001 3M02 606').kind).toBe('ok');
  expect(message(checkIban('IT60X0542811101000000123457'))).toContain('controllo');
  expect(message(checkIban('IT60X054281110100000012345'))).toContain('26');
  expect(message(checkIban('IT6070542811101000000123456'))).toContain('lettera');
  expect(message(checkIban('US60X0542811101000000123456'))).toContain('US');
  expect(message(checkIban('12345'))).toContain('IT60');
});

test('NAV: 18 digits; a check that does not fit is told, not refused', () => {
  const start = '3010000000000012';
  const check = String(BigInt(start) % 93n).padStart(2, '0');
  expect(checkNoticeNumber(`${start}${check}`.replace(/(.{4})/g, '$1 '))).toEqual({
    kind: 'ok',
    value: `${start}${check}`,
    aux: 3,
    iuv: `${start}${check}`.slice(1),
  });
  expect(checkNoticeNumber(`${start}99`)).toMatchObject({ kind: 'warning', value: `${start}99` });
  expect(checkNoticeNumber(`0011234567890123${String(11234567890123n % 93n).padStart(2, '0')}`)).toMatchObject({ kind: 'ok', aux: 0 });
  expect(checkNoticeNumber(`PAGOPA|002|${start}${check}|00488410010|1500`)).toMatchObject({ kind: 'ok', value: `${start}${check}` });
  expect(checkNoticeNumber('112345678901234567')).toMatchObject({ kind: 'ok', aux: 1, iuv: '12345678901234567' });
  expect(message(checkNoticeNumber('30100000000000123'))).toContain('17');
  expect(message(checkNoticeNumber('912345678901234567'))).toContain('comincia');
  expect(message(checkNoticeNumber('IUV123'))).toContain('cifre');
});

test.each([
  ['12345/2026', 12345, 2026],
  ['prot. n. 0012345 del 2025', 12345, 2025],
  ['12.345/2024', 12345, 2024],
  ['protocollo 678 anno 2026', 678, 2026],
  ['n. 4521 del 12/03/2025', 4521, 2025],
  ['2026/0012345', 12345, 2026],
  ['99/26', 99, 2026],
])('protocol %s', (text, number, year) => {
  expect(checkProtocolNumber(text, TODAY)).toEqual({ kind: 'ok', value: `${String(number).padStart(7, '0')}/${year}`, number, year });
});

test('protocol: the year is asked for, and must be one', () => {
  expect(message(checkProtocolNumber('12345', TODAY))).toContain('anno');
  expect(message(checkProtocolNumber('0012345', TODAY))).toContain('anno');
  expect(message(checkProtocolNumber('12345/2027', TODAY))).toContain('2027');
  expect(message(checkProtocolNumber('12345/1950', TODAY))).toContain('1950');
  expect(message(checkProtocolNumber('boh', TODAY))).toContain('Non trovo');
});

test('plates', () => {
  expect(checkPlate('ab 123 cd')).toEqual({ kind: 'ok', value: 'AB123CD', vehicle: 'car' });
  expect(checkPlate('AB12345')).toMatchObject({ vehicle: 'motorcycle' });
  expect(checkPlate('X3BC4D')).toMatchObject({ vehicle: 'moped' });
  expect(checkPlate('MI 123456')).toMatchObject({ vehicle: 'old' });
  expect(checkPlate('Roma A12345')).toMatchObject({ vehicle: 'old' });
  expect(message(checkPlate('AI123CD'))).toContain('lettere I, O, Q e U');
  expect(message(checkPlate('AB12'))).toContain('7 caratteri');
  expect(message(checkPlate('12AB345'))).toContain('forma');
});
