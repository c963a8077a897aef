/** Stems worked out by earlier starts: a start meets the same words as the last one, and stemming them is half of what reading the index costs. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Beyond it words are stemmed anew at each start: some 10 MB of memory. */
const MOST_WORDS = 200_000;

export interface KeptStems {
  /** Writes what has come since, and takes no more: words that citizens write stay out. A folder that cannot be written costs the next start its time and nothing else. */
  write(): void;
  /** Words held. */
  size(): number;
}

let byAlgorithm: Map<string, Map<string, string>> | null = null;
let taking = false;

/** From now on stems are remembered, beginning with those of `folder`; a file that is damaged or of another version of the stemmer is not read. */
export function keepStems(folder: string): KeptStems {
  const file = path.join(folder, `stems-${versionOf()}.json`);
  byAlgorithm = read(file);
  taking = true;
  const size = () => [...(byAlgorithm?.values() ?? [])].reduce((sum, words) => sum + words.size, 0);
  let written = size();
  return {
    size,
    write() {
      taking = false;
      if (size() === written) return;
      written = size();
      const json = JSON.stringify([...(byAlgorithm ?? [])].map(([algorithm, stems]) => [algorithm, [...stems].flat()]));
      try {
        mkdirSync(folder, { recursive: true });
        const draft = `${file}.${process.pid}`;
        writeFileSync(draft, `${checksum(json)}\n${json}`);
        renameSync(draft, file);
      } catch {
        // As the header says.
      }
    },
  };
}

/** The stem as kept, or as `make` makes it. */
export function keptStem(algorithm: string, word: string, make: (word: string) => string): string {
  if (byAlgorithm === null) return make(word);
  let stems = byAlgorithm.get(algorithm);
  if (stems === undefined) {
    stems = new Map();
    byAlgorithm.set(algorithm, stems);
  }
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = make(word);
  if (taking && stems.size < MOST_WORDS) stems.set(word, stem);
  return stem;
}

/** Stems are remembered no longer. */
export function forgetStems(): void {
  byAlgorithm = null;
}

function read(file: string): Map<string, Map<string, string>> {
  const kept = new Map<string, Map<string, string>>();
  try {
    const whole = readFileSync(file, 'utf8');
    const json = whole.slice(whole.indexOf('\n') + 1);
    if (whole.slice(0, whole.indexOf('\n')) !== checksum(json)) return kept;
    for (const [algorithm, words] of JSON.parse(json) as [string, string[]][]) {
      const stems = new Map<string, string>();
      for (let i = 0; i + 1 < words.length; i += 2) stems.set(words[i] as string, words[i + 1] as string);
      kept.set(algorithm, stems);
    }
  } catch {
    // The first start, or a file that a full disk cut short: the words are stemmed again.
    kept.clear();
  }
  return kept;
}

const checksum = (text: string) => createHash('sha256').update(text).digest('hex');

/** Another version of the stemmer, or another folding of accents in stem.ts, may give other stems: an index read with the old ones would not find what is asked in the new. */
function versionOf(): string {
  const require = createRequire(import.meta.url);
  const { version } = require('snowball-stemmers/package.json') as { version: string };
  return `${version}-${checksum(readFileSync(new URL('./stem.ts', import.meta.url), 'utf8')).slice(0, 12)}`;
}
