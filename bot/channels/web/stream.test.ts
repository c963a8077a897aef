import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Activity, createClient } from '../fixtures/citizen-client.ts';
import { type RunningWeb, startWeb } from '../fixtures/start-web.ts';

let web: RunningWeb;
let clock: number;
beforeEach(() => {
  clock = 0;
});
const start = async () => {
  web = await startWeb({ now: () => Date.now() + clock });
};
afterEach(() => web?.stop());
const { call, converse } = createClient(() => web.domain);

describe('stream', () => {
  const listen = (url: string) => {
    const socket = new WebSocket(url);
    const frames: { activities: Activity[]; watermark?: string }[] = [];
    socket.onmessage = ({ data }) => void (data && frames.push(JSON.parse(data as string)));
    const opened = new Promise<boolean>((resolve) => {
      socket.onopen = () => resolve(true);
      socket.onerror = () => resolve(false);
    });
    return {
      socket,
      frames,
      opened,
      texts: () => frames.flatMap((frame) => frame.activities.filter((one) => one.type === 'message').map((one) => one.text)),
    };
  };

  test('brings what was there, then each turn in one frame, and goes on after a loss by the watermark without loss or doubles', async () => {
    await start();
    const anna = await converse();
    const first = listen(anna.started.body.streamUrl);
    await expect.poll(first.texts).toEqual(['Ciao, sono un sistema automatico.']);
    first.socket.send('');
    await anna.say('uno');
    await expect.poll(first.texts).toEqual(['Ciao, sono un sistema automatico.', 'uno', 'Eco: uno (1)']);
    const watermark = first.frames.at(-1)!.watermark!;
    first.socket.close();
    await anna.say('due');
    await anna.until(6);
    const again = await call('GET', `${anna.path}?watermark=${watermark}`, anna.token);
    const second = listen(again.body.streamUrl);
    await anna.say('tre');
    await expect.poll(second.texts).toEqual(['due', 'Eco: due (3)', 'E ancora.', 'tre', 'Eco: tre (6)']);
    second.socket.close();
  });

  test('opens with its own short token only', async () => {
    await start();
    const [anna, bruno] = [await converse(), await converse()];
    const url = new URL(anna.started.body.streamUrl);
    const other = new URL(url);
    other.searchParams.set('t', anna.token);
    expect(await listen(other.href).opened).toBe(false);
    expect(await listen(url.href.replace(anna.id, bruno.id)).opened).toBe(false);
    clock = 121_000;
    expect(await listen(url.href).opened).toBe(false);
    clock = 0;
    const right = listen(url.href);
    expect(await right.opened).toBe(true);
    right.socket.close();
  });

  test('a slow turn shows as typing, without a watermark', async () => {
    await start();
    const anna = await converse();
    await anna.until(1);
    const { frames, socket, texts } = listen(anna.started.body.streamUrl);
    await expect.poll(texts).toHaveLength(1);
    await anna.say('molto lento');
    await expect.poll(texts).toHaveLength(3);
    const typing = frames.filter((frame) => frame.activities[0]?.type === 'typing');
    expect(typing.every((frame) => frame.watermark === undefined)).toBe(true);
    expect(typing).toHaveLength(1);
    socket.close();
  });
});
