/** The front door of what the assistant knows: ask, ingest, publish, withdraw, read a stored version. */
import type { Database, Writer } from '../connectors/databases/contract.ts';
import { type Answering, createAnswering } from './answering/answer.ts';
import { type CalibrationModel, MODEL } from './answering/calibration.ts';
import { createKeptAnswers } from './answering/kept-answers.ts';
import { identifyLanguage } from './answering/language.ts';
import type { Answer, Citation, Passage, Question } from './answering/question.ts';
import type { Reranker } from './answering/ranking/reranker.ts';
import { createRetriever, type Retriever } from './answering/retrieve.ts';
import type { Composer } from './composers/contract.ts';
import { createArchive, type KnowledgeArchive } from './documents/archive.ts';
import { type Curated, createCurated } from './documents/curated.ts';
import { citeWords } from './documents/cite-words.ts';
import type { PreparedDocument, StoredVersion } from './documents/document.ts';
import { createEditing, type Editing } from './documents/editing.ts';
import { createFollower } from './documents/follow.ts';
import { createVectors, type EmbedderState } from './documents/embed.ts';
import { createOwnWords, type OwnWords } from './documents/own-words.ts';
import { type Published, storeVersion, withdrawVersions } from './documents/publish.ts';
import { publishedPassages, readVersion } from './documents/versions.ts';
import type { Embedder } from './embedders/contract.ts';
import noEmbedder from './embedders/none.ts';
import type { KnowledgeIndex } from './indexes/contract.ts';
import { createConverter } from './ingest/convert.ts';
import { type IngestOptions, type IngestResult, ingest } from './ingest/ingest.ts';
import { createSources, type Sources } from './ingest/sources.ts';
import type { Language } from './languages/contract.ts';
import { createSpeech, type Say } from './languages/speak.ts';
import { readCalibration, saveCalibration } from './learned.ts';
import { createRanking, type Ranking } from './ranking.ts';
import { createReadAhead, type ReadAhead } from './read-ahead.ts';
import { type Office, readOffices, saveOffices } from './offices.ts';

export interface KnowledgeParts {
  database: Database;
  index: KnowledgeIndex;
  /** Absent = none. */
  embedder?: Embedder;
  composer: Composer;
  /** The body's own language first. */
  languages: Language[];
  onSurprise(error: unknown): void;
  /** An embedder that is away; answers go on without it. */
  onEmbedderAway?(error: unknown): void;
  /** `host:port` pairs inside the network that may be crawled. */
  allow?: string[];
}

export interface Knowledge {
  answerQuestion(question: Question, origin?: string): Promise<Answer>;
  /** The answer that is at hand: an editor's, or one given before that still holds; null = it would have to be worked for. */
  knownAnswer(question: Question, origin?: string): Answer | null;
  steps: Answering['steps'];
  ingest(options: IngestOptions): Promise<IngestResult>;
  publishVersion(prepared: PreparedDocument, options?: { draft?: boolean }): Promise<Published>;
  withdraw(documentId: string, version?: number, within?: (tx: Writer, versions: number[]) => Promise<void>): Promise<number[]>;
  readVersion(documentId: string, version: number): Promise<StoredVersion | null>;
  /** The passage in force on that day (`YYYY-MM-DD`) that holds these very words; null when none does. */
  cite(documentId: string, quote: string, at: string): Promise<Citation | null>;
  editing: Editing;
  curated: Pick<Curated, 'list' | 'load' | 'cite'>;
  sources: Sources;
  archive: KnowledgeArchive;
  ranking: Pick<Ranking, 'state' | 'train' | 'adopt' | 'drop' | 'load'>;
  words: Pick<OwnWords, 'list' | 'pagesThatSay' | 'load'>;
  saveOffices(offices: Office[]): Promise<void>;
  offices(): Office[];
  /** The collection's own calibration from now on. */
  saveCalibration(model: CalibrationModel): Promise<void>;
  speech(lang: string): Say;
  /** Reads what other processes on the same database have published; it also happens by itself. */
  catchUp(): Promise<void>;
  passages(): number;
  /** `degraded`: the index answers without its server. */
  indexState(): 'up' | 'degraded';
  embedderState(): EmbedderState;
  /** Waits until every passage has its vector, or an embedder has failed to make one; never rejects. */
  settleVectors(): Promise<void>;
  /** While nobody asks; without it the first question waits for that. */
  ahead: ReadAhead;
  close(): Promise<void>;
}

