/** A word with its inflection off, as far as two forms of one word agree. */
import { readingOf } from '../languages/reading/read.ts';
import { foldAccents } from '../languages/reading/stem.ts';

/** Romance endings that only inflect: infinitives, then final vowels. Elsewhere the Snowball stem is trusted. */
export function lightOf(word: string, lang: string): string {
  const folded = foldAccents(word);
  if (lang === 'it' || lang === 'es')
    return folded.replace(/(?<=.{3})(?:[aei]r(?:e|si|mi|ti|lo|la|li|le)?|[aeiou]+)$/, '').replace(/(?<=[cg])h$/, '');
  return readingOf(lang).stem(word);
}
