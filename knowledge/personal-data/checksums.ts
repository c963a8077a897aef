/** Check digits that tell a code from any row of letters and digits. */

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** The last letter that a codice fiscale of 16 upper-case signs must have. */
export function controlLetter(value: string): string {
  let sum = 0;
  for (let place = 0; place < 15; place++) {
    const sign = value[place] ?? '';
    const rank = /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65;
    sum += place % 2 === 0 ? (ODD[rank] ?? 0) : rank;
  }
  return String.fromCharCode(65 + (sum % 26));
}

/** IBAN in capitals: by 97, digit after digit, letters as 10 to 35, the first four last. 1 = right. */
export function remainderBy97(value: string): number {
  let rest = 0;
  for (let i = 0; i < value.length; i++) {
    const sign = value.charCodeAt((i + 4) % value.length);
    const number = sign <= 57 ? sign - 48 : sign - 55;
    rest = (rest * (number > 9 ? 100 : 10) + number) % 97;
  }
  return rest;
}

/** Luhn's sum modulo 10 from the right: 0 = right. Cards and partita IVA. */
export function luhn(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const doubled = (digits.charCodeAt(digits.length - 1 - i) - 48) * (i % 2 === 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10;
}
