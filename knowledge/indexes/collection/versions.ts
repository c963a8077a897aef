/** Which passages belong to which version of which document, and the versions' numbers. */

/** A version with passages. */
export interface Version<E> {
  version: number;
  /** Below `numbers()`; given out again once the version has left. */
  number: number;
  entries: E[];
}

export interface Versions<E> {
  /** The version's own record, made when there is none. */
  of(documentId: string, version: number): Version<E>;
  /** Takes one passage out; a version without passages gives its number back. O(passages of the version). */
  drop(documentId: string, version: number, entry: E): void;
  /** Takes out a document, or one version of it, and returns its passages. */
  remove(documentId: string, version?: number): E[];
  /** Passages of the version with this number; none when no version has it. */
  entriesOf(number: number): readonly E[];
  living(): number;
  numbers(): number;
}

export function createVersions<E>(): Versions<E> {
  const byDocument = new Map<string, Version<E>[]>();
  const free: number[] = [];
  const byNumber: (Version<E> | null)[] = [];
  let living = 0;

  function end(documentId: string, gone: Version<E>): void {
    const left = (byDocument.get(documentId) ?? []).filter((one) => one !== gone);
    if (left.length > 0) byDocument.set(documentId, left);
    else byDocument.delete(documentId);
    free.push(gone.number);
    byNumber[gone.number] = null;
    living--;
  }

  return {
    of(documentId, version) {
      const versions = byDocument.get(documentId) ?? [];
      const known = versions.find((one) => one.version === version);
      if (known) return known;
      const made: Version<E> = { version, number: free.pop() ?? living, entries: [] };
      living++;
      byNumber[made.number] = made;
      byDocument.set(documentId, [...versions, made]);
      return made;
    },
    drop(documentId, version, entry) {
      const held = byDocument.get(documentId)?.find((one) => one.version === version);
      const at = held?.entries.indexOf(entry) ?? -1;
      if (!held || at < 0) return;
      held.entries.splice(at, 1);
      if (held.entries.length === 0) end(documentId, held);
    },
    remove(documentId, version) {
      const leaving = (byDocument.get(documentId) ?? []).filter((one) => version === undefined || one.version === version);
      for (const one of leaving) end(documentId, one);
      return leaving.flatMap(({ entries }) => entries);
    },
    entriesOf: (number) => byNumber[number]?.entries ?? [],
    living: () => living,
    numbers: () => living + free.length,
  };
}
