import ar from '../ar.ts';
import type { Language } from '../contract.ts';
import de from '../de.ts';
import en from '../en.ts';
import es from '../es.ts';
import fr from '../fr.ts';
import it from '../it.ts';
import ro from '../ro.ts';
import sl from '../sl.ts';
import uk from '../uk.ts';
import zh from '../zh.ts';
import { foldAccents, snowball, stopList } from './stem.ts';

/** What reading needs of a language; documents may be in languages that we do not speak. */
export type Reading = Pick<Language, 'code' | 'stopWords' | 'lightWords' | 'faintWords' | 'stem'>;

const NO_WORDS: ReadonlySet<string> = new Set();

const swedish: Reading = {
  code: 'sv',
  stopWords: stopList(
    'och i att det som en på är av för med till den har de inte om ett han hon men var jag sig från vi så kan när då nu under efter du ska skulle vad hur vilka vilken vilket min mitt mina din ditt dina man eller vid mig dig dem detta denna dessa blir bli vara ut upp där här finns',
  ),
  lightWords: stopList('vad hur vilka vilken vilket när var'),
  faintWords: NO_WORDS,
  stem: snowball('swedish'),
};

const polish: Reading = {
  code: 'pl',
  stopWords: stopList(
    'i w we z ze na do się nie to że jest są o od po za dla przez przy jak jaki jaka jakie co czy kto kiedy gdzie dlaczego a ale lub albo oraz by być był była było ten ta te tym tej tego ja ty on ona my wy oni mój moja moje swój mi mnie cię go ich jej jego może można mogę muszę',
  ),
  lightWords: stopList('jak jaki jaka jakie co kto kiedy gdzie dlaczego'),
  faintWords: NO_WORDS,
  // Polish inflects at the end of long words; no Snowball algorithm exists.
  stem: (word) => foldAccents(word).replace(/^(.{5}).*$/, '$1'),
};

/** Every language that a file is written for, the body’s own first. */
export const spoken: Language[] = [it(), en(), de(), fr(), es(), sl(), ro(), ar(), zh(), uk()];
const readings = new Map<string, Reading>([...spoken, swedish, polish].map((reading) => [reading.code, reading]));

/** How to read text in a language: its own stop words and stemmer, or, for one nobody wrote, folded words as they stand. */
export function readingOf(code: string): Reading {
  return readings.get(code) ?? { code, stopWords: NO_WORDS, lightWords: NO_WORDS, faintWords: NO_WORDS, stem: foldAccents };
}
