/** U-07, U-08: what every answer carries, and that no refusal is a dead end: over the demo municipality and questions of our own. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Activity } from '../channels/fixtures/citizen-client.ts';
import { type Office, openOffice } from '../desk/fixtures/open-office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice({ DEMO: 'true' });
});
afterAll(() => office?.stop());

const questions = (name: string): { id: string; text: string; lang?: string }[] =>
  readFileSync(path.resolve(import.meta.dirname, '../../eval/datasets', name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; text: string });

interface Shown extends Activity {
  suggestedActions?: { actions: { title: string; value: string }[] };
  entities?: { citation?: { text: string; appearance: { name: string; url: string; dateModified?: string } }[] }[];
}

/** Each in a conversation of its own, ten side by side; the reply to it. */
async function askAll(texts: string[]): Promise<Shown[]> {
  const replies: Shown[] = [];
  const left = [...texts.entries()];
  const one = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const talk = await office.citizens.converse();
      const { body } = await talk.say(next[1]);
      const find = async () => (await talk.read()).activities.find(({ replyToId }) => replyToId === body.id);
      await expect.poll(find).toBeTruthy();
      replies[next[0]] = (await find()) as Shown;
    }
  };
  await Promise.all(Array.from({ length: 10 }, one));
  return replies;
}
const saidOf = (reply: Shown) => (reply.channelData?.['sportello'] ?? {}) as { outcome?: string; answerId?: string };
const outcomeOf = (reply: Shown) => saidOf(reply).outcome ?? '';
const choicesOf = (reply: Shown) => reply.suggestedActions?.actions ?? [];
const words = (text = '') => text.replace(/\[[^\]]*\]:.*$/gm, '').trim();

test('U-07 every answer: words first, each source with title, link, day and quotation, and the opinion can be given', {
  timeout: 180_000,
}, async () => {
  const asked = questions('demo-questions.jsonl').filter((_, i) => i % 6 === 0);
  const replies = await askAll(asked.map(({ text }) => text));
  const answered = replies.filter((reply) => outcomeOf(reply) === 'answered');
  expect(answered.length).toBeGreaterThan(10);
  for (const reply of answered) {
    const text = words(reply.text);
    expect(text, reply.text).toMatch(/^[^\s#>|].{10,}/);
    const cited = reply.entities?.flatMap(({ citation }) => citation ?? []) ?? [];
    expect(cited.length, reply.text).toBeGreaterThan(0);
    for (const { text: quote, appearance } of cited) {
      expect(quote.length).toBeGreaterThan(5);
      expect(appearance.name).toBeTruthy();
      expect(appearance.url).toMatch(/^https?:\/\/[^ ]+\/sources\/[^ ]+#/);
      expect(appearance.dateModified).toMatch(/^\d{4}-\d{2}-\d{2}/);
    }
    expect(
      reply.entities?.some((entity) => 'potentialAction' in entity),
      reply.text,
    ).toBe(true);
    expect(saidOf(reply).answerId).toBeTruthy();
  }
});

test('U-08 two hundred failing questions: none is a dead end', { timeout: 240_000 }, async () => {
  const asked = [...questions('demo-unanswerable.jsonl'), ...questions('development-unanswerable.jsonl')];
  expect(asked).toHaveLength(200);
  const replies = await askAll(asked.map(({ text }) => text));
  const ends = replies.filter(
    (reply) => outcomeOf(reply) !== 'answered' && (words(reply.text).length < 30 || choicesOf(reply).length === 0),
  );
  expect(ends.map(({ text }) => text)).toEqual([]);
  const refused = replies.filter((reply) => ['unanswerable', 'refused'].includes(outcomeOf(reply)));
  expect(refused.length).toBeGreaterThan(50);
  for (const reply of refused) {
    expect(choicesOf(reply).length, reply.text).toBeLessThanOrEqual(6);
    const person = choicesOf(reply).some(({ value, title }) => /person|operator|Mensch|persona|personne/i.test(value + title));
    expect(person || /person|operator|112|118|tel\b|telefon|\d{3}/i.test(reply.text ?? ''), reply.text).toBe(true);
  }
});
