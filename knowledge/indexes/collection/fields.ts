/** A passage's fields as words, and as forms of the lexicon. */
import type { Passage } from '../../answering/question.ts';
import type { Lexicon } from '../../lexicon/lexicon.ts';
import { wordsOf } from '../analyzer.ts';

/** Forms of the lexicon in each field, in text order. */
export interface Forms {
  title: Uint32Array;
  section: Uint32Array;
  text: Uint32Array;
}

/** Forms are looked for when first asked for: a server listens before it has read every passage as concepts. */
export function withForms<Read extends { passage: Passage }>(read: Read, lexicon: Lexicon): Read & { forms: Forms } {
  let forms: Forms | null = null;
  return Object.defineProperty(read, 'forms', {
    enumerable: true,
    get() {
      forms ??= formsOf(read.passage, lexicon);
      return forms;
    },
  }) as Read & { forms: Forms };
}

function formsOf(passage: Passage, lexicon: Lexicon): Forms {
  const { title, section, text } = fieldsOf(passage);
  const find = (words: string[]) =>
    Uint32Array.from(
      lexicon.match(words, passage.lang).filter((match) => !match.near),
      (match) => match.form,
    );
  return { title: find(title), section: find(section), text: find(text) };
}

export function fieldsOf(passage: Passage): Record<'title' | 'section' | 'text', string[]> {
  const section = `${passage.headings.join(' ')} ${addressWords(passage.sourceUrl)} ${passage.phrasings ?? ''}`;
  return { title: wordsOf(passage.title), section: wordsOf(section), text: wordsOf(passage.text) };
}

/** Words of a page's address (`…/servizi/carta-identita`), which often names what the page leaves unsaid. */
function addressWords(url: string | null): string {
  if (!url) return '';
  return decodeURI(url.replace(/%(?![\da-f]{2})/gi, ''))
    .replace(/^\w+:\/\/(?:www\.)?|[?#].*$|\.(?:html?|php|jsp|aspx?|pdf)$/g, '')
    .replace(/\.[a-z]{2,3}(?=\/|$)/, '');
}
