/** Socket: file formats. The file name is the extension: `pdf.ts` reads `.pdf`. Each plug exports `read`. Readers run in a child process with limits. */

export type Block =
  | { kind: 'heading'; level: number; text: string; id?: string; page?: number }
  | { kind: 'paragraph'; text: string; page?: number }
  | { kind: 'item'; text: string; depth: number; ordered: boolean; page?: number }
  /** One table row, already readable on its own: `Tipo: CIE; Euro: 22,20`. */
  | { kind: 'row'; text: string; page?: number };

/** One passage of a `.jsonl` corpus: kept as it is, never split or merged. */
export interface GivenPassage {
  id: string;
  title: string;
  section: string;
  url: string | null;
  lang: string;
  text: string;
}

export interface ReadDocument {
  title: string | null;
  lang: string | null;
  /** Metadata the file itself carries (front matter, `<meta name="sportello:…">`), keys as in knowledge/ingest/metadata.ts. */
  meta: Record<string, string>;
  blocks: Block[];
  /** Only for `.jsonl`. */
  given?: GivenPassage[];
  /** What was left out and why, for the editor: hidden text, running heads, tables of contents. */
  dropped: { reason: 'hidden' | 'running-head' | 'contents'; text: string }[];
}

/** Reads one file. Throws `Unreadable` with one clear line in words an editor understands. */
export type Read = (bytes: Uint8Array, name: string) => Promise<ReadDocument[]>;

export class Unreadable extends Error {}
