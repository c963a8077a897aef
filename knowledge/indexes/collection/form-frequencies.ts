/** In how many passages each form and each concept of the lexicon stands. */
import type { Lexicon } from '../../lexicon/lexicon.ts';

/** A passage as the forms it holds. */
interface FormHolder {
  forms: { title: Uint32Array; section: Uint32Array; text: Uint32Array };
}

export interface FormFrequencies {
  /** Passages by form; a form that no passage holds has 0 or is beyond the end. */
  forms: Uint32Array;
  /** Passages by concept. */
  concepts: Uint32Array;
}

/** O(forms in the collection). */
export function countForms(entries: Iterable<FormHolder>, lexicon: Lexicon): FormFrequencies {
  const forms = new Uint32Array(lexicon.forms());
  const concepts = new Uint32Array(lexicon.concepts.length);
  for (const entry of entries) {
    const held = new Set([...entry.forms.title, ...entry.forms.section, ...entry.forms.text]);
    const meant = new Set<number>();
    for (const form of held) {
      forms[form] = (forms[form] as number) + 1;
      for (const concept of lexicon.conceptsOf(form)) meant.add(concept);
    }
    for (const concept of meant) concepts[concept] = (concepts[concept] as number) + 1;
  }
  return { forms, concepts };
}
