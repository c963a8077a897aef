/** A composer with a model: its words are shown only where a passage holds them; in every other case the quotations are. */
import { randomBytes } from 'node:crypto';
import { askedFactType, holdsFact, STRICT } from '../../answering/fact-type.ts';
import type { Draft, DraftSentence, RankedPassage, UnderstoodQuestion } from '../../answering/question.ts';
import { supportOf, type Unsupported } from '../../answering/support.ts';
import type { Composer } from '../contract.ts';
import { composeExtract } from '../extractive.ts';
import type { AskModel, ModelMessage } from './ask.ts';
import { createBreaker } from './breaker.ts';
import { createBudget } from './budget.ts';
import { createMask } from './mask.ts';
import { promptFor, repairPrompt } from './prompt.ts';
import { type Proposed, readReply } from './reply.ts';

const PASSAGES_SENT = 5;
/** A passage this far behind the best one is noise to a model. */
const NEAR = 0.5;
/** Less of the reply than this, and the quotations say more. */
const ENOUGH = 0.5;
const LONGEST_WORDS = 150;

export interface ModelComposerParts {
  ask: AskModel;
  /** For both calls together. */
  timeoutMs: number;
  dailyTokens: number;
  now?(): number;
}

type Checked = { proposed: Proposed } & ({ sentence: DraftSentence } | { reason: Unsupported; detail: string });

export function createModelComposer({ ask, timeoutMs, dailyTokens, now = Date.now }: ModelComposerParts): Composer {
  const breaker = createBreaker(now);
  const budget = createBudget(dailyTokens, now);

  /** One call within the day's tokens; null when they do not reach. */
  async function call(messages: ModelMessage[], signal: AbortSignal): Promise<string | null> {
    const reservation = budget.reserve(messages.reduce((sum, message) => sum + message.content.length, 0));
    if (!reservation) return null;
    const { text, tokens } = await untilAborted(ask(messages, signal), signal);
    reservation.settle(tokens);
    return text;
  }

  async function compose(question: UnderstoodQuestion, sent: RankedPassage[], signal: AbortSignal): Promise<DraftSentence[] | null> {
    const mask = createMask();
    const seal = `=====${randomBytes(9).toString('hex')}=====`;
    const messages = promptFor(question, sent, mask, seal);
    const first = await call(messages, signal);
    if (first === null) return null;
    const reply = readReply(first, mask.restore);
    if (!reply) throw new Error('the model did not keep to the form');
    if (!reply.answerable || first.includes(seal.replaceAll('=', ''))) return null;
    const checked = reply.sentences.map((proposed) => check(proposed, sent));
    const failed = checked.flatMap((one) => ('reason' in one ? [{ text: one.proposed.text, reason: one.reason, detail: one.detail }] : []));
    if (failed.length > 0) {
      const second = await call(repairPrompt(messages, first, failed, mask), signal).catch(() => null);
      const repaired = second === null || second.includes(seal.replaceAll('=', '')) ? null : readReply(second, mask.restore);
      const mended = (repaired?.sentences ?? []).map((proposed) => check(proposed, sent));
      for (let i = 0; i < checked.length; i++)
        if ('reason' in (checked[i] as Checked)) checked[i] = mended.shift() ?? (checked[i] as Checked);
    }
    const kept = distinct(checked.flatMap((one) => ('sentence' in one ? [one.sentence] : [])));
    return kept.length >= checked.length * ENOUGH ? kept : null;
  }

  return {
    compose: composeExtract,
    async reword(question, passages, quoted, outer) {
      const sent = passagesFor(question, passages, quoted);
      if (sent.length === 0 || budget.exhausted() || !breaker.allows()) return quoted;
      const limit = new AbortController();
      const timer = setTimeout(() => limit.abort(new Error('the model took too long')), timeoutMs);
      const signal = outer ? AbortSignal.any([outer, limit.signal]) : limit.signal;
      try {
        const sentences = await compose(question, sent, signal);
        if (sentences === null && budget.exhausted()) breaker.released();
        else breaker.succeeded();
        return sentences && saysEnough(question, sentences, quoted) ? { generated: true, sentences } : quoted;
      } catch {
        // The citizen who left is no fault of the model.
        if (outer?.aborted) breaker.released();
        else breaker.failed();
        return quoted;
      } finally {
        clearTimeout(timer);
      }
    },
    state: () => (budget.exhausted() ? 'capped' : breaker.state()),
  };
}

/** The passage that was judged to answer, then others near it. Only in the question's language: a translation cannot be checked word by word. */
function passagesFor(question: UnderstoodQuestion, passages: RankedPassage[], quoted: Draft): RankedPassage[] {
  const judged = passages.find(({ passage }) => passage.id === quoted.sentences[0]?.passageId);
  if (!judged || judged.passage.lang !== question.lang) return [];
  const least = (passages[0]?.score ?? 0) * NEAR;
  const others = passages.filter((one) => one !== judged && one.passage.lang === question.lang && one.score >= least);
  return [judged, ...others].slice(0, PASSAGES_SENT);
}

function check(proposed: Proposed, sent: RankedPassage[]): Checked {
  const cited = proposed.passages.flatMap((place) => sent[place]?.passage ?? []);
  const support = supportOf(proposed.text, cited);
  if ('reason' in support) return { proposed, ...support };
  return { proposed, sentence: { text: proposed.text, layout: proposed.layout, ...support } };
}

/** The passage that decided is among those cited, the asked kind of fact is still there, and it is no essay. */
function saysEnough(question: UnderstoodQuestion, sentences: DraftSentence[], quoted: Draft): boolean {
  if (!sentences.some(({ passageId }) => passageId === quoted.sentences[0]?.passageId)) return false;
  const text = sentences.map((sentence) => sentence.text).join(' ');
  if (text.split(/\s+/).length > LONGEST_WORDS) return false;
  const type = askedFactType(question.question.text);
  return !STRICT.has(type) || holdsFact(type, text) || !holdsFact(type, quoted.sentences.map((sentence) => sentence.text).join(' '));
}

function distinct(sentences: DraftSentence[]): DraftSentence[] {
  return sentences.filter((sentence, i) => sentences.findIndex((other) => other.text === sentence.text) === i);
}

/** A library may not listen to the signal. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
