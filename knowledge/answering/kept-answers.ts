/**
 * Cited answers kept while nothing that they rest on has changed: on a day of deadlines thousands ask the same. Of those who ask at the same moment one
 * is worked for. In memory, bounded, gone with the process.
 */
import type { Answer, Question } from './question.ts';

const MOST = 1_000;

/** An answer but for the time it took, which is each citizen's own. */
export type Given = Omit<Answer, 'ms'>;

export interface KeptAnswers {
  /** The answer kept for the question, or the one that `make` gives. What was begun before a change serves nobody who asks after it. */
  give(question: Question, origin: string, make: () => Promise<Given>): Promise<Given>;
  /** What is kept for the question now; null = nothing. */
  known(question: Question, origin: string): Given | null;
  /** Answers at hand. */
  size(): number;
}

export interface KeptParts {
  /** Says something else after every change of what answers rest on: passages, vectors, offices, calibration, ranking. */
  version(): string;
  /** A model would be asked for its words now; quotations are then no answer to keep. */
  asksModel(): boolean;
  most?: number;
}

type Words = 'model' | 'quoted';

/** O(1) a question; `most` answers of some 3 kB. The question must stand alone: nothing said before may count. */
export function createKeptAnswers({ version, asksModel, most = MOST }: KeptParts): KeptAnswers {
  let at = '';
  let kept = new Map<string, Given>();
  let making = new Map<string, Promise<Given>>();

  function current(): string {
    const now = version();
    if (now !== at) {
      at = now;
      kept = new Map();
      making = new Map();
    }
    return now;
  }

  /** Whether words of a model were ever kept: without a model there is nothing to look for. */
  let modelled = false;

  function find(key: string, words: Words): Given | null {
    // A model's words were checked like any others; while it is spared they are still the better ones.
    return (words === 'quoted' && modelled ? look(`model${key}`) : null) ?? look(words + key);
  }

  function look(key: string): Given | null {
    const given = kept.get(key);
    if (!given) return null;
    kept.delete(key);
    kept.set(key, given);
    return given;
  }

  const wordsNow = (): Words => (asksModel() ? 'model' : 'quoted');

  function keep(key: string, given: Given): void {
    if (given.outcome !== 'answered') return;
    if (given.generated) modelled = true;
    kept.set((given.generated ? 'model' : 'quoted') + key, given);
    if (kept.size > most) kept.delete(kept.keys().next().value as string);
  }

  return {
    async give(question, origin, make) {
      const began = current();
      const key = keyOf(question, origin);
      const words = wordsNow();
      const there = find(key, words);
      if (there) return there;
      const shared = making;
      const asked = words + key;
      const begun = shared.get(asked);
      if (begun) return begun;
      const promised = make().finally(() => shared.delete(asked));
      shared.set(asked, promised);
      const given = await promised;
      if (current() === began) keep(key, given);
      return given;
    },
    known(question, origin) {
      current();
      return find(keyOf(question, origin), wordsNow());
    },
    size() {
      current();
      return kept.size;
    },
  };
}

/** Everything of a question that may change its answer, once it stands alone; capitals, blanks and the last full stop change nothing. */
function keyOf(question: Question, origin: string): string {
  const { lang = '', scenario = '', at, audience, answerIn = '' } = question;
  return JSON.stringify([fold(question.text), lang, fold(scenario), at, audience, answerIn, origin]);
}

function fold(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\s.?!]+$/, '')
    .trim();
}
