/** Which language is this written in? Script first, then function words; steady within a conversation. */
import { foldAccents } from '../languages/reading/stem.ts';
import { readingOf } from '../languages/reading/read.ts';

/** Function words of languages we recognise but do not read as closely. */
const MORE: Record<string, string> = {
  ro: 'și si este sunt pentru cu la pe un o nu ce cum unde cand când am ai are sa să din care mai eu imi îmi trebuie pot buna bună ziua vreau cât cat face',
  sl: 'in je sem si so za na z s v ne da kako kje kdaj kaj koliko imam moram lahko ali bi dober dan prosim kateri kako se moje mi',
};
const OWN = ['it', 'en', 'de', 'fr', 'es'];
const lists = new Map<string, Set<string>>([
  ...OWN.map((code) => [code, new Set([...readingOf(code).stopWords])] as const),
  ...Object.entries(MORE).map(([code, words]) => [code, new Set(words.split(' ').flatMap((word) => [word, foldAccents(word)]))] as const),
]);

/** Greetings and content words that give a language away when no function word does. */
const TELLING: Record<string, string> = {
  it: 'ciao buongiorno buonasera grazie salve carta identita residenza rifiuti multa comune orari scuola nido certificato tassa prenotare appuntamento costa',
  en: 'hello hi thanks thank please card identity waste bin school nursery opening hours fee parking fine tax certificate appointment cost much need',
  de: 'hallo guten danke bitte ausweis muell müll gebuehr gebühr schule kosten kostet oeffnungszeiten öffnungszeiten bescheinigung termin brauche wohnsitz',
  fr: 'bonjour merci salut carte identite dechets ecole horaires prix cout rendez-vous certificat residence',
  es: 'hola gracias buenos dias tarjeta basura escuela horario precio cuesta cita certificado residencia',
  ro: 'salut multumesc mulțumesc buletin gunoi scoala școală program pret preț',
  sl: 'zdravo hvala odpadki vrtec izkaznica',
};
const telling = new Map(Object.entries(TELLING).map(([code, words]) => [code, new Set(words.split(' '))]));

/** A new language must win by this much; less is taken for a borrowed word. */
const MARGIN = 0.15;
/** One word more of another language is chance; two words are a change of language. */
const LEAST_WORDS = 2;

/** `prior`: language of the conversation or the site; it wins ties, short texts, names, numbers and acronyms. */
export function identifyLanguage(text: string, prior: string): string {
  const byScript = scriptLanguage(text);
  if (byScript) return byScript;
  // Letters beside digits are a code's: "M4K" is not the French "m'".
  const words = (text.match(/(?<![\p{L}\p{N}])[\p{L}'’-]+(?![\p{L}\p{N}])/gu) ?? [])
    .filter((word) => !/^\p{Lu}{2,}\d*$/u.test(word))
    .flatMap((word) => word.toLowerCase().split(/['’-]/))
    .filter(Boolean);
  if (words.length === 0) return prior;
  const scores = new Map<string, number>();
  for (const [code, list] of lists) {
    let hits = 0;
    for (const word of words) {
      if (list.has(word)) hits += 1;
      else if (telling.get(code)?.has(foldAccents(word))) hits += 1.2;
    }
    scores.set(code, hits / words.length);
  }
  const own = scores.get(prior) ?? 0;
  let best = prior;
  for (const [code, score] of scores) if (score > (scores.get(best) ?? 0)) best = code;
  const lead = (scores.get(best) ?? 0) - own;
  if (best === prior || lead < MARGIN) return prior;
  return words.length >= LEAST_WORDS || lead > 0.9 ? best : prior;
}

const OTHER_SCRIPT = /[\u0370-\uffff]/;

function scriptLanguage(text: string): string | null {
  if (!OTHER_SCRIPT.test(text)) return null;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const share = (pattern: RegExp) => (text.match(pattern)?.length ?? 0) / (letters || 1);
  if (share(/\p{Script=Arabic}/gu) > 0.4) return 'ar';
  if (share(/\p{Script=Han}/gu) > 0.4) return 'zh';
  if (share(/\p{Script=Cyrillic}/gu) > 0.4) return 'uk';
  return null;
}
