/** What is offered when nothing answers: the same pages as when every passage is looked at, with fewer of them looked at. */
import { expect, test } from 'vitest';
import { ANY, EXACT, OWN_WORDS } from './held.ts';
import type { RankedPassage, UnderstoodQuestion } from './question.ts';
import { askBack, onTopic } from './refuse.ts';
import { standingOf } from './standing.ts';
import { topicOf } from './topic.ts';

let pages = 0;
function page(title: string, heading: string, text: string): RankedPassage {
  const id = `refuse-${pages++}`;
  const fields = { id, documentId: title, version: 1, title, headings: [heading], anchor: '', position: 0, lang: 'it', office: '' };
  const rest = { audience: 'citizen' as const, validFrom: null, validUntil: null, updatedOn: '', sourceUrl: null };
  return { passage: { ...fields, ...rest, start: 0, end: text.length, text }, score: 1, signals: {} };
}

function asks(text: string): UnderstoodQuestion {
  const topic = { words: topicOf(text, { mark: {}, languages: ['it'], rarity: () => 1, rarest: 1, cousins: () => [] }) };
  return { question: { text, history: [], at: '2026-11-27', audience: 'citizen' }, lang: 'it', standalone: text, kind: 'question', topic };
}

/** Told passage by passage, with all of them looked at. */
function spokenOf(passages: RankedPassage[], { topic }: UnderstoodQuestion, nearly: boolean): RankedPassage[] {
  const counted = nearly ? ANY : OWN_WORDS;
  const spoken = passages.filter((ranked) => {
    const standing = standingOf(topic ?? { words: [] }, ranked);
    const named = standing.inHeading(counted);
    return (nearly ? named > 0 : named >= 0.4) || standing.inAll(counted) >= 0.6;
  });
  const isAbout = (ranked: RankedPassage) => standingOf(topic ?? { words: [] }, ranked).inTitle(EXACT) >= 0.4;
  return [...spoken.filter(isAbout), ...spoken.filter((ranked) => !isAbout(ranked))];
}

const TITLES = ['Piscina', 'Piscina: corsi', 'Nido', 'Biblioteca comunale', 'Tassa rifiuti', 'Nido: retta', 'Palestra'];
const HEADINGS = ['Quanto costa', 'Orari della piscina', 'Chi paga', 'Piscina'];
const TEXTS = ['Si nuota in piscina con la tessera.', 'La retta si paga ogni mese.', 'Serve la tessera comunale.', 'Chiama lo sportello.'];
const say = (key: string) => key;

test.each([true, false])('as many pages as are offered, those about the thing first (nearly: %s)', (nearly) => {
  let seed = 11;
  const pick = <T>(from: T[]): T => {
    seed = (seed * 48_271) % 2_147_483_647;
    return from[seed % from.length] as T;
  };
  let stopped = 0;
  for (let round = 0; round < 200; round++) {
    const passages = Array.from({ length: 10 }, () => page(pick(TITLES), pick(HEADINGS), pick(TEXTS)));
    const question = asks(pick(['Quanto costa la tessera della piscina?', 'Chi paga la retta del nido?', 'Tessera comunale']));
    const all = spokenOf(passages, question, nearly);
    const found = onTopic(passages, question, nearly);
    expect(found).toEqual(all.slice(0, found.length));
    if (found.length < all.length) stopped++;
    expect(askBack(found, say)).toEqual(askBack(all, say));
  }
  expect(stopped).toBeGreaterThan(20);
});
