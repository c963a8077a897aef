/** Which page is meant. A question that names a thing of which there are several ("quanto costa il permesso?"): which one is meant is asked once, before anything is said. */
import { askedFactType, holdsFact, STRICT } from '../fact-type.ts';
import { wordsOf } from '../../indexes/analyzer.ts';
import { markersIn } from '../markers.ts';
import type { Draft, RankedPassage, UnderstoodQuestion } from '../question.ts';
import { ANY, OWN_WORDS } from '../held.ts';
import { standingOf } from '../standing.ts';
import { topicStems } from '../topic.ts';

/** More words than this say which one. */
const MOST_WORDS = 1;
/** One that scores this much of the best is as likely meant. */
const AS_LIKELY = 0.85;

/**
 * The best passage of each page whose title names the thing, says of which kind it is, and announces the asked fact, best first; empty when one does, or a page
 * is called by the thing's own name. What was said before tells which one: a follow-up is never asked. O(passages).
 */
export function whichIsMeant(passages: RankedPassage[], { topic, question, standalone }: UnderstoodQuestion): RankedPassage[] {
  const word = topic?.words[0];
  if (!topic || !word || topic.words.length > MOST_WORDS) return [];
  const type = askedFactType(question.text);
  if (type === 'other' || standalone !== question.text || question.history.length > 0) return [];
  const least = (passages[0]?.score ?? 0) * AS_LIKELY;
  const meant: RankedPassage[] = [];
  const kinds = new Set<string>();
  for (const ranked of passages) {
    const { passage, score } = ranked;
    if (score < least) continue;
    const { title, announces } = standingOf(topic, ranked).read;
    if (!word.stems.some((stem) => title.has(stem)) || !announces(type)) continue;
    const kind = [...topicStems(passage.title, passage.lang)].filter((stem) => !word.stems.includes(stem));
    if (kind.length === 0) return [];
    // Two pages that share another word are about one thing.
    if (kind.some((stem) => kinds.has(stem))) continue;
    for (const stem of kind) kinds.add(stem);
    meant.push(ranked);
  }
  return meant.length > 1 ? meant : [];
}

/** More words than this ask something of the thing. */
const NAME_WORDS = 4;

/**
 * Whether the question is a page's subject by name and nothing more ("tessera elettorale"), and only one page bears it: what was asked is then certain,
 * however little the words weigh. O(passages).
 */
export function isNamedOutright({ topic, question, standalone }: UnderstoodQuestion, passages: RankedPassage[]): boolean {
  if (!topic || topic.words.length === 0 || standalone !== question.text || question.history.length > 0) return false;
  if (askedFactType(question.text) !== 'other' || wordsOf(question.text).length > NAME_WORDS) return false;
  const bears = (ranked: RankedPassage) => {
    const { title } = standingOf(topic, ranked).read;
    return topic.words.every(({ stems }) => stems.some((stem) => title.has(stem)));
  };
  const [first] = passages;
  if (!first || !bears(first)) return false;
  const { documentId, lang } = first.passage;
  return !passages.some((ranked) => ranked.passage.documentId !== documentId && ranked.passage.lang === lang && bears(ranked));
}

/** Next to all of what is asked about, by weight; of words in another language each is said by one that means the same. */
const WHOLE = 0.9;
const WHOLE_IN_OTHERS = 0.75;

/**
 * Whether one quoted sentence, with what stands above it, names all that is asked about in the citizen's own words, and holds the kind of fact that is asked: to
 * ask "which of these?" would offer only what answers. O(words of the quoted passages).
 */
export function isSaidOutright({ topic, question, lang }: UnderstoodQuestion, passages: RankedPassage[], { sentences }: Draft): boolean {
  if (!topic || topic.words.length === 0) return false;
  const { otherBody, offTopic, personal, premise } = markersIn(question.text, () => '');
  if (otherBody || offTopic || personal || premise) return false;
  const type = askedFactType(question.text);
  if (!STRICT.has(type)) return false;
  return sentences.some(({ quote, passageId }) => {
    const quoted = passages.find(({ passage }) => passage.id === passageId);
    if (!quoted) return false;
    const own = quoted.passage.lang === lang;
    const counted = own ? OWN_WORDS : ANY;
    const least = own ? WHOLE : WHOLE_IN_OTHERS;
    const standing = standingOf(topic, quoted);
    // What the whole passage does not name, no sentence of it does.
    if (standing.inAll(counted) < least || !holdsFact(type, quote)) return false;
    const piece = standing.read.pieces.findIndex(({ text }) => text === quote);
    if (piece < 0) return false;
    return standing.inHeadedPiece(piece, counted, counted) >= least;
  });
}
