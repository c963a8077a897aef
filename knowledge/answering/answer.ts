/** answerQuestion: the steps 6–10 in order. Each can be run alone (`ask --step`). */
import type { Composer } from '../composers/contract.ts';
import type { IndexFilter } from '../indexes/contract.ts';
import type { Say } from '../languages/speak.ts';
import type { Office } from '../offices.ts';
import { competentOffice } from '../offices.ts';
import type { Given, KeptAnswers } from './kept-answers.ts';
import { type CalibrationModel, MODEL } from './calibration.ts';
import { citeSources } from './cite.ts';
import { type Confidence, weighConfidence } from './confidence.ts';
import { checkGrounds, type GroundedDraft } from './ground.ts';
import { inStep } from './in-step.ts';
import type { Answer, Draft, Question, RankedPassage, UnderstoodQuestion } from './question.ts';
import { answerIntent, askBack, onTopic, refuse } from './refuse.ts';
import type { Retriever } from './retrieve.ts';
import { standingOf } from './standing.ts';
import { type Understood, understandQuestion } from './understand.ts';
import { questionsIn, together } from './understanding/compound.ts';
import { glossOf, needsGloss } from './understanding/gloss.ts';
import { isNamedOutright, isSaidOutright, whichIsMeant } from './understanding/which.ts';
import { withoutPersonal } from './understanding/without-personal.ts';

const PASSAGES = 10;
/** A question that may stand alone is taken to, when its passages are surer of it by this much. */
const FOLLOWS = 0.05;
const MOST_GAIN = 0.25;
/** An answer to a follow-up holds at least this much of what the message itself names. */
const OWN_SHARE = 0.5;
/** How far below certainty a question stays that was understood in part. */
const BELOW = 0.001;

export interface AnsweringParts {
  retriever: Retriever;
  composer: Composer;
  languages: string[];
  speech(lang: string): Say;
  offices(): Office[];
  /** The collection's own calibration; absent = the one that comes with the project. */
  calibration?(): CalibrationModel;
  /** Answers given before; absent = each is made anew. */
  kept?: KeptAnswers;
  onSurprise?(error: unknown): void;
}

export interface Steps {
  understood: UnderstoodQuestion;
  passages: RankedPassage[];
  draft: Draft;
  grounded: GroundedDraft;
  confidence: Confidence;
}

export interface Answering {
  /** Never throws: a surprise is `failed`. */
  answer(question: Question, origin?: string): Promise<Answer>;
  /** What is kept for the question; null = it would have to be worked for. */
  known(question: Question, origin?: string): Answer | null;
  /** The same question, with everything in between. */
  steps(question: Question): Promise<Steps>;
}

