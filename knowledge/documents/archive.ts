/** The whole knowledge out of one instance and into another. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Exported } from './archive/export.ts';
import type { Imported } from './archive/import.ts';

export interface KnowledgeArchive {
  /** One zip. Some seconds at 10,000 passages. `version`: of the program that writes it. */
  export(version: string): Promise<Exported>;
  /** Into an empty instance; it answers from it when this resolves. Throws BadArchive. `within`: in the same transaction. */
  import(bytes: Uint8Array, within: (tx: Writer, imported: Imported) => Promise<void>): Promise<Imported>;
}

/** What is needed for it is loaded only then: its libraries cost memory and start time. */
export function createArchive(parts: { database: Database; onImported(imported: Imported): Promise<void> }): KnowledgeArchive {
  const { database } = parts;
  return {
    async export(version) {
      const { exportKnowledge } = await import('./archive/export.ts');
      return exportKnowledge(database, version);
    },
    async import(bytes, within) {
      const { importKnowledge } = await import('./archive/import.ts');
      const imported = await importKnowledge(database, bytes, within);
      await parts.onImported(imported);
      return imported;
    },
  };
}
