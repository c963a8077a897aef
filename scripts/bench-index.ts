/** What a question costs as the collection grows: from words alone, and with vectors. The real database, the real index and both stages of retrieval; no server and no model. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectAll } from '../bot/start-memory.ts';
import type { Database } from '../connectors/databases/contract.ts';
import openDatabase from '../connectors/databases/embedded.ts';
import type { UnderstoodQuestion } from '../knowledge/answering/question.ts';
import { createRetriever } from '../knowledge/answering/retrieve.ts';
import { createVectors } from '../knowledge/documents/embed.ts';
import { publishedPassages } from '../knowledge/documents/versions.ts';
import type { KnowledgeIndex } from '../knowledge/indexes/contract.ts';
import { createEmbedded } from '../knowledge/indexes/embedded.ts';
import { type Baseline, openBaseline } from './bench/baselines.ts';
import { makeCorpus, storeAll } from './bench/corpus.ts';
import { questionMaker } from './bench/questions.ts';
import { createRandomEmbedder } from './bench/random-embedder.ts';
import { percentile } from './bench/verdict.ts';

const DIMENSION = 384;
const WARM_UP = 50;
const DAY = '2026-11-25';
const FILTER = { at: DAY, audience: 'citizen', langs: null, office: null } as const;

export interface Latency {
  p50Ms: number;
  p95Ms: number;
  /** How long others wait meanwhile: what the event loop stood still, above its own 1 ms. */
  loopP99Ms: number;
}

export interface IndexFigures {
  passages: number;
  /** Distinct questions behind each pair of figures. */
  questions: number;
  /** Different stems: what the postings grow with. */
  vocabulary: number;
  /** From the database on disk to the first answered question, vectors not counted. */
  buildMs: number;
  /** What the index holds after the first question and a collection, vectors not counted: on the heap of JavaScript, and in arrays outside it. */
  held: { heapMb: number; arraysMb: number; bytesPerPassage: number; peakRssMb: number };
  /** The first question after one passage changed: the postings are built anew. */
  afterChangeMs: number;
  lexical: Latency;
  /** `vectorsMs`: from stored vectors to the first question that uses them. */
  hybrid: Latency & { vectorsMs: number; dimension: number };
  rssMb: number;
  /** The highest resident size of the process until its last question, filling the database and making the vectors included; a baseline's not. */
  peakRssMb: number;
  /** Database with texts, passages and vectors. */
  diskMb: number;
  baseline?: { name: string; buildMs: number } & Latency;
}

export interface IndexOptions {
  passages: number;
  questions: number;
  baseline?: string;
  progress(line: string): void;
}

/** Throws BadCommand when the baseline is unknown or not installed, before anything is measured. */
export async function benchIndex({ passages, questions, baseline: name, progress }: IndexOptions): Promise<IndexFigures> {
  const baseline = name === undefined ? null : await openBaseline(name);
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-bench-'));
  try {
    progress(`writing ${passages} passages to a database`);
    await storeAll(dataDir, makeCorpus(passages));
    const database = await openDatabase({ dataDir });
    const index = createEmbedded();
    const ask = questionMaker();
    const asked = Array.from({ length: questions }, (_, n) => ask(n));

    progress('reading them into the index');
    const before = held();
    const began = performance.now();
    for await (const group of publishedPassages(database)) await index.put(group);
    const lexicalOnly = createRetriever(index);
    await lexicalOnly.retrieve(understood(ask(questions)), FILTER);
    const buildMs = Math.round(performance.now() - began);
    const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
    const after = held();
    const [heap, arrays] = [after.heapUsed - before.heapUsed, after.arrayBuffers - before.arrayBuffers + index.bytesInMemory()];
    const heldNow = { heapMb: inMb(heap), arraysMb: inMb(arrays), bytesPerPassage: Math.round((heap + arrays) / passages), peakRssMb };
    progress(`asking ${questions} questions, from words alone`);
    const lexical = await measure(asked, (text) => lexicalOnly.retrieve(understood(text), FILTER));

    const [some] = index.collection.entries;
    const changed = performance.now();
    if (some) await index.put([some.passage]);
    await lexicalOnly.retrieve(understood(ask(questions + 1)), FILTER);
    const afterChangeMs = Math.round(performance.now() - changed);

    const { vectorsMs, ofQuestion } = await openVectors(database, index, progress);
    const both = createRetriever(index, ofQuestion);
    progress('asking them again, with vectors');
    const hybrid = await measure(asked, (text) => both.retrieve(understood(text), FILTER));
    const rssMb = inMb(process.memoryUsage.rss());
    const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
    await database.close();
    const figures = {
      passages,
      questions,
      vocabulary: index.collection.slots(),
      buildMs,
      held: heldNow,
      afterChangeMs,
      lexical,
      hybrid: { ...hybrid, vectorsMs, dimension: DIMENSION },
    };
    const diskMb = inMb(sizeOf(dataDir));
    return {
      ...figures,
      rssMb,
      peakRssMb: peakMb,
      diskMb,
      ...(baseline ? { baseline: await measureBaseline(baseline, index, asked, progress) } : {}),
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function held(): NodeJS.MemoryUsage {
  collectAll();
  return process.memoryUsage();
}

const inMb = (bytes: number): number => Math.round(bytes / 2 ** 20);

/** Embeds and stores everything once, then reads it back as a start of the program does. */
async function openVectors(database: Database, index: KnowledgeIndex, progress: (line: string) => void) {
  progress(`making and storing random vectors of ${DIMENSION} numbers`);
  const failures: unknown[] = [];
  const parts = { database, index, embedder: createRandomEmbedder(DIMENSION), onSurprise: (error: unknown) => failures.push(error) };
  const vectors = createVectors(parts);
  await vectors.settle();
  if (failures.length > 0) throw failures[0];
  for (const entry of index.collection.entries) entry.dense = null;
  const began = performance.now();
  await vectors.load();
  const dense = await vectors.ofQuestion('prima domanda');
  await index.query({ words: [], grams: [], concepts: [], ...(dense ? { dense } : {}), filter: FILTER, limit: 10 });
  return { vectorsMs: Math.round(performance.now() - began), ofQuestion: vectors.ofQuestion };
}

async function measureBaseline(
  { name, fill: build, search, close }: Baseline,
  index: KnowledgeIndex,
  asked: string[],
  progress: (line: string) => void,
) {
  progress(`the same passages and questions with ${name}`);
  const began = performance.now();
  await build([...index.collection.entries].map(({ passage }) => passage));
  const buildMs = Math.round(performance.now() - began);
  const figures = { name, buildMs, ...(await measure(asked, search)) };
  await close?.();
  return figures;
}

/** One after another, each question new. Some that are not counted go before: the compiler is still learning from them. */
async function measure(asked: string[], search: (text: string) => Promise<unknown>): Promise<Latency> {
  for (const text of asked.slice(0, WARM_UP)) await search(`${text} 0`);
  const times: number[] = [];
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  for (const text of asked) {
    const began = performance.now();
    await search(text);
    times.push(performance.now() - began);
    // Others take their turn between two questions, as they do in a server.
    await new Promise((resolve) => setImmediate(resolve));
  }
  loop.disable();
  return {
    loopP99Ms: Math.max(0, loop.percentile(99) / 1e6 - 1),
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
  };
}

function understood(text: string): UnderstoodQuestion {
  return { question: { text, history: [], at: DAY, audience: 'citizen' }, lang: 'it', standalone: text, kind: 'question' };
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
