/** A question in a language that no document is written in, put into the Italian words of the concepts it names. Each word comes from the lexicon; nothing is guessed. */
import { wordsOf } from '../../indexes/analyzer.ts';
import { readingOf } from '../../languages/reading/read.ts';
import { builtInLexicon } from '../../lexicon/lexicon.ts';

/** Languages that the certainty of an answer was fitted on: their questions need no gloss. */
const FITTED = new Set(['it', 'en', 'de', 'fr', 'es']);

/** How Italian asks for it; other concepts stand by their first Italian form. */
const ASKING: Record<string, string> = {
  cost: 'quanto costa',
  'free-of-charge': 'è gratis',
  pay: 'come si paga',
  'payment-deadline': 'entro quando si paga',
  deadline: 'entro quando',
  'opening-hours': 'quali sono gli orari',
  'processing-time': 'quanto tempo ci vuole',
  validity: 'quanto dura',
  'address-where': 'dove',
  'required-documents': 'quali documenti servono per',
  application: 'come si chiede',
};

export interface Gloss {
  text: string;
  /** No content word was left out: what was asked is what is looked for. */
  whole: boolean;
}

export const needsGloss = (lang: string): boolean => !FITTED.has(lang);

/** Null when no subject of a public office is named. O(words). */
export function glossOf(text: string, lang: string): Gloss | null {
  const lexicon = builtInLexicon();
  const words = wordsOf(text);
  const found = lexicon.match(words, lang).filter(({ loose }) => !loose);
  const asked: string[] = [];
  const subjects: string[] = [];
  const held = new Set<number>();
  for (const { form, from, to } of found.sort((a, b) => a.from - b.from)) {
    const concepts = lexicon.conceptsOf(form).map((number) => lexicon.concepts[number]);
    const concept = concepts.find((one) => one && !one.general) ?? concepts[0];
    if (!concept) continue;
    for (let at = from; at < to; at++) held.add(at);
    const asking = ASKING[concept.name];
    const list = asking ? asked : subjects;
    const said = asking ?? concept.italian;
    if (said && !list.includes(said)) list.push(said);
  }
  const specific = found.some(({ form }) =>
    lexicon.conceptsOf(form).some((number) => !lexicon.concepts[number]?.general && !ASKING[lexicon.concepts[number]?.name ?? '']),
  );
  if (!specific) return null;
  const { stopWords, lightWords, faintWords } = readingOf(lang);
  const small = (word: string) => stopWords.has(word) || lightWords.has(word) || faintWords.has(word);
  const whole = words.every((word, at) => held.has(at) || small(word));
  return { text: [...asked.slice(0, 2), ...subjects].join(' '), whole };
}
