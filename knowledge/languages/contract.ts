/** Socket: languages. One file per language: how to read it, and the words we say in it. `LANGUAGES` lists the ones in use; `it` always is. */

export interface Language {
  /** BCP 47 primary tag, the file's name. */
  code: string;
  /** The language's own name for itself. */
  name: string;
  direction: 'ltr' | 'rtl';
  /** Lower-cased words that carry no content, accents kept and folded. */
  stopWords: ReadonlySet<string>;
  /** Question words: they count a little, since a page's title may ask the same question. Taken out of the stop words. */
  lightWords: ReadonlySet<string>;
  /** Everyday words that stand in any question ("trovare", "sapere", "solo"): content, but they say little about the topic. */
  faintWords: ReadonlySet<string>;
  /** Stem of one lower-cased word, accents folded after stemming. */
  stem(word: string): string;
  /** Words we say to citizens; keys are the same in every language (parity is tested). `{name}` marks are filled in. */
  words: Record<string, string>;
}
