/** Every parser that meets strangers, with what it is fed and what it may say. */
import { readPosted as readReport } from '../../bot/office/open311/read-request.ts';
import { readUpdate, telegramUpdate } from '../../bot/channels/telegram/update.ts';
import { postedActivity, readPosted } from '../../bot/channels/web/incoming.ts';
import { readEvent, whatsappEvent } from '../../bot/channels/whatsapp/webhook.ts';
import { checkCodiceFiscale } from '../../bot/dialogs/codes/codice-fiscale.ts';
import { checkIban } from '../../bot/dialogs/codes/iban.ts';
import { checkNoticeNumber } from '../../bot/dialogs/codes/notice-number.ts';
import { checkPartitaIva } from '../../bot/dialogs/codes/partita-iva.ts';
import { checkPlate } from '../../bot/dialogs/codes/plate.ts';
import { checkProtocolNumber } from '../../bot/dialogs/codes/protocol-number.ts';
import { readDate } from '../../bot/dialogs/dates/read-date.ts';
import { Refusal } from '../../bot/http/route.ts';
import { plainText, renderMarkdown } from '../../bot/pages/shared/markdown.ts';
import { redact } from '../../bot/privacy/redact.ts';
import { readEvents } from '../../connectors/bookings/caldav/read-events.ts';
import { checkArchive, countInflated } from '../../knowledge/ingest/archive.ts';
import { checkType } from '../../knowledge/ingest/file-type.ts';
import { type Read, Unreadable } from '../../knowledge/readers/contract.ts';
import { createRandom, mutateArchive, mutateBytes, mutateJson, mutateText, type Random } from './mutate.ts';
import * as seeds from './seeds.ts';