export function createAnswering(parts: AnsweringParts): Answering {
  const { isTitled, revision } = parts.retriever;
  const understanding = { languages: parts.languages, isTitled, revision };
  const understand = (question: Question, inOneBreath = false) => understandQuestion(question, understanding, inOneBreath);

  function steps({ alone, following, leaning }: Understood, inOneBreath = false): Promise<Steps> {
    if (!following) return weigh(alone);
    return leaning === 'yes' ? weigh(following) : weighBoth(alone, following, inOneBreath);
  }

  async function weighBoth(alone: UnderstoodQuestion, following: UnderstoodQuestion, inOneBreath: boolean): Promise<Steps> {
    // Words alone do not tell: what the documents say of the one and of the other does. A question that they answer by itself is a new one.
    const single = await weigh(alone);
    const { bands } = parts.calibration?.() ?? MODEL;
    // Nor is one taken to that even the most that can be gained would leave uncertain: what the words said before add need not be worked out.
    if (!inOneBreath && (single.confidence.p >= bands.answer || single.confidence.p + MOST_GAIN < bands.answer)) return single;
    const joined = await weigh(following);
    if (single.confidence.p > joined.confidence.p + FOLLOWS || !speaksOf(single, joined)) return single;
    // What its own words cannot find, the words said before do not make certain; and what they do not make certain is refused in its own words.
    const p = Math.min(joined.confidence.p, single.confidence.p + MOST_GAIN);
    const taken = inOneBreath || p >= bands.answer;
    return taken ? { ...joined, confidence: { ...joined.confidence, p } } : single;
  }

  async function weigh(whole: UnderstoodQuestion): Promise<Steps> {
    const asked = inKnownWords(withoutPersonal(whole, parts.retriever.isHeld));
    const { question } = asked;
    const understood = asked.kind === 'question' ? { ...asked, topic: parts.retriever.topic(asked) } : asked;
    const passages = understood.kind === 'question' ? await parts.retriever.retrieve(understood, filterOf(question), PASSAGES) : [];
    const quoted = await (passages.length > 0 ? parts.composer.compose(understood, passages) : { sentences: [], generated: false });
    const held = checkGrounds(quoted, passages);
    await inStep;
    const weighed = weighConfidence(understood, passages, held, parts.calibration?.());
    const { bands } = parts.calibration?.() ?? MODEL;
    // Certainty was never fitted on words without a gloss: what looks alike by chance is named as near, no more.
    const most = asked.partly ? bands.answer - BELOW : needsGloss(asked.lang) ? bands.refuse - BELOW : 1;
    const confidence = weighed.p <= most ? weighed : { ...weighed, p: most };
    // Quotations decide whether there is an answer; a model only words one, so that what is refused is the same with every composer.
    const answers = held.sentences.length > 0 && confidence.p >= bands.answer;
    if (!answers || !parts.composer.reword) return { understood, passages, draft: quoted, grounded: held, confidence };
    const draft = await parts.composer.reword(understood, passages, held);
    const grounded = draft.generated ? checkGrounds(draft, passages) : held;
    return { understood, passages, draft, grounded: grounded.sentences.length > 0 ? grounded : held, confidence };
  }

  /** Nothing said before counts, so that whoever asks the same gets the same. */
  const isAlone = ({ alone, following }: Understood): boolean => following === null && alone.kind === 'question';

  function decide(question: Question, origin: string, inOneBreath = false): Promise<Given> {
    const understood = understand(question, inOneBreath);
    const make = () => decideOn(question, understood, origin, inOneBreath);
    return parts.kept && !inOneBreath && isAlone(understood) ? parts.kept.give(question, origin, make) : make();
  }

  async function decideOn(question: Question, meant: Understood, origin: string, inOneBreath: boolean): Promise<Given> {
    await inStep;
    const { understood, passages, grounded, confidence } = await steps(meant, inOneBreath);
    await inStep;
    const lang = question.answerIn ?? understood.spoken ?? understood.lang;
    const say = parts.speech(lang);
    const { bands } = parts.calibration?.() ?? MODEL;
    if (understood.kind !== 'question') return { ...answerIntent(understood, say), lang };
    const near = confidence.p >= bands.refuse;
    const several = near && !inOneBreath ? whichIsMeant(passages, understood) : [];
    if (several.length > 0) return { ...askBack(several, say), lang };
    const isPlain = () => isNamedOutright(understood, passages) || isSaidOutright(understood, passages, grounded);
    if (grounded.sentences.length > 0 && (confidence.p >= bands.answer || (near && !understood.partly && isPlain()))) {
      const { text, citations } = citeSources(grounded, passages, origin);
      const source = passages.find(({ passage }) => passage.id === citations[0]?.passageId)?.passage.lang ?? lang;
      const framed = source === lang || source !== 'it' ? text : `${say('foreignQuote')}\n\n${text}`;
      return {
        outcome: 'answered',
        reason: '',
        text: framed,
        lang,
        citations,
        choices: [],
        ...(grounded.generated ? { generated: true } : {}),
      };
    }
    const offers = near || confidence.p >= bands.refuse / 2;
    const offered = offers ? onTopic(passages, understood, near) : [];
    if (near && offered.length > 0) return { ...askBack(offered, say), lang };
    const named = offered.length > 0;
    const offices = named ? passages.slice(0, 3).map(({ passage }) => passage.office) : [];
    const office = competentOffice(parts.offices(), understood.standalone, offices);
    // Words that the documents are not written in tell nothing about whose business it is.
    return { ...refuse(named ? offered : passages, named, office, say, needsGloss(lang)), lang };
  }

  /** Two or three questions at once, each with those before it; null when none of them is answered. */
  async function severally(questions: string[], question: Question, origin: string): Promise<Given | null> {
    const history = [...question.history];
    const answers: { question: string; answer: Answer }[] = [];
    for (const [i, text] of questions.entries()) {
      const answer = await decide({ ...question, text, history: [...history] }, origin, i > 0);
      answers.push({ question: text, answer: { ...answer, ms: 0 } });
      history.push({ role: 'citizen', text });
    }
    return together(answers, parts.speech(answers[0]?.answer.lang ?? 'it'));
  }

  return {
    steps: (question) => steps(understand(question)),
    known(question, origin = '') {
      const started = performance.now();
      if (!parts.kept || questionsIn(question.text).length > 1 || !isAlone(understand(question))) return null;
      const given = parts.kept.known(question, origin);
      return given && { ...given, ms: elapsed(started) };
    },
    async answer(question, origin = '') {
      const started = performance.now();
      try {
        await inStep;
        const questions = questionsIn(question.text);
        const several = questions.length > 1 ? await severally(questions, question, origin) : null;
        return { ...(several ?? (await decide(question, origin))), ms: elapsed(started) };
      } catch (error) {
        parts.onSurprise?.(error);
        const lang = question.lang ?? parts.languages[0] ?? 'it';
        const say = parts.speech(lang);
        return {
          outcome: 'failed',
          reason: 'error',
          text: say('failed'),
          lang,
          citations: [],
          choices: [{ title: say('person'), value: say('person') }],
          ms: elapsed(started),
        };
      }
    },
  };
}

function inKnownWords(asked: UnderstoodQuestion): UnderstoodQuestion {
  const gloss = asked.kind === 'question' && needsGloss(asked.lang) ? glossOf(asked.question.text, asked.lang) : null;
  if (!gloss) return asked;
  const { text, whole } = gloss;
  return { ...asked, question: { ...asked.question, text }, standalone: text, lang: 'it', spoken: asked.lang, partly: !whole };
}

/** Whether what answers the joined question holds enough of what this message itself names: else it answers the question before. */
function speaksOf({ understood: { topic } }: Steps, { grounded, passages }: Steps): boolean {
  const best = passages.find(({ passage }) => passage.id === grounded.sentences[0]?.passageId);
  return !topic || topic.words.length === 0 || !best || standingOf(topic, best).inAll() >= OWN_SHARE;
}

function filterOf(question: Question): IndexFilter {
  return { at: question.at, audience: question.audience, langs: null, office: null };
}

function elapsed(started: number): number {
  return Math.round((performance.now() - started) * 10) / 10;
}
