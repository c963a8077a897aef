/** The published vectors: RFC 6238 appendix B (SHA-1), RFC 4226 appendix D, RFC 4648 section 10. */
import { expect, test } from 'vitest';
import { codeAt, fromBase32, matchStep, newSecret, otpauthUri, stepOf, toBase32 } from './totp.ts';

const SEED = Buffer.from('12345678901234567890');

test.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('RFC 6238, time %i: %s', (seconds, code) => {
  expect(codeAt(SEED, stepOf(new Date(seconds * 1000)), 8)).toBe(code);
});

test('RFC 4226: the first ten counters', () => {
  const codes = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'];
  expect(codes.map((_, counter) => codeAt(SEED, counter))).toEqual(codes);
});

test('RFC 4648: base32 there and back', () => {
  for (const [plain, coded] of [
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ] as const) {
    expect(toBase32(Buffer.from(plain))).toBe(coded);
    expect(fromBase32(`${coded.toLowerCase()}===`).toString()).toBe(plain);
  }
  expect(fromBase32(newSecret())).toHaveLength(20);
});

test('a code is good one step early or late, never two, never twice, and nothing else is a code', () => {
  const secret = toBase32(SEED);
  const now = new Date('2026-11-25T09:00:15Z');
  const at = (steps: number) => codeAt(SEED, stepOf(now) + steps);
  expect([-2, -1, 0, 1, 2].map((steps) => matchStep(secret, at(steps), now) !== null)).toEqual([false, true, true, true, false]);
  expect(matchStep(secret, `${at(0).slice(0, 3)} ${at(0).slice(3)}`, now)).toBe(stepOf(now));
  expect(matchStep(secret, at(0), now, stepOf(now))).toBeNull();
  for (const typed of ['', '12345', '1234567', 'abcdef', '１２３４５６']) expect(matchStep(secret, typed, now)).toBeNull();
  expect(otpauthUri(secret, 'Comune di X', 'Ada & Bo')).toMatch(/^otpauth:\/\/totp\/Comune%20di%20X:Ada%20%26%20Bo\?secret=[A-Z2-7]{32}&/);
});