export interface Target {
  name: string;
  /** One input. `corpus`: inputs that once went wrong, as the parser was given them. */
  make(random: Random): Uint8Array;
  /** Resolves, or throws what `mayThrow` allows. */
  take(input: Uint8Array): Promise<unknown>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const one = <T>(random: Random, list: readonly T[]): T => list[random(list.length)] as T;

function text(name: string, from: readonly string[], words: readonly string[], take: (input: string) => unknown): Target {
  return {
    name,
    make: (random) => encoder.encode(mutateText(random, one(random, from), words, from)),
    take: async (input) => take(decoder.decode(input)),
  };
}

/** Half of the inputs are JSON that is spoilt as text, which a parser before ours refuses. */
function json(name: string, from: readonly unknown[], take: (input: unknown) => unknown): Target {
  const texts = from.map((value) => JSON.stringify(value));
  return {
    name,
    make: (random) =>
      encoder.encode(
        random(4) === 0
          ? mutateText(random, one(random, texts), ['"type":', 'null', '{"__proto__":{}}'], texts)
          : JSON.stringify(mutateJson(random, one(random, from))),
      ),
    async take(input) {
      let value: unknown;
      try {
        value = JSON.parse(decoder.decode(input));
      } catch {
        return;
      }
      take(value);
      if (({} as Record<string, unknown>)['admin'] !== undefined || Object.hasOwn(Object.prototype, 'zzz'))
        throw new Error('a prototype was changed');
    },
  };
}

/** As in knowledge/ingest: type first, archives looked at and counted, then the reader. In the server this happens in a child. */
function file(extension: string, make: Target['make']): Target {
  let read: Read | undefined;
  return {
    name: extension,
    make,
    async take(input) {
      const name = `x.${extension}`;
      checkType(input, name);
      if (extension === 'docx' || extension === 'odt') {
        await checkArchive(input);
        await countInflated(input);
      }
      read ??= ((await import(new URL(`../../knowledge/readers/${extension}.ts`, import.meta.url).href)) as { default: Read }).default;
      await read(input, name);
    },
  };
}

function textFile(extension: string, seed: Uint8Array, words: readonly string[]): Target {
  const from = [decoder.decode(seed)];
  return file(extension, (random) =>
    random(5) === 0 ? mutateBytes(random, seed) : encoder.encode(mutateText(random, one(random, from), words, from)),
  );
}

const MARKS = [
  '**',
  '__',
  '`',
  '```',
  '[',
  '](',
  ')',
  '![',
  '|',
  '|---|',
  '- ',
  '1. ',
  '# ',
  '[1]',
  '[1]: ',
  'javascript:',
  '<img src=x onerror=1>',
  'data:',
  '&#106;',
  '<!--',
  '-->',
  '~~~',
  '---\n',
  '\\',
];
const TAGS = [
  '<div>',
  '</div>',
  '<table>',
  '<tr>',
  '<td colspan="99999999">',
  '<td rowspan="-1">',
  '<p style="display:none">',
  '<style>*{display:none}</style>',
  '<style>@media{',
  '<template>',
  '<math>',
  '<svg>',
  '<plaintext>',
  '<noscript>',
  '<select><option>',
  '<!--',
  ']]>',
  '<![CDATA[',
  '&#x110000;',
  '&nope;',
  '<a href="javascript:x">',
  '<frameset>',
  '<body>',
  '</html>',
  '<li>'.repeat(50),
  '<font color="#fff">',
  '<meta charset="utf-16">',
];
const XML = [
  '<w:p><w:r><w:t>x</w:t></w:r></w:p>',
  '<w:tbl><w:tr><w:tc/></w:tr></w:tbl>',
  '<w:tbl/>',
  '<text:p/>',
  '<text:list><text:list-item/></text:list>',
  '<table:table-cell table:number-columns-repeated="99999999"/>',
  '<w:p>',
  '</w:p>',
  '<w:tbl>',
  '<w:tr>',
  '<w:tc>',
  '<w:instrText>',
  '<w:vanish/>',
  '<w:numId w:val="99999"/>',
  '<text:list>',
  '<text:s text:c="99999999"/>',
  'table:number-columns-repeated="1000000"',
  '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
  '&b;',
  '<?xml version="1.1" encoding="utf-7"?>',
  'w:val="-1"',
  '<w:hyperlink r:id="r9">',
  '<mc:AlternateContent>',
  'xmlns:w=""',
];
const LINES = [
  'BEGIN:VEVENT\r\n',
  'END:VEVENT\r\n',
  'DTSTART:20270110T100000Z\r\n',
  'DTSTART;TZID=Nowhere/City:20270110T100000\r\n',
  'DTEND:2027\r\n',
  'DURATION:-P99999999D\r\n',
  'RRULE:FREQ=SECONDLY\r\n',
  'RRULE:FREQ=DAILY;INTERVAL=0;UNTIL=99991231\r\n',
  'EXDATE:,,,\r\n',
  'RECURRENCE-ID:x\r\n',
  ' ',
  'BYDAY=MO,TU',
  'BEGIN:VALARM\r\n',
  'BEGIN:VTIMEZONE\r\n',
];
const WHEN =
  'domani dopodomani lunedì prossimo scorso prima dopo alle tra fra tre 31 30 29 99 / - . : febbraio settimana mese sera mezzogiorno non e o next Freitag demain mañana 2026 1e9'
    .split(' ')
    .map((word) => `${word} `);
const FIGURES = ['3 ', '33', 'IT60 ', 'RSS', '@', 'tel ', '+39', '0039', 'via ', 'mi chiamo ', 'AA', 'nato il '];
const claims = { conversationId: 'c', userId: 'u' } as Parameters<typeof readPosted>[1];
const now = new Date('2026-11-18T09:00:00+01:00');

export const targets: Target[] = [
  json('activity', seeds.ACTIVITY, (value) => {
    const parsed = postedActivity.safeParse(value);
    if (parsed.success) readPosted(parsed.data, claims, { now: 0, origin: '' });
  }),
  json('telegram', seeds.TELEGRAM, (value) => {
    const parsed = telegramUpdate.safeParse(value);
    if (parsed.success) readUpdate(parsed.data);
  }),
  json('whatsapp', seeds.WHATSAPP, (value) => {
    const parsed = whatsappEvent.safeParse(value);
    if (parsed.success) readEvent(parsed.data, '10');
  }),
  textFile('html', seeds.HTML, TAGS),
  textFile('md', seeds.MARKDOWN, [...MARKS, ...TAGS]),
  textFile('txt', seeds.TEXT, ['    ', '\n\n', 'ART. 1', '- ', '1) ', '......... 3']),
  textFile('jsonl', seeds.JSONL, ['{"id":1}', '\n', '"text":', 'null', '"doc":[]']),
  file('docx', (random) => mutateArchive(random, seeds.DOCX, XML)),
  file('odt', (random) => mutateArchive(random, seeds.ODT, XML)),
  file('pdf', (random) => (random(2) === 0 ? mutateBytes(random, seeds.PDF) : pdf(random))),
  text('markdown', [decoder.decode(seeds.MARKDOWN)], MARKS, (input) => {
    renderMarkdown(input, { marks: new Set([1]) });
    plainText(input);
  }),
  text('calendar', [decoder.decode(seeds.CALENDAR)], LINES, (input) => {
    for (const { start, end } of readEvents(input))
      if (!Number.isFinite(start) || !Number.isFinite(end)) throw new Error('an event without a time');
  }),
  text('dates', seeds.PHRASES, WHEN, (input) => {
    for (const lang of ['it', 'en', 'de', 'fr', 'es']) readDate(input.slice(0, 1_000), { now, lang });
  }),
  text('codes', seeds.CODES, FIGURES, (input) => {
    for (const check of [checkIban, checkNoticeNumber, checkPartitaIva, checkPlate]) check(input);
    checkCodiceFiscale(input, '2026-11-18');
    checkProtocolNumber(input, '2026-11-18');
  }),
  text('redact', seeds.PERSONAL, FIGURES, (input) => redact(input)),
  text('forms', seeds.FORM, ['attribute[', '[]=', '&', '=', '%', '%zz', '%00', '__proto__=', 'lat=NaN', 'media_url=javascript:'], (input) =>
    readReport(new URLSearchParams(input)),
  ),
];

/** A file in words of its format, spoilt: changes meet the parser of objects and not only the bytes of a stream. */
function pdf(random: Random): Uint8Array {
  const words = [
    '<<',
    '>>',
    'obj',
    'endobj',
    'stream\n',
    'endstream',
    '/Length 999999999',
    '/Filter/FlateDecode',
    '/Kids[2 0 R]',
    '/Count 99999',
    '/Type/ObjStm',
    '/Encrypt 9 0 R',
    '/Prev 0',
    'xref\n',
    'trailer',
    'startxref\n0',
    '[',
    ']',
    '(((((',
    '9 0 R',
    '/JS(x)',
    'Tj',
    'BT',
    'Tf',
    'q '.repeat(50),
  ];
  const latin = Buffer.from(seeds.PDF).toString('latin1');
  return new Uint8Array(Buffer.from(mutateText(random, latin, words, [latin]), 'latin1'));
}

/** A refusal in words is what a parser is for; anything else is a surprise. */
export const mayThrow = (error: unknown): boolean => error instanceof Unreadable || error instanceof Refusal;

/** Input number `index` of a run; any of them can be made again alone. */
export function inputOf(target: Target, seed: number, index: number): Uint8Array {
  return target.make(createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)));
}
