import { zipSync } from 'fflate';
import { afterEach, describe, expect, test } from 'vitest';
import { createClient } from '../fixtures/citizen-client.ts';
import { type RunningWeb, startWeb } from '../fixtures/start-web.ts';

let web: RunningWeb;
const start = async () => {
  web = await startWeb();
};
afterEach(() => web?.stop());
const { converse } = createClient(() => web.domain);

describe('uploads', () => {
  const upload = (
    path: string,
    token: string,
    files: [string, string | Uint8Array<ArrayBuffer>][],
    activity: object = { type: 'message', text: 'ecco' },
  ) => {
    const form = new FormData();
    form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }));
    for (const [name, content] of files) form.append('file', new Blob([content], { type: 'text/html' }), name);
    return fetch(`${web.domain}${path}/upload?userId=x`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form });
  };

  test('are known by their bytes, shown in the transcript, and given back to their conversation only', async () => {
    await start();
    const [anna, bruno] = [await converse(), await converse()];
    await anna.until(1);
    const docx = zipSync({ 'word/document.xml': new TextEncoder().encode('<w/>') }) as Uint8Array<ArrayBuffer>;
    const answer = await upload(anna.path, anna.token, [
      ['../../bolletta.html', '%PDF-1.7 …'],
      ['modulo', docx],
    ]);
    expect(answer.status).toBe(200);
    const mine = (await anna.until(3))[1]!;
    const attachments = mine['attachments'] as { name: string; contentType: string; contentUrl: string }[];
    expect(attachments.map(({ name, contentType }) => [name, contentType.slice(0, 24)])).toEqual([
      ['bolletta.pdf', 'application/pdf'],
      ['modulo.docx', 'application/vnd.openxmlf'],
    ]);
    const url = attachments[0]!.contentUrl;
    const mineAgain = await fetch(url, { headers: { authorization: `Bearer ${anna.token}` } });
    expect(await mineAgain.text()).toBe('%PDF-1.7 …');
    expect(mineAgain.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(mineAgain.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: `Bearer ${bruno.token}` } })).status).toBe(403);
    expect((await fetch(url.replace(anna.id, bruno.id), { headers: { authorization: `Bearer ${bruno.token}` } })).status).toBe(404);
  });

  test('are refused by type, size, number and form, and the server lives', async () => {
    await start();
    const anna = await converse();
    expect((await upload(anna.path, anna.token, [['a.png', '\u0000\u0001']])).status).toBe(415);
    expect((await upload(anna.path, anna.token, [['a.zip', zipSync({ a: new Uint8Array(3) }) as Uint8Array<ArrayBuffer>]])).status).toBe(
      415,
    );
    expect(
      (
        await upload(
          anna.path,
          anna.token,
          Array.from({ length: 6 }, (_, index) => [`${index}.txt`, 'x']),
        )
      ).status,
    ).toBe(413);
    expect((await upload(anna.path, anna.token, [['a.txt', 'x'.repeat(10 * 1024 * 1024 + 1)]])).status).toBe(413);
    const garbage = await fetch(`${web.domain}${anna.path}/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${anna.token}`, 'content-type': 'multipart/form-data; boundary=x' },
      body: 'nonsense',
    });
    expect(garbage.status).toBe(400);
    expect((await anna.say('ancora qui')).status).toBe(200);
  });
});
