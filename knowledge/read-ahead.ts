/** What questions need is made before they come, a little in each round of the event loop: other work goes on in between. */
import { learnLanguages } from './answering/language.ts';
import { readyRoutes } from './answering/routing/route.ts';
import type { KnowledgeIndex } from './indexes/contract.ts';
import { readyPersonal } from './personal-data/find.ts';

const READ_AT_ONCE = 20;
/** The first greetings come before. */
const READ_AFTER_MS = 2_000;

export interface ReadAhead {
  /** What the first question would wait for: some 2 s in all, at most 0.7 s in one piece. For a process that comes back to messages; an idle one has no need of it. */
  prepare(): Promise<void>;
  /** Passages as concepts (some 1 s at 1,000 passages), and the rules about personal data. */
  read(): Promise<void>;
}

const nextRound = () => new Promise((resolve) => setImmediate(resolve));

export function createReadAhead(index: KnowledgeIndex, stopped: () => boolean): ReadAhead {
  return {
    async prepare() {
      for (const make of [() => index.frequency(0), learnLanguages]) {
        await nextRound();
        if (!stopped()) make();
      }
      await readyRoutes(stopped);
      await readyPersonal(stopped);
    },
    async read() {
      await new Promise((resolve) => setTimeout(resolve, READ_AFTER_MS).unref());
      const entries = [...index.collection.entries];
      for (let from = 0; from < entries.length && !stopped(); from += READ_AT_ONCE) {
        for (const entry of entries.slice(from, from + READ_AT_ONCE)) void entry.forms;
        await nextRound();
      }
      await readyPersonal(stopped);
    },
  };
}
