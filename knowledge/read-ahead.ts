import type { KnowledgeIndex } from './indexes/contract.ts';

const READ_AT_ONCE = 20;
/** The first greetings come before. */
const READ_AFTER_MS = 2_000;

/** Reads the passages as concepts, a few between other work. */
export async function readAhead(index: KnowledgeIndex, stopped: () => boolean): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, READ_AFTER_MS).unref());
  const entries = [...index.collection.entries];
  for (let from = 0; from < entries.length && !stopped(); from += READ_AT_ONCE) {
    for (const entry of entries.slice(from, from + READ_AT_ONCE)) void entry.forms;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
