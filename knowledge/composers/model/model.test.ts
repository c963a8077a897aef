/** The conduct of composers with a model: when they ask, what they send, and how they stop asking. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAnswering } from '../../answering/answer.ts';
import { createRetriever } from '../../answering/retrieve.ts';
import openIndex from '../../indexes/embedded.ts';
import itLanguage from '../../languages/it.ts';
import { createSpeech } from '../../languages/speak.ts';
import openExtractive from '../extractive.ts';
import { ask, expectHeld, HONEST, ranked, settingsFor, stored, withModel, worded } from '../fixtures/collection.ts';
import { openStandIn, says, sentences, type StandIn, status } from '../fixtures/stand-in.ts';
import openLangchain from '../langchain.ts';
import openOpenai from '../openai.ts';

const DAY_MS = 86_400_000;
let clock = Date.UTC(2026, 10, 25, 10);
const now = () => clock;
let standIn: StandIn;

beforeAll(async () => {
  standIn = await openStandIn();
});
afterAll(() => standIn.close());
beforeEach(() => {
  standIn.requests.length = 0;
});

const models = withModel(() => standIn.url, now);

describe.each(models)('%s', (_name, open) => {
  test('passages go as quoted data between two lines that no passage can know', async () => {
    standIn.behave(says(sentences([HONEST, 'P1'])));
    await worded(await open());
    await worded(await open());
    const seals = standIn.requests.map((request) => {
      const lines = request.messages[1]?.content.split('\n') ?? [];
      expect(lines.at(-1)).toBe(lines[0]);
      const data = JSON.parse(lines.slice(1, -1).join('\n')) as { passages: { token: string; text: string }[] };
      expect(data.passages.map(({ token }) => token)).toEqual(['P1', 'P2', 'P3']);
      expect(data.passages[1]?.text).toBe(stored[1]?.text);
      return lines[0];
    });
    expect(new Set(seals).size).toBe(2);
  });

  test('a question in another language than its passage is quoted without asking: a translation cannot be checked', async () => {
    standIn.behave(says(sentences(['The library is open on Monday.', 'P1'])));
    const composer = await open();
    const question = ask('When is the library open?', { lang: 'de' });
    const { quoted, draft } = await worded(composer, question, ranked.slice(3));
    expect([draft, standIn.requests.length]).toEqual([quoted, 0]);
  });

  test('after three failures nothing is asked for a while, then one try decides', async () => {
    const composer = await open();
    standIn.behave(status(500));
    for (let i = 0; i < 5; i++) await worded(composer);
    expect([standIn.requests.length, composer.state?.()]).toEqual([3, 'down']);
    clock += 31_000;
    expect(composer.state?.()).toBe('degraded');
    await Promise.all([worded(composer), worded(composer)]);
    expect([standIn.requests.length, composer.state?.()]).toEqual([4, 'down']);
    clock += 31_000;
    standIn.behave(says(sentences([HONEST, 'P1'])));
    expect((await worded(composer)).draft.generated).toBe(true);
    expect(composer.state?.()).toBe('up');
  });

  test.each([
    ['counted by the endpoint', 3_000],
    ['not counted', null],
  ])('the tokens of a day, %s, are not overspent, and come back the next day', async (_how, tokens) => {
    const composer = await open({ dailyTokens: 8_000 });
    standIn.behave(says(sentences([HONEST, 'P1']), tokens));
    const drafts = await Promise.all(Array.from({ length: 9 }, () => worded(composer)));
    const asked = standIn.requests.length;
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(9);
    expect(drafts.filter(({ draft }) => draft.generated).length).toBe(asked);
    for (const { draft } of drafts) expectHeld(draft);
    expect(composer.state?.()).toBe('capped');
    await worded(composer);
    expect(standIn.requests.length).toBe(asked);
    clock += DAY_MS;
    expect(composer.state?.()).toBe('up');
    expect((await worded(composer)).draft.generated).toBe(true);
  });

  test('in the whole chain: a lying model changes no decision and no word, and refused questions are not sent', async () => {
    const index = openIndex();
    await index.put(stored);
    const parts = { retriever: createRetriever(index), languages: ['it'], speech: createSpeech([itLanguage()]), offices: () => [] };
    const plain = createAnswering({ ...parts, composer: openExtractive() });
    const lying = createAnswering({ ...parts, composer: await open() });
    standIn.behave(says(sentences(['La carta d’identità costa 99 € su https://evil.example.', 'P1'])));
    const outcomes: string[] = [];
    for (const text of ['Quanto costa la carta d’identità?', 'Quanto costa la patente nautica?', 'Chi ha vinto la partita?', 'ciao']) {
      const question = { text, history: [], at: '2026-11-25', audience: 'citizen' as const };
      const before = standIn.requests.length;
      const answer = await lying.answer(question);
      expect({ ...answer, ms: 0 }).toEqual({ ...(await plain.answer(question)), ms: 0 });
      if (answer.outcome !== 'answered') expect(standIn.requests.length).toBe(before);
      outcomes.push(answer.outcome);
    }
    expect(outcomes[0]).toBe('answered');
    expect(outcomes.slice(1)).not.toContain('answered');
    standIn.behave(says(sentences([HONEST, 'P1'])));
    const honest = await lying.answer({ text: 'Quanto costa la carta d’identità?', history: [], at: '2026-11-25', audience: 'citizen' });
    expect(honest).toMatchObject({ outcome: 'answered', generated: true, text: `${HONEST} [1]` });
    expect(honest.citations[0]?.quote).toBe('La carta d’identità elettronica costa 22,20 €.');
  });
});

test('an endpoint that knows no schema is asked without one, and from then on', async () => {
  standIn.behave((request, response) =>
    (request.fields['response_format'] ? status(400) : says(sentences([HONEST, 'P1'])))(request, response),
  );
  const composer = openOpenai({ ...settingsFor(standIn.url), MODEL: 'stand-in' }, { now });
  expect((await worded(composer)).draft.generated).toBe(true);
  expect((await worded(composer)).draft.generated).toBe(true);
  expect(standIn.requests.map(({ fields }) => 'response_format' in fields)).toEqual([true, false, false]);
});

test('a provider whose package is not installed is told with what to install', async () => {
  await expect(openLangchain({ ...settingsFor(standIn.url), MODEL: 'anthropic:claude-sonnet-4-0' })).rejects.toThrow(
    'MODEL is "anthropic:claude-sonnet-4-0", which needs the package @langchain/anthropic. Install it: npm install @langchain/anthropic',
  );
});
