/** In how many passages each form and each concept of the lexicon stands. */
import type { Lexicon } from '../../lexicon/lexicon.ts';

/** A passage as the forms it holds. */
interface FormHolder {
  readonly forms: { title: Uint32Array; section: Uint32Array; text: Uint32Array };
}

export interface FormFrequencies {
  /** Passages by form; a form that no passage holds has 0 or is beyond the end. */
  forms: Uint32Array;
  /** Passages by concept. */
  concepts: Uint32Array;
}

/** O(forms in the collection). */
export function countForms(entries: Iterable<FormHolder>, lexicon: Lexicon): FormFrequencies {
  return addForms({ forms: new Uint32Array(0), concepts: new Uint32Array(0) }, entries, [], lexicon);
}

/** The same after some passages have come and others have left; what was counted before stays as it is. O(forms of these). */
export function addForms(
  before: FormFrequencies,
  come: Iterable<FormHolder>,
  left: Iterable<FormHolder>,
  lexicon: Lexicon,
): FormFrequencies {
  // A lexicon knows a language's forms once a passage of it was read, and passages are read when first looked at: so they are, before there is a place for each form.
  for (const entry of come) void entry.forms;
  const forms = new Uint32Array(lexicon.forms());
  const concepts = new Uint32Array(lexicon.concepts.length);
  forms.set(before.forms);
  concepts.set(before.concepts);
  // The last passage that counted, so that each counts once: no set to make and throw away for every passage.
  const formSeen = new Uint32Array(forms.length);
  const conceptSeen = new Uint32Array(concepts.length);
  let passage = 0;
  function count(entry: FormHolder, step: number): void {
    passage++;
    const { forms: held } = entry;
    for (const field of ['title', 'section', 'text'] as const) {
      for (const form of held[field]) {
        if (formSeen[form] === passage) continue;
        formSeen[form] = passage;
        forms[form] = (forms[form] as number) + step;
        for (const concept of lexicon.conceptsOf(form)) {
          if (conceptSeen[concept] === passage) continue;
          conceptSeen[concept] = passage;
          concepts[concept] = (concepts[concept] as number) + step;
        }
      }
    }
  }
  for (const entry of come) count(entry, 1);
  for (const entry of left) count(entry, -1);
  return { forms, concepts };
}
