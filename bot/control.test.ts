import { connect } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { BadCommand, callControl, serveControl } from './control.ts';
import { newFolder } from './fixtures/run-sportello.ts';

test('a command runs in the server, with its progress, its result and its mistakes', async () => {
  const folder = newFolder();
  expect(await callControl(folder, 'x', {}, () => {})).toBeNull();
  const stop = await serveControl(folder, async (name, args, progress) => {
    progress('half way');
    if (name === 'bad') throw new BadCommand('say it otherwise');
    if (name === 'broken') throw new Error('disk full');
    return { name, args };
  });
  const lines: string[] = [];
  expect(await callControl(folder, 'do', { n: 1 }, (line) => lines.push(line))).toEqual({ result: { name: 'do', args: { n: 1 } } });
  expect(lines).toEqual(['half way']);
  await expect(callControl(folder, 'bad', {}, () => {})).rejects.toThrow(BadCommand);
  await expect(callControl(folder, 'broken', {}, () => {})).rejects.toThrow('disk full');
  await stop();
  expect(await callControl(folder, 'do', {}, () => {})).toBeNull();
});

test('stopping waits for a running command, not for a caller who says nothing', async () => {
  const folder = newFolder();
  let begun: () => void = () => {};
  const isRunning = new Promise<void>((resolve) => (begun = resolve));
  const stop = await serveControl(folder, () => {
    begun();
    return new Promise((resolve) => setTimeout(() => resolve('done'), 200));
  });
  const silent = connect(path.join(folder, 'control.sock'));
  await new Promise<void>((resolve) => silent.once('connect', () => resolve()));
  const running = callControl(folder, 'slow', {}, () => {});
  await isRunning;
  // Were the silent one waited for, this would never end.
  await stop();
  expect(await running).toEqual({ result: 'done' });
});

test('a folder with a long path works too', async () => {
  const folder = path.join(newFolder(), 'x'.repeat(120));
  const stop = await serveControl(folder, async () => 'far away');
  expect(await callControl(folder, 'do', {}, () => {})).toEqual({ result: 'far away' });
  await stop();
});
