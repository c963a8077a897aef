/** A follow-up made to stand alone without a model: what is asked now, and what the conversation is about. Rules that can be read. */
import { wordsOf } from '../../indexes/analyzer.ts';
import { readingOf } from '../../languages/reading/read.ts';
import { sieved } from '../../languages/reading/sieve.ts';
import { askedFactType } from '../fact-type.ts';
import { topicWords } from '../topic.ts';

/** How far a question needs what was said before it. `maybe`: its words alone do not tell; whoever has the passages compares. */
export type Leaning = 'no' | 'maybe' | 'yes';

const JOINS = /^\s*(?:e|ed|ma|invece|anche|oppure|però|allora|quindi|and|but|what about|how about|und|aber|oder|et|mais|ou|y|pero|o)\b/i;
const POINTS = sieved(
  /\b(?:quell[oaie]|quest[oaie]|lo stesso|la stessa|stess[ao] cosa|in (?:quel|questo|tal) caso|that one|this one|it|them|there|davon|dafür|damit|dort|es|das gleiche|celui|celle|ça|cela|celui|eso|esto|ello|allí)\b/i,
);
/** Pronouns that stand for what was named before: "ritirarla", "lo pago", "ne servono", "ci vado". */
const CLITICS = /\b(?:\p{L}{2,}(?:r|nd)(?:lo|la|li|le|ne|ci|gliel[oa])|(?:me|te|ce|ve|se|glie) ?(?:lo|la|li|le|ne))\b/iu;
const OBJECTS = sieved(
  /\b(?:lo|la|li|le|ne|l['’])\s?(?:ho|hai|ha|abbiamo|posso|puoi|può|devo|deve|si|voglio|faccio|pago|prendo|ritiro|usa|prendete|fate|fa)\b/iu,
);
/** How and by whom anything is done at a counter: words that ask something of a service and name none ("devo prendere appuntamento?", "si può fare online?"). */
const MANNER =
  /^(?:(?:far|aver|chieder|paga?r|prender|ritirar|richieder)(?:lo|la|li|le|ne)|prend(?:o|ere|iamo)|appuntament[oi]|prenot\p{L}*|online|internet|telematic\p{L}*|digital\p{L}*|sito|mail|email|posta|pec|persona|delega\p{L}*|sportello|qualcun\p{L}*|altr[oaie]|online|appointments?|internet|person|termin|rendez-vous|ligne|cita|línea)$/iu;
/** A join or a pointing word in a longer sentence joins its own parts. */
const SHORT_WORDS = 9;
/** With so few words of its own a question rests on what came before even where one of them is a title's. */
const FEW_WORDS = 4;

/** `isTitled`: a word that names a page: a question that holds one has a subject of its own. */
export function leaningOf(text: string, lang: string, isTitled: (word: string) => boolean): Leaning {
  const topics = topicWords(text, lang);
  return leaningIn(text, lang, topics, topics.filter(isTitled));
}

function leaningIn(text: string, lang: string, topics: readonly string[], titles: readonly string[]): Leaning {
  if (topics.length === 0) return 'yes';
  const words = wordsOf(text);
  const short = words.length <= SHORT_WORDS;
  if (short && (JOINS.test(text) || POINTS.test(text))) return 'yes';
  const titled = titles.length > 0;
  if (short && !titled && (CLITICS.test(text) || OBJECTS.test(text))) return 'yes';
  const reading = readingOf(lang);
  if (short && topics.every((word) => MANNER.test(word))) return 'yes';
  const asks = words.some((word) => reading.lightWords.has(word) || (!reading.stopWords.has(word) && !topics.includes(word)));
  if (topics.length === 1 && !asks && words.length <= 3) return 'yes';
  if (titled) return words.length <= FEW_WORDS ? 'maybe' : 'no';
  return short ? 'maybe' : 'no';
}

/** What earlier turns have made of the conversation. */
export interface Thread {
  /** The last question that stood alone, or was made to. */
  question: string;
  /** Words that name what it is about. */
  topic: string[];
}

/** A question as it stands by itself, whatever was said before it. */
export interface ReadTurn {
  leaning: Leaning;
  /** Words that name a topic, and those of them that are the subject. */
  topics: readonly string[];
  subject: readonly string[];
}

export function readTurn(text: string, lang: string, isTitled: (word: string) => boolean): ReadTurn {
  const topics = topicWords(text, lang);
  const titles = topics.filter(isTitled);
  return { leaning: leaningIn(text, lang, topics, titles), topics, subject: subjectOf(topics, titles) };
}

/** The thread after these questions of the citizen, oldest first; null when nothing was asked yet. O(words). */
export function threadOf(
  turns: string[],
  lang: string,
  isTitled: (word: string) => boolean,
  read = (turn: string) => readTurn(turn, lang, isTitled),
): Thread | null {
  let thread: Thread | null = null;
  // One that needs nothing of what was said before begins anew: what stood before it is not read.
  let from = Math.max(0, turns.length - 1);
  while (from > 0 && read(turns[from] as string).leaning !== 'no') from--;
  for (let at = from; at < turns.length; at++) {
    const turn = turns[at] as string;
    const { leaning, topics, subject } = read(turn);
    if (thread && leaning !== 'no') {
      // The root's words stay, those of the turn before go with the next one.
      thread = {
        question: joined(turn, thread, lang),
        topic: unique([...thread.topic.slice(0, MOST_TOPIC), ...subject]),
      };
    } else if (topics.length > 0) thread = { question: turn, topic: unique(subject) };
  }
  return thread;
}

const MOST_TOPIC = 6;

/** Words that name pages are the subject; the rest is how somebody came to speak of it. */
function subjectOf(topics: readonly string[], titles: readonly string[]): readonly string[] {
  return 2 * titles.length > topics.length ? titles : topics;
}

/** The question with what it rests on. One that asks for a fact of its own takes only the subject; a bare piece ("e per i bambini?") asks again what was asked. */
export function joined(text: string, thread: Thread, lang: string): string {
  const bare = text.replace(JOINS, ' ').trim();
  const has = new Set(topicWords(bare, lang));
  const subject = thread.topic.filter((word) => !has.has(word)).join(' ');
  if (asksForFact(bare)) return `${bare.replace(/[?!.\s]+$/, '')} ${subject}?`;
  return `${thread.question.replace(/[?!.\s]+$/, '')} ${bare}`;
}

function asksForFact(text: string): boolean {
  return askedFactType(text) !== 'other' || VERB.test(text);
}

/** A sentence with a verb of asking says itself what it wants. */
const VERB = sieved(
  /\b(?:posso|puoi|può|possono|devo|deve|serv(?:e|ono)|bisogna|occorre|vale|ci sono|c['’]è|esiste|fate|si può|can i|do i|must i|is there|are there|kann|muss|gibt es|puis-je|faut-il|puedo|hay)\b/i,
);

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
