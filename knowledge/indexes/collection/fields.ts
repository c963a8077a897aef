/** A passage's fields as words, and as forms of the lexicon. */
import type { Passage } from '../../answering/question.ts';
import type { Lexicon } from '../../lexicon/lexicon.ts';
import type { LanguageWords } from './words.ts';

/** Forms of the lexicon in each field, in text order. */
export interface Forms {
  title: Uint32Array;
  section: Uint32Array;
  text: Uint32Array;
}

/** Forms are looked for when first asked for: a server listens before it has read every passage as concepts. `numbers` of each field's words are held until then. */
export function withForms<Read extends object>(
  read: Read,
  numbers: Record<'title' | 'section' | 'text', Uint32Array>,
  words: LanguageWords,
  lexicon: Lexicon,
): Read & { forms: Forms } {
  let unread: typeof numbers | null = numbers;
  let forms: Forms | null = null;
  const find = (field: Uint32Array) => {
    const found: number[] = [];
    for (const match of lexicon.matchLooked(words.looked(field))) if (!match.near) found.push(match.form);
    return Uint32Array.from(found);
  };
  return Object.defineProperty(read, 'forms', {
    enumerable: true,
    get() {
      if (unread) {
        forms = { title: find(unread.title), section: find(unread.section), text: find(unread.text) };
        unread = null;
      }
      return forms;
    },
  }) as Read & { forms: Forms };
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
