/** Which cookies count. */
import { expect, test } from 'vitest';
import { cookie, cookieIn } from './cookies.ts';

test('over https only the name with the prefix counts: a neighbouring host can set the other', () => {
  const planted = { cookie: 'other=1; sportello-thread=theirs' };
  expect(cookieIn(planted, 'thread', true)).toBe('');
  expect(cookieIn(planted, 'thread', false)).toBe('theirs');
  const [pair = ''] = cookie('thread', 'ours', 60, true).split(';');
  expect(cookieIn({ cookie: `sportello-thread=theirs; ${pair}` }, 'thread', true)).toBe('ours');
  expect(cookieIn({}, 'thread', true)).toBe('');
});
