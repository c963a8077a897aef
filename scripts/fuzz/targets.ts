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
import { readYaml, YamlMistake } from '../../connectors/bookings/openapi/yaml.ts';
import { Unreadable } from '../../knowledge/readers/contract.ts';
import { decoder, file, json, type Target, text, textFile } from './make.ts';
import { mutateArchive, mutateJson, mutateText } from './mutate.ts';
import { createRandom, type Random } from './random.ts';
import { mutatePdf } from './mutate-pdf.ts';
import * as seeds from './seeds.ts';
import { systems } from './systems.ts';
import { FIGURES, LINES, MARKS, TAGS, WHEN, XML, YAML } from './words.ts';

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
  file('jsonl', jsonLines),
  file('docx', (random) => mutateArchive(random, seeds.DOCX, XML)),
  file('odt', (random) => mutateArchive(random, seeds.ODT, XML)),
  file('pdf', mutatePdf),
  text('markdown', [decoder.decode(seeds.MARKDOWN)], MARKS, (input) => {
    renderMarkdown(input, { marks: new Set([1]) });
    plainText(input);
  }),
  text('calendar', [decoder.decode(seeds.CALENDAR)], LINES, (input) => {
    for (const { start, end } of readEvents(input))
      if (!Number.isFinite(start) || !Number.isFinite(end)) throw new Error('an event without a time');
  }),
  text('yaml', seeds.YAML, YAML, (input) => JSON.stringify(readYaml(input))),
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
  ...systems,
];

/** One spoilt line after an honest one, JSON still for the most part: of spoilt text the reader sees nothing but that it is none. */
function jsonLines(random: Random): Uint8Array {
  const line = decoder.decode(seeds.JSONL).trim();
  const spoilt =
    random(5) === 0
      ? mutateText(random, line, ['{"id":1}', '\n', '"text":', 'null', '"doc":[]'], [line])
      : JSON.stringify(mutateJson(random, { ...JSON.parse(line), id: 'c-2' }));
  return new TextEncoder().encode(`${line}\n${spoilt}\n`);
}

/** A refusal in words is what a parser is for; anything else is a surprise. */
export const mayThrow = (error: unknown): boolean =>
  error instanceof Unreadable || error instanceof Refusal || error instanceof YamlMistake;

/** Input number `index` of a run; any of them can be made again alone. */
export function inputOf(target: Target, seed: number, index: number): Uint8Array {
  return target.make(createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)));
}
