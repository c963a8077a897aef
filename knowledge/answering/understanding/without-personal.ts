/** Personal data in a question say who asks, not what is asked: a telephone number that no passage holds is not an unknown word. */
import { wordsOf } from '../../indexes/analyzer.ts';
import { findPersonal, type PersonalKind, replaceSpans } from '../../personal-data/find.ts';
import { MARKS } from '../../personal-data/marks.ts';
import type { UnderstoodQuestion } from '../question.ts';

/** A street, a name or an illness may be what the question is about; these may not, unless the documents hold them. */
const ABOUT: ReadonlySet<PersonalKind> = new Set<PersonalKind>(['address', 'name', 'health', 'special']);
/** Without one of these there is nothing to look for: three digits close together, an address for mail, a mark. */
const WORTH_A_LOOK = /\d\D{0,3}\d\D{0,3}\d|@|\[/;
const MASKED = new RegExp(
  Object.values(MARKS)
    .map((mark) => mark.replace(/[[\]]/g, '\\$&'))
    .join('|'),
  'g',
);

/** The question without numbers, codes and addresses that say who asks, and without the marks of a masked one. `isHeld`: whether some passage holds a word; an office's own number stays. Linear in the length of the text. */
export function withoutPersonal(asked: UnderstoodQuestion, isHeld: (word: string, lang: string) => boolean): UnderstoodQuestion {
  if (asked.kind !== 'question' || !WORTH_A_LOOK.test(asked.standalone)) return asked;
  const strip = (text: string): string => {
    const unmasked = text.replace(MASKED, ' ');
    const left = replaceSpans(unmasked, findPersonal(unmasked, ABOUT), (_, value) =>
      wordsOf(value).every((word) => isHeld(word, asked.lang)) ? value : ' ',
    );
    // Nothing else was said: then it is what was asked.
    return wordsOf(left).length === 0 ? text : left;
  };
  const text = strip(asked.question.text);
  const standalone = asked.standalone === asked.question.text ? text : strip(asked.standalone);
  return text === asked.question.text && standalone === asked.standalone
    ? asked
    : { ...asked, question: { ...asked.question, text }, standalone };
}
