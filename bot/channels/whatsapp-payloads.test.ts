/** Every kind of message that we send to WhatsApp, against Meta's own description of it. */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { reply } from '../conversation/fixtures/small-speaker.ts';
import { vendorSchemas } from './fixtures/vendor-schema.ts';
import { fileMessage, renderReply, renderTemplate, type WhatsappFile } from './whatsapp/render.ts';

const SPEC = '/work/shared/specs/whatsapp-business-messaging-v23.openapi.yaml';
const envelope = { messaging_product: 'whatsapp', recipient_type: 'individual', to: '393331112233' };
const KINDS: Record<string, string> = {
  text: 'TextMessage',
  interactive: 'InteractiveMessage',
  template: 'TemplateMessage',
  image: 'ImageMessage',
  document: 'DocumentMessage',
};

describe.skipIf(!existsSync(SPEC))('WhatsApp payloads (needs Meta’s OpenAPI v23 in ../shared/specs)', () => {
  const wrong = existsSync(SPEC) ? vendorSchemas(SPEC) : () => [];
  const outgoing = (text: string, titles: string[], lang = 'it') => ({
    activityId: 'a1',
    conversationId: 'c1',
    reply: { ...reply(text), lang, choices: titles.map((title) => ({ title, value: title })) },
  });
  const check = (message: Record<string, unknown>) => wrong(KINDS[String(message['type'])] ?? '', { ...envelope, ...message });

  test.each([
    ['a short text', 'Ciao', []],
    ['a text of nine thousand letters', 'Parola lunga. '.repeat(650), []],
    ['buttons', 'Confermi?', ['Sì', 'No', 'Annulla']],
    ['a list with long titles', 'Quale?', ['Certificato di residenza storico per uso successione', 'Altro', 'Carta', 'Tributi']],
    ['ten choices under a long text', 'Testo lungo. '.repeat(400), Array.from({ length: 10 }, (_, i) => `Scelta numero ${i + 1}`)],
    ['more choices than a list holds', 'Quale?', Array.from({ length: 25 }, (_, i) => `Scelta ${i + 1}`)],
  ])('%s', (_name, text, titles) => {
    for (const lang of ['it', 'en', 'de', 'fr', 'es', 'sl', 'ro', 'ar', 'zh', 'uk']) {
      const messages = renderReply(outgoing(text, titles, lang));
      expect(messages.length).toBeGreaterThan(0);
      expect(messages.flatMap(check)).toEqual([]);
    }
  });

  test('a template, in a language as Meta names it', () => {
    const message = renderTemplate(outgoing('Riga uno\n\nRiga due', [], 'zh'), 'avviso');
    expect(check(message)).toEqual([]);
    expect(message).toMatchObject({ template: { language: { code: 'zh_CN' } } });
  });

  test('a picture and a document that were uploaded, with a caption and without', () => {
    const file: WhatsappFile = {
      type: 'document',
      name: 'a.pdf',
      contentType: 'application/pdf',
      content: Buffer.from('x'),
      caption: 'Ecco',
      instead: {},
    };
    for (const type of ['image', 'document'] as const)
      for (const caption of ['', 'Ecco']) expect(check(fileMessage({ ...file, type, caption }, '4490709327384033'))).toEqual([]);
    expect(check({ type: 'document', document: { caption: 'senza id né indirizzo' } })).not.toEqual([]);
    expect(check({ type: 'image' })).toEqual(['ImageMessage.image: missing']);
  });

  test('what Meta refuses is seen', () => {
    expect(check({ type: 'text', text: { body: 'x', colour: 'red' } })).toEqual(['TextMessage.text.colour: not known']);
    const buttons = Array.from({ length: 4 }, (_, i) => ({ type: 'reply', reply: { id: `${i}`, title: 'x' } }));
    expect(check({ type: 'interactive', interactive: { type: 'button', body: { text: 'x' }, action: { buttons } } })).not.toEqual([]);
    expect(check({ type: 'template', template: { name: 'x', language: { code: 'it' } } })).toEqual([
      'TemplateMessage.template.language.policy: missing',
    ]);
    expect(wrong('InteractiveMessage', { ...envelope, type: 'interactive' })).toEqual(['InteractiveMessage.interactive: missing']);
  });
});
