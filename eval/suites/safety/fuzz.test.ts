/** Bounded, seeded fuzzing of what reads strangers' words: the same mixtures at every run, a failure names its input. */
import { load } from 'cheerio';
import { expect, test } from 'vitest';
import type { Booking } from '../../../connectors/bookings/contract.ts';
import { readEvents } from '../../../connectors/bookings/caldav/read-events.ts';
import { toCalendar } from '../../../connectors/bookings/ics.ts';
import { postedActivity, readPosted } from '../../../bot/channels/web/incoming.ts';
import { readDate } from '../../../bot/dialogs/dates/read-date.ts';
import { Refusal } from '../../../bot/http/route.ts';
import { renderMarkdown } from '../../../bot/pages/shared/markdown.ts';
import { personalSpans } from '../../../bot/privacy/redact.ts';

/** Mulberry32: small, good enough, the same everywhere. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function mixer(seed: number, pieces: string[]): (most: number) => string {
  const random = createRandom(seed);
  return (most) => Array.from({ length: 1 + random(most) }, () => pieces[random(pieces.length)]).join('');
}

const SIGNS = ['<', '>', '"', "'", '&', '\\', '\n', '\r\n', '\t', '\0', '\u200b', '\u202e', '\ud800', '😀', 'ß', 'é', ' ', 'a', '1'];

test('Markdown: 4,000 mixtures give only listed tags, attributes and schemes', () => {
  const mix = mixer(1, [
    ...SIGNS,
    '**',
    '__',
    '`',
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
    'javascript:',
    'https://a.example/',
    '<img src=x onerror=1>',
    'data:',
    '&#106;',
  ]);
  const tags = new Set('p br strong em ul ol li a code h3 h4 h5 h6 table thead tbody th td tr'.split(' '));
  const attributes = new Set(['href', 'target', 'rel', 'class', 'aria-label', 'scope', 'start']);
  for (let round = 0; round < 4_000; round++) {
    const source = mix(40);
    const page = load(renderMarkdown(source, { marks: new Set([1]) }), null, false);
    page('*').each((_index, element) => {
      const { name, attribs } = element as unknown as { name: string; attribs: Record<string, string> };
      expect(tags.has(name), `${name} from ${JSON.stringify(source)}`).toBe(true);
      for (const [attribute, value] of Object.entries(attribs)) {
        expect(attributes.has(attribute), `${attribute} from ${JSON.stringify(source)}`).toBe(true);
        if (attribute === 'href') expect(value, JSON.stringify(source)).toMatch(/^(?:https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i);
      }
    });
  }
});

test('Activities: 5,000 bodies are read, refused in words, or not of the form; nothing else', () => {
  const random = createRandom(2);
  const mix = mixer(3, [...SIGNS, 'message', 'typing', 'event', '__proto__', 'x'.repeat(300)]);
  const claims = { conversationId: 'c', userId: 'u' } as Parameters<typeof readPosted>[1];
  const value = (depth: number): unknown => {
    const kind = random(depth > 3 ? 5 : 8);
    if (kind < 2) return mix(6);
    if (kind === 2) return random(2) === 0;
    if (kind === 3) return [0, -1, 1e308, Number.NaN, 2 ** 53][random(5)];
    if (kind === 4) return null;
    if (kind === 5) return Array.from({ length: random(4) }, () => value(depth + 1));
    return Object.fromEntries(Array.from({ length: random(4) }, () => [mix(2), value(depth + 1)]));
  };
  const keys = [
    'type',
    'name',
    'text',
    'value',
    'locale',
    'replyToId',
    'from',
    'channelData',
    'reactionsAdded',
    'attachments',
    '__proto__',
  ];
  const seen = { read: 0, refused: 0, formless: 0 };
  for (let round = 0; round < 5_000; round++) {
    const body: Record<string, unknown> = random(3) > 0 ? { type: 'message', text: mix(8) } : {};
    for (let i = random(5); i > 0; i--) body[keys[random(keys.length)] as string] = value(0);
    const parsed = postedActivity.safeParse(JSON.parse(JSON.stringify(body)));
    if (!parsed.success) {
      seen.formless++;
      continue;
    }
    try {
      const read = readPosted(parsed.data, claims, { now: 0, origin: '' });
      if (read.kind !== 'nothing')
        expect([read.message.citizenId, read.message.conversationId, ({} as Record<string, unknown>)['type']]).toEqual([
          'u',
          'c',
          undefined,
        ]);
      seen.read++;
    } catch (error) {
      expect(error, JSON.stringify(body)).toBeInstanceOf(Refusal);
      seen.refused++;
    }
  }
  expect(Math.min(seen.read, seen.refused, seen.formless)).toBeGreaterThan(50);
});

test('dates: 3,000 phrases never throw, say the same twice, and name days that exist and have not passed', () => {
  const words =
    'domani dopodomani lunedì martedì prossimo prima dopo alle tra fra un due tre 31 30 29 12 0 99 / - . : febbraio giugno settimana mese sera mattina non mezzogiorno e o il tomorrow next Freitag demain mañana 2026 1e9 feb';
  const mix = mixer(4, [...words.split(' ').flatMap((word) => [word, `${word} `]), ...SIGNS]);
  const context = { now: new Date('2026-11-18T09:00:00+01:00') };
  for (let round = 0; round < 3_000; round++) {
    const phrase = mix(10);
    const reading = readDate(phrase, context);
    expect(readDate(phrase, context), phrase).toEqual(reading);
    if (reading.kind !== 'date') continue;
    expect(new Date(`${reading.date}T00:00:00Z`).toISOString().slice(0, 10), phrase).toBe(reading.date);
    expect(reading.date >= '2026-11-18', `${phrase} → ${reading.date}`).toBe(true);
    if (reading.time) expect(reading.time, phrase).toMatch(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
  }
});

test('iCalendar: 1,500 bookings with hostile words are one event each, in lines that fit, and read back', () => {
  const mix = mixer(5, [
    ...SIGNS,
    ';',
    ',',
    ':',
    '\r',
    '\nBEGIN:VEVENT\n',
    'END:VCALENDAR',
    'ATTACH:http://evil.example/',
    '\u2028',
    'x'.repeat(90),
    'è'.repeat(50),
  ]);
  for (let round = 0; round < 1_500; round++) {
    const service = { id: 's', name: mix(6), office: mix(3), minutes: 30, words: [], bring: [mix(5)] };
    const booking: Booking = {
      code: 'K7MQ4X',
      service,
      start: '2027-01-10T10:00:00+01:00',
      end: '2027-01-10T10:30:00+01:00',
      place: { id: 'p', name: mix(4), address: mix(4) },
      counter: mix(2),
      person: { name: mix(3) },
      status: round % 2 === 0 ? 'booked' : 'cancelled',
      uid: 'u@sportello',
      sequence: round,
      calendarKey: 'k',
      updatedAt: '2026-11-25T08:00:00.000Z',
    };
    const text = toCalendar(booking, { bodyName: mix(4) });
    const told = JSON.stringify([service, booking.place, booking.counter]);
    for (const line of text.split('\r\n')) {
      expect(Buffer.byteLength(line), told).toBeLessThanOrEqual(75);
      expect(line, told).not.toMatch(/[\r\n]/);
    }
    const lines = text.replace(/\r\n[ \t]/g, '').split('\r\n');
    expect(lines.filter((line) => line === 'BEGIN:VEVENT').length, told).toBe(1);
    expect(
      lines.some((line) => /^ATTACH/i.test(line)),
      told,
    ).toBe(false);
    const events = readEvents(text);
    expect(
      events.map(({ uid, start, cancelled, sequence }) => [uid, start, cancelled, sequence]),
      told,
    ).toEqual([['u@sportello', Date.parse(booking.start), booking.status === 'cancelled', round]]);
  }
});

test('iCalendar: 3,000 files of other programs, broken, are read as far as they go', () => {
  const mix = mixer(6, [
    'BEGIN:VCALENDAR\r\n',
    'BEGIN:VEVENT\r\n',
    'END:VEVENT\r\n',
    'END:VCALENDAR\r\n',
    'DTSTART:20270110T100000Z\r\n',
    'DTSTART;TZID=Nowhere/City:20270110T100000\r\n',
    'DTSTART;VALUE=DATE:20271340\r\n',
    'DTEND:2027\r\n',
    'DURATION:PT\r\n',
    'DURATION:-P99999999D\r\n',
    'RRULE:FREQ=SECONDLY\r\n',
    'EXDATE:,,,\r\n',
    'RECURRENCE-ID:x\r\n',
    ' folded\r\n',
    'UID:\r\n',
    ';;;::\r\n',
    ...SIGNS,
  ]);
  for (let round = 0; round < 3_000; round++) {
    const text = mix(30);
    for (const event of readEvents(text))
      expect(Number.isFinite(event.start) && Number.isFinite(event.end), JSON.stringify(text)).toBe(true);
  }
});

test('personal data: 3,000 mixtures never throw, and a value that stands by itself is found', () => {
  const mix = mixer(7, [
    'RSSMRA85T10A562S',
    'IT60 X054 2811 1010 0000 0123 456',
    '333 1234567',
    'mi chiamo ',
    'Maria ',
    'Rossi ',
    'via ',
    'Roma ',
    '12 ',
    '@',
    'a.b',
    '.example ',
    'nato il ',
    '3/4/1980 ',
    'sono ',
    'diabetico ',
    ...SIGNS,
  ]);
  let seen = 0;
  for (let round = 0; round < 3_000; round++) {
    const text = mix(15);
    const spans = personalSpans(text);
    for (const { index, 0: value } of text.matchAll(
      /(?<![\p{L}\p{N}\p{P}\p{S}] ?)(?:RSSMRA85T10A562S|333 1234567)(?! ?[\p{L}\p{N}\p{P}\p{S}])/gu,
    )) {
      const covered = spans.some(({ start, end }) => start <= index && end >= index + value.length);
      expect(covered, `${value} in ${JSON.stringify(text)}`).toBe(true);
      seen++;
    }
  }
  expect(seen).toBeGreaterThan(20);
});
