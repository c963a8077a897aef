/** The nouns of answering. They stand on the ground floor: this file imports nothing. */

/** One earlier turn of the conversation, oldest first in any list. */
export interface PastTurn {
  role: 'citizen' | 'bot';
  text: string;
}

/** What a citizen asks, with everything that may change the answer. */
export interface Question {
  text: string;
  /** Language chosen or seen so far (BCP 47 primary tag); absent = to be identified. */
  lang?: string;
  /** Earlier turns, oldest first. */
  history: PastTurn[];
  /** What the citizen said about their situation, when a form or a data set gives it apart. */
  scenario?: string;
  /** The day the answer must hold for, `YYYY-MM-DD`. */
  at: string;
  /** Who may read the passages; passages for other audiences are never retrieved. */
  audience: 'citizen' | 'staff';
  /** Language of the answer, whatever the text is written in: a page's Italian title was chosen in another language. */
  answerIn?: string;
  /** Passages that the last answer cited, most recent first: a follow-up often stays near them. */
  lastCited?: string[];
}

/** A citable piece of one document version. `text` is exactly `version.text.slice(start, end)`. */
export interface Passage {
  id: string;
  documentId: string;
  version: number;
  /** Document title. */
  title: string;
  /** Headings above the passage, outermost first, without the document title. */
  headings: string[];
  /** Other names of what the document is about and ways to ask for it, as its editors listed them. */
  phrasings?: string;
  /** Fragment of the source page, unique within a version, e.g. `art-5-comma-2` or `quanto-costa`. */
  anchor: string;
  /** Order within the version, from 0. */
  position: number;
  lang: string;
  office: string;
  audience: 'citizen' | 'staff';
  /** First and last day in force, `YYYY-MM-DD`, inclusive; null = open. */
  validFrom: string | null;
  validUntil: string | null;
  updatedOn: string;
  /** Address of the original, when there is one. */
  sourceUrl: string | null;
  /** Character offsets into the stored version's text. */
  start: number;
  end: number;
  text: string;
}

/** A passage as retrieval ranked it. */
export interface RankedPassage {
  passage: Passage;
  /** Second-stage score, comparable only within one question. */
  score: number;
  /** Named signals behind the score, for refusal and for explaining. */
  signals: Record<string, number>;
}

/** What a question is about, apart from what it asks of it. */
export interface Topic {
  /** Stems of each topic word in the languages at hand, and how much it counts: rarer words in the collection are heavier. */
  words: {
    text: string;
    stems: string[] /** Marked beginnings of the longer stems. */;
    near: string[] /** Stems that mean the same. */;
    cousins: string[];
    weight: number;
  }[];
}

/** What understanding made of a question. */
export interface UnderstoodQuestion {
  question: Question;
  /** Language the text is read in. */
  lang: string;
  /** Language of the citizen where it is another: the text was put into Italian words. */
  spoken?: string;
  /** Some of the citizen's words could not be put into Italian: at most asked back. */
  partly?: boolean;
  /** The question rewritten to stand alone (equal to its text when it already did). */
  standalone: string;
  kind: 'question' | 'smalltalk' | 'human' | 'emergency' | 'offtopic';
  /** Set by retrieval, which knows how rare words are. */
  topic?: Topic;
  /** For `emergency`: which numbers to show first; for smalltalk: which courtesy. */
  detail?: string;
}

/** One sentence or list of a draft, quoted from one passage. */
export interface DraftSentence {
  /** Words shown to the citizen. */
  text: string;
  passageId: string;
  /** Exact slice of the passage that supports the text; the extractive composer has quote === text up to white space. */
  quote: string;
  /** How it stands in the document, and so how it is shown. */
  layout: 'sentence' | 'item' | 'row';
}

/** What a composer proposes; nothing of it is shown before ground.ts has checked it. */
export interface Draft {
  sentences: DraftSentence[];
  /** True when a language model wrote the words. */
  generated: boolean;
}

/** CONTRACT.md, "Answer". */
export interface Citation {
  position: number;
  documentId: string;
  passageId: string;
  version: number;
  title: string;
  anchor: string;
  heading: string;
  url: string;
  quote: string;
  validFrom: string | null;
  validUntil: string | null;
  updatedOn: string;
}

export interface Choice {
  title: string;
  value: string;
}

export type Outcome = 'answered' | 'clarify' | 'unanswerable' | 'refused' | 'failed';

/** Closed union of what can come of a question; outcomes are data, exceptions are surprises. */
export interface Answer {
  outcome: Outcome;
  /** '' when answered; else a stable code such as `no_passage`, `near_topic`, `offtopic`, `emergency`, `human`, `ungrounded`, `error`. */
  reason: string;
  /** Markdown with `[1]`-style marks; says what the citizen reads, also for refusals. */
  text: string;
  lang: string;
  citations: Citation[];
  choices: Choice[];
  /** Time spent, milliseconds. */
  ms: number;
  /** True when a model wrote the words (channels must mark it). */
  generated?: boolean;
}
