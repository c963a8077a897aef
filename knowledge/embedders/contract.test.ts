/** What every embedder must do. `openai` runs over HTTP against a stand-in; `local` runs where its library and weights are, and else says what is missing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cut, openStandIn, type StandIn, silent, status } from '../composers/fixtures/stand-in.ts';
import type { Embedder } from './contract.ts';
import { base64Of, fourOf, inputsOf, vectors } from './fixtures/endpoint.ts';
import openLocal, { settings as localSettings } from './local.ts';
import openNone from './none.ts';
import openOpenai, { settings as openaiSettings } from './openai.ts';

let endpoint: StandIn;
beforeAll(async () => {
  endpoint = await openStandIn();
});
afterAll(() => endpoint.close());
beforeEach(() => {
  endpoint.behave(vectors(fourOf));
  endpoint.requests.length = 0;
});

const given = (more: Record<string, unknown> = {}) =>
  openaiSettings.parse({
    EMBEDDING_MODEL: 'm',
    EMBEDDING_DIMENSION: '4',
    EMBEDDING_BASE_URL: endpoint.url,
    EMBEDDING_TIMEOUT_MS: '300',
    ...more,
  });

/** `EMBEDDING_FOLDER` and `EMBEDDING_DIMENSION` of a real model, where somebody has one and its library is installed. */
const weights = process.env['EMBEDDING_FOLDER'];

describe.each([
  ['none', async () => openNone()],
  ['openai', () => openOpenai(given())],
  ...(weights ? [['local', () => openLocal(localSettings.parse(process.env))] as const] : []),
] as [string, () => Promise<Embedder>][])('%s', (_name, open) => {
  test('one vector of the declared length for each text, in order', async () => {
    const embedder = await open();
    const texts = Array.from({ length: 70 }, (_, i) => 'rata '.repeat(1 + (i % 9)));
    const made = await embedder.embed(texts, 'passage');
    expect(made).toHaveLength(70);
    for (const vector of made) expect(vector).toBeInstanceOf(Float32Array);
    expect(new Set(made.map((vector) => vector.length))).toEqual(new Set([embedder.dimension]));
    const [alone] = await embedder.embed([texts[8] as string], 'passage');
    expect([...(made[8] as Float32Array)]).toEqual([...(alone as Float32Array)].map((number) => expect.closeTo(number, 4)));
  });
  test('nothing for nothing', async () => {
    expect(await (await open()).embed([], 'query')).toEqual([]);
  });
  test('a model and a dimension, or neither', async () => {
    const { model, dimension } = await open();
    expect(model === '').toBe(dimension === 0);
  });
});

