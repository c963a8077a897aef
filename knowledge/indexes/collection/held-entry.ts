/** A passage as the collection holds it: its lists lie in the arena, and a list is looked at through a view made when it is asked for. */
import type { Passage } from '../../answering/question.ts';
import type { Lexicon } from '../../lexicon/lexicon.ts';
import type { Arena } from './arena.ts';
import type { Entry, Span } from './entry.ts';
import type { Forms } from './fields.ts';
import type { Grams, Tally } from './tally.ts';
import type { VectorColumn } from './vector-column.ts';
import type { LanguageWords } from './words.ts';

/** What all passages of one language share. */
export interface Home {
  words: LanguageWords;
  lexicon: Lexicon;
  tally: Tally;
  arena: Arena;
  vectors: VectorColumn;
}

/** A title as its passages share it. `words`: numbers of all of its words; `slots`: of its content words. */
export interface Titled {
  words: Uint32Array;
  slots: Uint32Array;
  /** null = not yet looked for. */
  forms: Uint32Array | null;
  home: Home;
}

/** A list in the arena begins with the lengths of its parts. Of a passage: numbers of all words, then slots of content words, of the section and of the text. */
export const LISTS = 4;
/** Of its forms: those of the section and of the text. */
const FORM_LISTS = 2;

/** Some two hundred bytes less than an object with arrays of its own: what a million passages can afford. */
export class HeldEntry implements Entry {
  passage: Passage;
  document: number;
  place = -1;
  row = -1;
  #view: Int8Array | null = null;
  readonly #titled: Titled;
  readonly #lists: Uint32Array;
  readonly #at: number;
  #forms: Uint32Array | null = null;
  #formsAt = 0;

  /** The lists stand in the arena's present chunk, from `at` on. */
  constructor(passage: Passage, document: number, titled: Titled, at: number) {
    this.passage = passage;
    this.document = document;
    this.#titled = titled;
    this.#lists = titled.home.arena.chunk();
    this.#at = at;
  }

  get dense(): Int8Array | null {
    if (this.place < 0) return null;
    this.#view ??= this.#titled.home.vectors.at(this.place);
    return this.#view;
  }

  set dense(vector: Int8Array | null) {
    const { vectors } = this.#titled.home;
    if (this.place >= 0) vectors.release(this.place);
    this.#view = null;
    this.place = vector ? vectors.keep(vector) : -1;
  }

  get title(): Uint32Array {
    return this.#titled.slots;
  }

  get section(): Uint32Array {
    return this.#list(2);
  }

  get text(): Uint32Array {
    return this.#list(3);
  }

  span(): Span {
    const list = this.#lists;
    const at = this.#at;
    const section = at + LISTS + (list[at] as number) + (list[at + 1] as number);
    const text = section + (list[at + 2] as number);
    return { list, section, text, end: text + (list[at + 3] as number) };
  }

  /** The numbered list of the passage. */
  #list(which: number): Uint32Array {
    return listIn(this.#lists, this.#at, LISTS, which);
  }

  /** Forms are looked for when first asked for: a server listens before it has read every passage as concepts. */
  get forms(): Forms {
    const { home } = this.#titled;
    this.#titled.forms ??= Uint32Array.from(formsIn(this.#titled.words, home));
    if (this.#forms === null) {
      const found = formsIn(this.#list(0), home, [0, 0]);
      found[0] = found.length - FORM_LISTS;
      formsIn(this.#list(1), home, found);
      found[1] = found.length - FORM_LISTS - found[0];
      this.#formsAt = home.arena.keep(found, found.length);
      this.#forms = home.arena.chunk();
    }
    return {
      title: this.#titled.forms,
      section: listIn(this.#forms, this.#formsAt, FORM_LISTS, 0),
      text: listIn(this.#forms, this.#formsAt, FORM_LISTS, 1),
    };
  }

  grams(): Grams {
    const { words, tally } = this.#titled.home;
    for (const list of [this.#titled.words, this.#list(0), this.#list(1)])
      for (let i = 0; i < list.length; i++) words.tallyGrams(list[i] as number, tally);
    return tally.take();
  }
}

/** The list number `which` of those that begin at `at` with the lengths of all `lists`. */
function listIn(chunk: Uint32Array, at: number, lists: number, which: number): Uint32Array {
  let from = at + lists;
  for (let before = 0; before < which; before++) from += chunk[at + before] as number;
  return chunk.subarray(from, from + (chunk[at + which] as number));
}

/** Adds the forms in these words to `found`. */
function formsIn(words: Uint32Array, { words: known, lexicon }: Home, found: number[] = []): number[] {
  for (const match of lexicon.matchLooked(known.looked(words))) if (!match.near) found.push(match.form);
  return found;
}
