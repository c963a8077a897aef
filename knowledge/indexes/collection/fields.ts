/** A passage's fields as words, and as forms of the lexicon. */
import type { Passage } from '../../answering/question.ts';

/** Forms of the lexicon in each field, in text order. */
export interface Forms {
  title: Uint32Array;
  section: Uint32Array;
  text: Uint32Array;
}

/** The texts that words are taken from. */
export function fieldsOf(passage: Passage): Record<'title' | 'section' | 'text', string> {
  const section = `${passage.headings.join(' ')} ${addressWords(passage.sourceUrl)} ${passage.phrasings ?? ''}`;
  return { title: passage.title, section, text: passage.text };
}

/** Words of a page's address (`…/servizi/carta-identita`), which often names what the page leaves unsaid. */
function addressWords(url: string | null): string {
  if (!url) return '';
  return decodeURI(url.replace(/%(?![\da-f]{2})/gi, ''))
    .replace(/^\w+:\/\/(?:www\.)?|[?#].*$|\.(?:html?|php|jsp|aspx?|pdf)$/g, '')
    .replace(/\.[a-z]{2,3}(?=\/|$)/, '');
}
