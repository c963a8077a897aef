/** XML that stays XML: elements doubled, dropped, moved, nested deep; attributes and texts made odd. What spoils the form is mutate.ts's part; this meets the reader behind the parser. */
import type { Random } from './random.ts';

const ODD_VALUES = [
  '',
  '-1',
  '0',
  '1',
  '99999999',
  '1e9',
  'true',
  'x'.repeat(300),
  '../../x',
  '&#x10FFFF;',
  '&amp;&lt;',
  '\u202e\u200b',
  '😀',
];
const DEEPEST = [2, 3, 10, 30, 300, 3_000];
const MOST_SIGNS = 40_000;

interface Span {
  start: number;
  end: number;
}

/** Well-formed XML → one to four changes, well-formed still. */
export function mutateXml(random: Random, xml: string): string {
  let now = xml;
  for (let i = 1 + random(4); i > 0 && now.length < MOST_SIGNS; i--) now = change(random, now);
  return now;
}

function change(random: Random, xml: string): string {
  const elements = elementsOf(xml);
  if (elements.length === 0) return xml;
  const any = () => elements[random(elements.length)] as Span;
  const [one, other] = [any(), any()];
  const text = xml.slice(one.start, one.end);
  const put = (span: Span, words: string) => xml.slice(0, span.start) + words + xml.slice(span.end);
  const kind = random(7);
  if (kind === 0 && one.start > 0) return put(one, '');
  if (kind === 1) return put(one, text.repeat(1 + random(random(10) === 0 ? 40 : 3)));
  if (kind === 2) return put(other, text);
  if (kind === 3) return put({ start: other.end, end: other.end }, other.end < xml.length ? text : '');
  if (kind === 4) return put(one, nested(text, DEEPEST[random(DEEPEST.length)] as number));
  return put(one, odd(random, text, kind === 5));
}

/** Within itself so many times: depth is what recursion dies of. */
function nested(text: string, depth: number): string {
  const open = /^<[^>]*[^/]>/.exec(text)?.[0];
  if (!open) return text;
  const close = `</${/^<([^\s>]+)/.exec(open)?.[1]}>`;
  const times = Math.min(depth, Math.floor(MOST_SIGNS / (open.length + close.length)));
  return open.repeat(times) + text + close.repeat(times);
}

function odd(random: Random, text: string, attribute: boolean): string {
  const places = [...text.matchAll(attribute ? /(?<==")[^"]*(?=")/g : /(?<=>)[^<]+(?=<)/g)];
  const place = places[random(Math.max(1, places.length))];
  if (!place) return text;
  const value = ODD_VALUES[random(ODD_VALUES.length)] as string;
  return text.slice(0, place.index) + value + text.slice(place.index + place[0].length);
}

/** From each opening tag to its closing one; `<x/>` by itself. */
function elementsOf(xml: string): Span[] {
  const spans: Span[] = [];
  const open: number[] = [];
  for (const tag of xml.matchAll(/<(\/?)[A-Za-z][^<>]*?(\/?)>/g)) {
    const end = tag.index + tag[0].length;
    if (tag[1]) {
      const start = open.pop();
      if (start !== undefined) spans.push({ start, end });
    } else if (tag[2]) spans.push({ start: tag.index, end });
    else open.push(tag.index);
  }
  return spans;
}
