/** What a citizen reads when no passage answers: said plainly, the nearest pages, the competent office with its hours, a person. */
import type { Say } from '../languages/speak.ts';
import type { Office } from '../offices.ts';
import { escapeMarkdown } from './cite.ts';
import { ANY, EXACT, OWN_WORDS } from './held.ts';
import { type Standing, standingOf } from './standing.ts';
import type { Answer, Choice, Passage, RankedPassage, UnderstoodQuestion } from './question.ts';

const NEAREST = 3;
/** A passage is offered when its text says this much of what is asked about, or its title and headings this much in the citizen's own words. */
const SAYS = 0.6;
const NAMES = 0.4;

type Told = Pick<Answer, 'outcome' | 'reason' | 'text' | 'choices' | 'citations'>;

/**
 * Those that speak of what is asked about: a choice that does not would only puzzle. Pages about the thing stand before those that mention it. Only as many as are
 * offered, so that no more are looked at. `nearly`: any likeness will do. All of them when the question names nothing.
 */
export function onTopic(passages: RankedPassage[], { topic }: UnderstoodQuestion, nearly: boolean): RankedPassage[] {
  if (!topic || topic.words.length === 0) return passages;
  const nearest = new Nearest();
  const others: RankedPassage[] = [];
  const found: RankedPassage[] = [];
  for (const ranked of passages) {
    // What its title names is spoken of, however little else there is.
    if (standingOf(topic, ranked).inTitle(EXACT) < NAMES) others.push(ranked);
    else {
      found.push(ranked);
      if (nearest.add(ranked.passage)) return found;
    }
  }
  for (const ranked of others) {
    if (!isSpoken(standingOf(topic, ranked), nearly)) continue;
    found.push(ranked);
    if (nearest.add(ranked.passage)) return found;
  }
  return found;
}

function isSpoken(standing: Standing, nearly: boolean): boolean {
  const counted = nearly ? ANY : OWN_WORDS;
  const named = standing.inHeading(counted);
  return (nearly ? named > 0 : named >= NAMES) || standing.inAll(counted) >= SAYS;
}

/** Middle band: up to three nearest topics to choose from, "none of these", a person. */
export function askBack(passages: RankedPassage[], say: Say): Told {
  const choices = nearestTopics(passages).map((title) => ({ title, value: title }));
  return {
    outcome: 'clarify',
    reason: 'near_topic',
    text: say('nearTopics'),
    citations: [],
    choices: [...choices, same(say('none')), same(say('person'))],
  };
}

/** Lowest band. `near`: whether anything came close enough to be named. `foreign`: asked in words that no document has. */
export function refuse(passages: RankedPassage[], near: boolean, office: Office | null, say: Say, foreign = false): Told {
  const topics = near ? nearestTopics(passages) : [];
  const parts = [say(near || foreign || passages.length > 0 ? 'unanswerable' : 'offtopic')];
  if (office)
    parts.push(
      say('office', { office: office.name, address: office.address, hours: office.hours, phone: office.phone, email: office.email }),
    );
  parts.push(say('orPerson'));
  return {
    outcome: 'unanswerable',
    reason: passages.length === 0 ? 'no_passage' : near ? 'not_in_documents' : 'off_topic',
    text: parts.join('\n\n'),
    citations: [],
    choices: [...topics.map(same), same(say('person'))],
  };
}

/** Not a question to the documents: courtesy, emergency, a person asked for. */
export function answerIntent(understood: UnderstoodQuestion, say: Say): Told {
  const { kind, detail } = understood;
  const person = [same(say('person'))];
  if (kind === 'emergency')
    return { outcome: 'refused', reason: 'emergency', text: say(`emergency${detail}`), citations: [], choices: person };
  if (kind === 'human') return { outcome: 'refused', reason: 'human', text: say('orPerson'), citations: [], choices: person };
  const key =
    { greeting: 'hello', thanks: 'thanks', bye: 'bye', who: 'who', dropped: 'dropped', nothing: 'nothing' }[detail ?? ''] ?? 'hello';
  const choices =
    detail === 'greeting' || detail === 'nothing' ? ['suggestion1', 'suggestion2', 'suggestion3'].map((name) => same(say(name))) : [];
  return { outcome: 'refused', reason: 'smalltalk', text: say(key), citations: [], choices };
}

/** Distinct pages of the best passages, as questions a citizen could tap. */
function nearestTopics(passages: RankedPassage[]): string[] {
  const nearest = new Nearest();
  for (const { passage } of passages) if (nearest.add(passage)) break;
  return nearest.titles.map(escapeMarkdown);
}

/** As many pages as are offered, the first that come. */
class Nearest {
  readonly titles: string[] = [];
  readonly #pages: string[] = [];

  /** Whether no more are needed. */
  add({ title: page, headings }: Passage): boolean {
    if (!this.#pages.includes(page)) {
      const heading = headings.at(-1);
      const title = heading && heading !== page ? `${page}: ${heading}` : page;
      this.titles.push(title);
      const colon = title.indexOf(':');
      this.#pages.push(colon < 0 ? title : title.slice(0, colon));
    }
    return this.titles.length === NEAREST;
  }
}

function same(title: string): Choice {
  return { title, value: title };
}
