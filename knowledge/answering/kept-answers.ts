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
  version(): string | number;
  /** A model would be asked for its words now; quotations are then no answer to keep. */
  asksModel(): boolean;
  most?: number;
}

type Words = 'model' | 'quoted';

/** O(1) a question; `most` answers of some 3 kB. The question must stand alone: nothing said before may count. */
export function createKeptAnswers({ version, asksModel, most = MOST }: KeptParts): KeptAnswers {
  let at: string | number = '';
  let kept = new Map<string, Given>();
  let making = new Map<string, Promise<Given>>();

  function current(): string | number {
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

  /** `asked`: words and key together. */
  function find(key: string, words: Words, asked: string): Given | null {
    // A model's words were checked like any others; while it is spared they are still the better ones.
    return (words === 'quoted' && modelled ? look(`model${key}`) : null) ?? look(asked);
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
      const asked = words + key;
      const there = find(key, words, asked);
      if (there) return there;
      const shared = making;
      const begun = shared.get(asked);
      if (begun) return begun;
      const promised = make();
      shared.set(asked, promised);
      try {
        const given = await promised;
        if (current() === began) keep(key, given);
        return given;
      } finally {
        shared.delete(asked);
      }
    },
    known(question, origin) {
      current();
      const key = keyOf(question, origin);
      const words = wordsNow();
      return find(key, words, words + key);
    },
    size() {
      current();
      return kept.size;
    },
  };
}

/** Everything of a question that may change its answer, once it stands alone; capitals, blanks and the last full stop change nothing. */
function keyOf({ text, lang = '', scenario = '', at, audience, answerIn = '' }: Question, origin: string): string {
  if (
    lang !== last.lang ||
    scenario !== last.scenario ||
    at !== last.at ||
    audience !== last.audience ||
    answerIn !== last.answerIn ||
    origin !== last.origin
  ) {
    const written = JSON.stringify([lang, fold(scenario), at, audience, answerIn, origin]);
    last = { lang, scenario, at, audience, answerIn, origin, written };
  }
  return last.written + fold(text);
}

/** What goes with the text is the same for most questions of a day. */
let last = { lang: '', scenario: '', at: '', audience: '', answerIn: '', origin: '', written: '' };

/** Signs below these are composed as they are. */
const COMPOSABLE = /[\u0300-\uffff]/;
const UNEVEN = /\s\s|[^\S ]/;

function fold(text: string): string {
  const lower = (COMPOSABLE.test(text) ? text.normalize('NFC') : text).toLowerCase();
  const even = UNEVEN.test(lower) ? lower.replace(/\s+/g, ' ') : lower;
  let end = even.length;
  while (end > 0 && ENDS.includes(even[end - 1] as string)) end--;
  return even.slice(even[0] === ' ' ? 1 : 0, end);
}

/** Signs that end a question and say nothing. */
const ENDS = ' .?!';