describe('openai', () => {
  test('asks for floats by name, in batches, and puts what comes in another order right', async () => {
    endpoint.behave(vectors(fourOf, 'reversed'));
    const embedder = await openOpenai(given());
    const made = await embedder.embed(
      Array.from({ length: 70 }, (_, i) => 'x'.repeat(i + 1)),
      'passage',
    );
    expect(made.map(([length]) => length)).toEqual(Array.from({ length: 70 }, (_, i) => i + 1));
    expect(endpoint.requests.slice(1).map((request) => inputsOf(request).length)).toEqual([32, 32, 6]);
    for (const { fields } of endpoint.requests) expect(fields['encoding_format']).toBe('float');
  });

  test('prefixes go before questions and passages each', async () => {
    const embedder = await openOpenai(given({ EMBEDDING_QUERY_PREFIX: 'query:', EMBEDDING_PASSAGE_PREFIX: 'passage:' }));
    await embedder.embed(['tari'], 'query');
    await embedder.embed(['tari'], 'passage');
    expect(endpoint.requests.slice(1).flatMap(inputsOf)).toEqual(['query: tari', 'passage: tari']);
  });

  test('what a question says of a citizen does not leave; passages go as they are', async () => {
    const embedder = await openOpenai(given());
    const said = 'Sono Maria Rossi, RSSMRA80A41H501X: quanto pago di TARI? Scrivetemi a maria@posta.example';
    await embedder.embed([said], 'query');
    await embedder.embed(['Scrivere a tributi@comune.example'], 'passage');
    const [question = '', page] = endpoint.requests.slice(1).flatMap(inputsOf);
    expect(question).toContain('quanto pago di TARI?');
    expect(question).not.toMatch(/Maria|Rossi|RSSMRA|posta\.example/);
    expect(page).toBe('Scrivere a tributi@comune.example');
  });

  test('a wrong dimension is told at the start, with what to set', async () => {
    endpoint.behave(vectors(() => [1, 2, 3]));
    await expect(openOpenai(given())).rejects.toThrow('vectors of 3 numbers, but EMBEDDING_DIMENSION is 4. Set EMBEDDING_DIMENSION=3');
  });

  test.each([
    ['429', status(429), /asks to wait/],
    ['500', status(500), /answered 500/],
    ['a refused key', status(401), /OPENAI_API_KEY/],
    ['an unknown model', status(404), /EMBEDDING_MODEL/],
    ['silence', silent, /in time/],
    ['a broken line', cut, /cannot be reached|broke off|in time/],
    ['base64', vectors(base64Of), /base64/],
    ['words', vectors(() => ['a', 'b', 'c', 'd']), /not a number/],
    ['zeros alone', vectors(() => [0, 0, 0, 0]), /zeros/],
    ['too few vectors', vectorsFor(1), /1 vectors came for 2 texts/],
    [
      'no list',
      (_request: unknown, response: import('node:http').ServerResponse) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
      /no list/,
    ],
  ] as const)('%s: the start goes on and says so, and every call rejects in words', async (_what, behaviour, words) => {
    endpoint.behave(behaviour);
    const said: unknown[] = [];
    const embedder = await openOpenai(given({ OPENAI_API_KEY: 'segreto' }), { onSurprise: (error) => said.push(error), passagesMs: 400 });
    for (const kind of ['query', 'passage'] as const) {
      const error = await embedder.embed(['uno', 'due'], kind).then(
        () => null,
        (reason: Error) => reason,
      );
      expect(error?.message).toMatch(words);
      expect(error?.message).not.toMatch(/segreto|127\.0\.0\.1/);
    }
    if (_what !== 'too few vectors') expect(said).toHaveLength(1);
    endpoint.behave(vectors(fourOf));
    expect(await embedder.embed(['uno'], 'query')).toHaveLength(1);
  });

  test('a body that never ends is cut off too, and a caller’s signal is heard', async () => {
    const embedder = await openOpenai(given());
    endpoint.behave((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"data": ['));
    await expect(embedder.embed(['uno'], 'query')).rejects.toThrow(/in time/);
    endpoint.behave(silent);
    await expect(embedder.embed(['uno'], 'passage', AbortSignal.timeout(50))).rejects.toThrow(/in time/);
  });

  test('settings: a model and a dimension are needed; the composers’ address serves when none is given', async () => {
    expect(openaiSettings.safeParse({}).success).toBe(false);
    expect(openaiSettings.safeParse({ EMBEDDING_MODEL: 'm', EMBEDDING_DIMENSION: '0' }).success).toBe(false);
    await openOpenai(given({ EMBEDDING_BASE_URL: '', OPENAI_BASE_URL: endpoint.url }));
    expect(endpoint.requests).toHaveLength(1);
  });
});

/** As many vectors as asked for, less all but `most`. */
function vectorsFor(most: number) {
  return (request: Parameters<typeof inputsOf>[0], response: import('node:http').ServerResponse) =>
    vectors(fourOf)({ ...request, fields: { input: inputsOf(request).slice(0, most) } }, response);
}

describe('local', () => {
  const place = mkdtempSync(join(tmpdir(), 'sportello-model-'));
  afterAll(() => rmSync(place, { recursive: true, force: true }));
  afterEach(() => rmSync(join(place, 'onnx'), { recursive: true, force: true }));
  const settings = () => localSettings.parse({ EMBEDDING_FOLDER: place, EMBEDDING_DIMENSION: '3' });
  function putWeights(): void {
    mkdirSync(join(place, 'onnx'));
    for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'])
      writeFileSync(join(place, file), '{}');
  }

  test('says which files are missing', async () => {
    await expect(openLocal(settings())).rejects.toThrow(/lacks config\.json, tokenizer\.json, tokenizer_config\.json, onnx\/model\.onnx/);
  });

  test.skipIf(weights)('says what to install', async () => {
    putWeights();
    await expect(openLocal(settings())).rejects.toThrow(/not installed\. Install it: npm install .*@huggingface\/transformers/);
  });

  test('works from the folder alone, with the pooling that was chosen, and checks the dimension', async () => {
    putWeights();
    const calls: unknown[] = [];
    const env = { allowRemoteModels: true, localModelPath: '' };
    const library = (numbers: number) => ({
      env,
      pipeline: async (...args: unknown[]) => {
        calls.push(args);
        return async (texts: string[], options: unknown) => {
          calls.push(options);
          return { tolist: () => texts.map(() => Array.from({ length: numbers }, () => 0.5)) };
        };
      },
    });
    const embedder = await openLocal(settings(), { load: async () => library(3) });
    expect(await embedder.embed(['a', 'b'], 'passage')).toEqual([Float32Array.of(0.5, 0.5, 0.5), Float32Array.of(0.5, 0.5, 0.5)]);
    expect(env).toEqual({ allowRemoteModels: false, localModelPath: tmpdir() });
    expect(calls[1]).toEqual({ pooling: 'mean', normalize: true });
    await expect(openLocal(settings(), { load: async () => library(5) })).rejects.toThrow('EMBEDDING_DIMENSION=5');
  });
});
