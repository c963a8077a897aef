/** What is counted over all passages once, and from then on over those alone that come or leave. Whole numbers, so that both come to the same. */
import type { Lexicon } from '../../lexicon/lexicon.ts';
import type { Entry } from './entry.ts';
import { addForms, countForms, type FormFrequencies } from './form-frequencies.ts';

const FIELDS = ['title', 'section', 'text'] as const;
export type FieldLengths = Record<(typeof FIELDS)[number], number>;

export interface Statistics {
  added(entry: Entry): void;
  removed(entry: Entry): void;
  /** Mean number of content words in each field. */
  averageLengths(): FieldLengths;
  formFrequencies(): FormFrequencies;
}

/** Passages that came or left since something was counted. */
interface Since {
  come: Set<Entry>;
  left: Entry[];
}

export function createStatistics(entries: ReadonlySet<Entry>, lexicon: Lexicon): Statistics {
  let sums: (FieldLengths & { since: Since }) | null = null;
  let averages: FieldLengths | null = null;
  let forms: { counted: FormFrequencies; since: Since } | null = null;

  const nothing = (): Since => ({ come: new Set(), left: [] });
  const changed = ({ come, left }: Since): number => come.size + left.length;

  function note(entry: Entry, comes: boolean): void {
    averages = null;
    for (const since of [sums?.since, forms?.since]) {
      if (!since) continue;
      if (comes) since.come.add(entry);
      else if (!since.come.delete(entry)) since.left.push(entry);
    }
    // Counting anew costs less, and what has left is not held on to.
    if (sums && changed(sums.since) > entries.size / 2) sums = null;
    if (forms && changed(forms.since) > entries.size / 2) forms = null;
  }

  function sumOf(of: Iterable<Entry>, into: FieldLengths, step: number): void {
    for (const entry of of) for (const field of FIELDS) into[field] += step * entry[field].length;
  }

  return {
    added: (entry) => note(entry, true),
    removed: (entry) => note(entry, false),
    averageLengths() {
      if (averages) return averages;
      const next = { title: 0, section: 0, text: 0, ...sums, since: nothing() };
      if (sums) {
        sumOf(sums.since.come, next, 1);
        sumOf(sums.since.left, next, -1);
      } else sumOf(entries, next, 1);
      sums = next;
      const count = Math.max(1, entries.size);
      averages = { title: next.title / count, section: next.section / count, text: next.text / count };
      return averages;
    },
    formFrequencies() {
      if (!forms) forms = { counted: countForms(entries, lexicon), since: nothing() };
      else if (changed(forms.since) > 0)
        forms = { counted: addForms(forms.counted, forms.since.come, forms.since.left, lexicon), since: nothing() };
      return forms.counted;
    },
  };
}
