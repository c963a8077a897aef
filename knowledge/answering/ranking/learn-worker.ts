/** Learns in a thread of its own, so that citizens are answered meanwhile: the model, and the scores of each example by a model that never saw its page. */
import { parentPort, workerData } from 'node:worker_threads';
import { crossValidate, type LabelledExample } from './learn.ts';
import { trainReranker } from './reranker.ts';

const { examples, folds } = workerData as { examples: LabelledExample[]; folds: number };
const { scores } = crossValidate(examples, folds);
parentPort?.postMessage({ scores, model: trainReranker(examples) });