/** Fills the index from the database; cost grows with the published text (some 0.5 s at 2,000 passages). */
export async function createKnowledge(parts: KnowledgeParts): Promise<Knowledge> {
  const { database, index } = parts;
  const converter = createConverter();
  const speech = createSpeech(parts.languages);
  let offices = await readOffices(database);
  let calibration = await readCalibration(database);
  /** What answers rest on beside the passages, as one text, and how often it has changed: a question compares numbers. */
  let basis = '';
  let basisChanges = 0;
  let rankedBy = '';
  const noteBasis = () => {
    const now = JSON.stringify([offices, calibration, rankedBy]);
    if (now !== basis) basisChanges++;
    basis = now;
  };
  const follower = createFollower({
    database,
    indexAgain: (documentId) => indexAgain(documentId),
    readSmall: () => readSmall(),
    onSurprise: parts.onSurprise,
  });
  await follower.note();
  const ownWords = createOwnWords(database, index);
  await ownWords.load();
  for await (const passages of publishedPassages(database)) await index.put(passages);
  const vectors = createVectors({
    database,
    index,
    embedder: parts.embedder ?? noEmbedder(),
    onSurprise: parts.onEmbedderAway ?? parts.onSurprise,
  });
  await vectors.load();
  // Not waited for: until a server of its own holds everything, the index answers from this process.
  void index.settle();
  void vectors.settle();
  let closed = false;
  const lenient = (model: CalibrationModel, by: number): CalibrationModel =>
    by === 0 ? model : { ...model, bands: { ...model.bands, answer: model.bands.answer - by } };
  /** `lenience`: how far below the bound an answer is still given. */
  let reranker: Reranker | null = null;
  const retrieverOver = (source: KnowledgeIndex): Retriever => {
    const made = createRetriever(source, parts.embedder?.dimension ? vectors.ofQuestion : undefined);
    made.useReranker(reranker);
    return made;
  };
  const { composer } = parts;
  const kept = createKeptAnswers({
    version: () => index.collection.revision() + index.collection.vectorRevision() + basisChanges,
    asksModel: () => composer.reword !== undefined && (composer.asks?.() ?? (composer.state?.() ?? 'up') === 'up'),
  });
  const answeringFrom = (source: KnowledgeIndex, lenience = 0, retriever = retrieverOver(source)): Answering => {
    const made = createAnswering({
      retriever,
      composer,
      languages: parts.languages.map((language) => language.code),
      speech,
      offices: () => offices,
      calibration: () => lenient(calibration ?? MODEL, lenience),
      // A preview's answers are nobody else's.
      ...(source === index && lenience === 0 ? { kept } : {}),
      onSurprise: parts.onSurprise,
    });
    return {
      answer: (question, origin) => made.answer(ownWords.reword(question), origin),
      known: (question, origin) => made.known(ownWords.reword(question), origin),
      steps: (question) => made.steps(ownWords.reword(question)),
    };
  };
  const retriever = retrieverOver(index);
  const answering = answeringFrom(index, 0, retriever);
  const ranking = createRanking({
    database,
    retriever,
    passages: () => [...index.collection.entries].map(({ passage }) => passage),
    use(learnt, name) {
      reranker = learnt;
      rankedBy = name;
      noteBasis();
      retriever.useReranker(learnt);
    },
  });
  await ranking.load();
  const curated = createCurated({ database, index, onSurprise: parts.onSurprise });
  await curated.load();
  const guessLanguage = (text: string) => identifyLanguage(text, parts.languages[0]?.code ?? 'it');

  let indexing: Promise<void> = Promise.resolve();

  /** The index follows the database: what is stored is read back, so that both say the same. One at a time, the last one reads last. */
  function indexAgain(documentId: string): Promise<void> {
    const next = indexing.then(async () => {
      await follower.note(documentId);
      const stored: Passage[][] = [];
      for await (const passages of publishedPassages(database, documentId)) stored.push(passages);
      // In one breath: no question may find the document missing in between.
      await Promise.all([index.remove(documentId), ...stored.map((passages) => index.put(passages))]);
      void vectors.settle();
    });
    // The database may have gone away between what was noted and what was read.
    indexing = next.catch(() => follower.forget(documentId));
    return next;
  }

  async function readSmall(): Promise<void> {
    offices = await readOffices(database);
    calibration = await readCalibration(database);
    await curated.load();
    await ranking.load();
    await ownWords.load();
    noteBasis();
  }

  /** After a change of our own. */
  async function indexAndTell(documentId: string): Promise<void> {
    await indexAgain(documentId);
    follower.announce();
  }

  async function publishVersion(prepared: PreparedDocument, options: { draft?: boolean } = {}): Promise<Published> {
    const published = await storeVersion(database, prepared, options);
    if (published.changed && !options.draft && !published.withdrawn) await indexAndTell(published.documentId);
    return published;
  }

  /** What editors wrote for this very question comes first. */
  function answerQuestion(question: Question, origin = ''): Promise<Answer> {
    const started = performance.now();
    const written = curated.answer(question, origin);
    return written ? Promise.resolve({ ...written, ms: Math.round(performance.now() - started) }) : answering.answer(question, origin);
  }
  function knownAnswer(question: Question, origin = ''): Answer | null {
    const written = curated.answer(question, origin);
    return written ? { ...written, ms: 0 } : answering.known(question, origin);
  }

  const live = answering.answer;
  const editing = createEditing({ database, index, converter, answeringFrom, live, indexAgain: indexAndTell, guessLanguage });
  const { onSurprise } = parts;
  follower.begin();
  const allow = parts.allow ? { allow: parts.allow } : {};
  const sources = createSources({ database, converter, editing, guessLanguage, onSurprise, ...allow });

  async function onImported({ documents }: { documents: string[] }): Promise<void> {
    await readSmall();
    for (const id of documents) await indexAgain(id);
    follower.announce();
  }

  return {
    answerQuestion,
    knownAnswer,
    sources,
    ranking,
    words: {
      list: ownWords.list,
      pagesThatSay: ownWords.pagesThatSay,
      async load() {
        await ownWords.load();
        follower.announce();
      },
    },
    archive: createArchive({ database, onImported }),
    curated: {
      list: curated.list,
      cite: curated.cite,
      async load() {
        await curated.load();
        follower.announce();
      },
    },
    editing,
    steps: answering.steps,
    publishVersion,
    ingest: (options) => ingest({ database, converter, publish: publishVersion, guessLanguage, onSurprise, ...allow }, options),
    async withdraw(documentId, version, within) {
      const versions = await withdrawVersions(database, documentId, version, within);
      await indexAndTell(documentId);
      return versions;
    },
    readVersion: (documentId, version) => readVersion(database, documentId, version),
    cite: (documentId, quote, at) => citeWords(database, documentId, quote, at),
    async saveOffices(changed) {
      await saveOffices(database, changed);
      offices = await readOffices(database);
      noteBasis();
      follower.announce();
    },
    offices: () => offices,
    async saveCalibration(model) {
      await saveCalibration(database, model);
      calibration = model;
      noteBasis();
      follower.announce();
    },
    speech,
    catchUp: follower.look,
    passages: () => index.collection.entries.size,
    indexState: () => index.state(),
    embedderState: vectors.state,
    settleVectors: vectors.settle,
    ahead: createReadAhead(index, () => closed),
    async close() {
      closed = true;
      await sources.stop();
      await ranking.stop();
      follower.stop();
      converter.close();
      await vectors.stop();
      await index.close();
    },
  };
}
