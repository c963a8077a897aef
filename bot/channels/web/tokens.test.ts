import { expect, test } from 'vitest';
import { createTokens, TOKEN_LIFE } from './tokens.ts';

const START = Date.parse('2026-11-27T09:00:00Z');

test('a token that was verified lends its signature to no other, and ends when it says', () => {
  let now = START;
  const tokens = createTokens(Buffer.alloc(32, 7), () => now);
  const token = tokens.issue('talk-1', 'dl_anna');
  const claims = { conversationId: 'talk-1', userId: 'dl_anna', use: 'rest' };
  expect(tokens.verify(token, 'rest')).toMatchObject(claims);
  const [header, , signature] = token.split('.');
  const payload = Buffer.from(JSON.stringify({ conv: 'talk-2', user: 'dl_bruno', use: 'rest', exp: START / 1000 + TOKEN_LIFE }));
  const forged = [
    `${header}.${payload.toString('base64url')}.${signature}`,
    signature!,
    signature!.slice(-24),
    `x${token}`,
    `${token.slice(0, 40)}A${token.slice(41)}`,
    `A${token.slice(1)}`,
  ];
  for (const given of forged) {
    expect(given).not.toBe(token);
    expect(() => tokens.verify(given, 'rest')).toThrow(/not valid/);
    expect(tokens.verify(token, 'rest')).toMatchObject(claims);
  }
  expect(() => tokens.verify(token, 'stream')).toThrow(/not valid/);
  now += TOKEN_LIFE * 1000;
  expect(() => tokens.verify(token, 'rest')).toThrow(/expired/);
});
