import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Mail } from './contract.ts';
import { plugs, type World } from './fixtures/plugs.ts';

const calendar = {
  name: 'ABC2D3.ics',
  method: 'PUBLISH' as const,
  content: 'BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nUID:1@sportello\r\nEND:VCALENDAR\r\n',
};
const mail: Mail = {
  id: 'booking:ABC2D3:0',
  to: 'anna@example.org',
  subject: 'Appuntamento confermato: Carta d’identità',
  text: 'Buongiorno Anna,\n\nti aspettiamo. Perché è già così: città, 10 €.\n',
  calendar,
};

/** The parts of a letter, decoded: media type and content. */
function partsOf(source: string): { type: string; text: string }[] {
  return [...source.matchAll(/Content-Type: ([a-z]+\/[a-z-]+)([\s\S]*?)\r\n\r\n([\s\S]*?)(?=\r\n--|$)/g)].map(
    ([, type = '', head = '', body = '']) => {
      if (/base64/i.test(head)) return { type, text: Buffer.from(body, 'base64').toString('utf8') };
      const bytes = body
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      return { type, text: Buffer.from(bytes, /quoted-printable/i.test(head) ? 'latin1' : 'utf8').toString('utf8') };
    },
  );
}

describe.each(plugs)('mails by $title', ({ open }) => {
  let world: World;
  beforeEach(async () => {
    world = await open();
  });
  afterEach(() => world.close());

  test('a letter goes with its words and its calendar, once as text to be shown and once as a file', async () => {
    const sent = await world.mails.send(mail);
    expect(sent).toMatchObject({ kind: 'ok', value: { messageId: '<booking.ABC2D3.0@comune.example>' } });
    const [source = '', ...others] = world.gone();
    expect(others).toEqual([]);
    expect(source).toContain('From: Comune di Prova <sportello@comune.example>');
    expect(source).toContain('To: anna@example.org');
    expect(source).toContain('Message-ID: <booking.ABC2D3.0@comune.example>');
    expect(source).toMatch(/Auto-Submitted: auto-generated/);
    const parts = partsOf(source);
    expect(parts.find(({ type }) => type === 'text/plain')?.text.replaceAll('\r\n', '\n')).toContain('Perché è già così: città, 10 €.');
    expect(parts.filter(({ text }) => text.includes('UID:1@sportello')).map(({ type }) => type)).toEqual([
      'text/calendar',
      'application/ics',
    ]);
    expect(source).toMatch(/text\/calendar;[^\r]*method=PUBLISH/);
    expect(source).toMatch(/filename=ABC2D3\.ics/);
  });

  test('the same letter sent again keeps its Message-ID: readers see one', async () => {
    const first = await world.mails.send(mail);
    expect(await world.mails.send(mail)).toEqual(first);
  });

  test('a subject or an address cannot bring headers or readers of their own', async () => {
    expect((await world.mails.send({ ...mail, id: 'a', subject: 'Ciao\r\nBcc: spia@example.org' })).kind).toBe('ok');
    for (const to of [
      'anna@example.org\r\nBcc: spia@example.org',
      'anna@example.org, spia@example.org',
      'Anna <anna@example.org>',
      'anna',
      '',
    ])
      expect([to, (await world.mails.send({ ...mail, id: 'b', to })).kind]).toEqual([to, 'invalid']);
    expect(world.gone().filter((source) => /^Bcc:/im.test(source))).toEqual([]);
    expect(world.gone().length).toBe(1);
  });

  test('an address refused for good is no letter to try again', async () => {
    expect((await world.mails.send({ ...mail, to: world.refused })).kind).toBe('invalid');
  });

  test('health', async () => {
    expect((await world.mails.health()).state).toBe('up');
  });
});
