/** Something another service knows (when the bus comes): a tool of the list is read with what the citizen says, and its words are shown as its own. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Tools, ToolUse } from '../../connectors/tools/pinned.ts';
import { asks, onlyAsks, plain, resumes } from '../conversation/filling/control.ts';
import { emptyForm, field, type Field, type Form, type FormState, type Reading } from '../conversation/filling/form.ts';
import { askAgain, fillIn } from '../conversation/filling.ts';
import type { Speaker, TurnResult } from '../conversation/speaker.ts';
import { redact } from '../privacy/redact.ts';
import { readAction } from './booking/action.ts';
import { type ErrandDialog, type ErrandParts, reply, speak, stageOf, steers, type Turn, turnOf } from './errand.ts';

export const LOOK_UP = 'lookup';
const LONGEST_VALUE = 60;
const LONGEST_ANSWER = 1_000;

export interface LookUpParts extends ErrandParts {
  tools: Pick<Tools, 'uses' | 'read'>;
}

export function createLookUp(parts: LookUpParts): ErrandDialog {
  const uses = parts.tools.uses();
  const words = uses.flatMap((use) => use.words.map((word) => ({ use, word: ` ${plain(word)} ` })));
  const named = (text: string): ToolUse | undefined => {
    if (words.length === 0) return undefined;
    const said = ` ${plain(text).replaceAll('?', ' ').replace(/\s+/g, ' ')} `;
    return words.find(({ word }) => said.includes(word))?.use;
  };
  const formOf = (use: ToolUse): Form => ({
    name: use.name,
    fields: use.ask.map(valueField),
    refusal: 'change',
    confirm: () => ({ before: '', after: '', choices: [] }),
  });

  const take: Speaker = async (message, conversation) => {
    const turn = turnOf(parts, LOOK_UP, message, conversation);
    const stage = stageOf(conversation, LOOK_UP);
    const running = stage?.stage === 'form' || stage?.stage === 'paused' ? stage.form : null;
    // Asked for by its words, and not an answer that was offered: this one or another, it is asked about, not into.
    const wished = running?.offered?.includes(message.text) ? undefined : named(message.text);
    const use = wished ?? uses.find(({ name }) => name === running?.form);
    if (!use) return reply(turn, [turn.say('formNotUnderstood')], [turn.say('person')], null);
    const form = formOf(use);
    const state = running?.form === use.name ? running : emptyForm(use.name, randomUUID());
    const filled = stage?.stage === 'form' && !wished ? await fillIn(form, state, turn.heard) : await askAgain(form, state, turn.heard);
    return speak(turn, parts.ask, filled, { left: 'lookLeft', back: 'lookBackTo', ready: (done) => read(turn, use, form, done) });
  };

  async function read(turn: Turn, use: ToolUse, form: Form, state: FormState): Promise<TurnResult> {
    const { say } = turn;
    const { source } = use;
    const found = await parts.tools.read(use.name, state.values);
    if (found.kind === 'ok' && found.value.text.trim() !== '')
      return reply(turn, [say('lookAnswer', { source }), theirs(found.value.text)], [say('person')], null);
    if (found.kind !== 'invalid') return reply(turn, [say('lookDown', { source })], [say('person')], null);
    const why = say('lookRefused', { source, why: harmless(Object.values(found.fields).join(' ')) });
    if (use.ask.length === 0) return reply(turn, [why], [say('person')], null);
    const again = await askAgain(form, emptyForm(use.name, randomUUID()), turn.heard, [why]);
    return reply(turn, [...again.notes, again.ask.text], [...again.ask.choices, say('person')], { stage: 'form', form: again.state });
  }

  return {
    name: LOOK_UP,
    takes({ text }, conversation) {
      const stage = stageOf(conversation, LOOK_UP)?.stage;
      return stage === 'form' || (stage === 'paused' && resumes(text)) || (named(text) !== undefined && readAction(text) === null);
    },
    take,
    offers: () => null,
  };
}

/** Nothing personal leaves for another service. */
function valueField({ value, ask, type, options }: ToolUse['ask'][number]): Field {
  return field<string | number>({
    name: value,
    schema: type === 'number' ? z.number() : z.string().min(1).max(LONGEST_VALUE),
    read({ text, say, lang }, open): Reading {
      const said = text.trim();
      if (!open || steers(said) || readAction(said) !== null) return { kind: 'none' };
      if (options.length > 0) {
        const chosen = options.find((one) => plain(one) === plain(said));
        return chosen === undefined ? { kind: 'none' } : { kind: 'value', value: chosen };
      }
      if (redact(said) !== said) return { kind: 'wrong', text: say('lookNoData') };
      if (type === 'number') {
        const value = numberIn(said, lang);
        return value === null ? { kind: 'none' } : { kind: 'value', value };
      }
      return asks(said) === 'sure' || onlyAsks(said) || said.length > LONGEST_VALUE ? { kind: 'none' } : { kind: 'value', value: said };
    },
    ask: () => ({ text: `**${ask}**`, choices: options }),
    label: () => ask,
    show: (given) => String(given),
  });
}

/** "1.500" is one and a half in two of our languages, and fifteen hundred in the others. */
function numberIn(said: string, lang: string): number | null {
  const thousands = !['en', 'zh'].includes(lang) && /^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(said);
  const digits = (thousands ? said.replaceAll('.', '') : said).replace(',', '.');
  return /^-?\d+(?:\.\d+)?$/.test(digits) ? Number(digits) : null;
}

/** Words of others: no links, no marks that a channel would draw, no signs that turn a line round. */
const harmless = (text: string): string =>
  text
    .replace(/[^\P{C}\n]/gu, '')
    .replace(/\b(?:https?:\/\/|www\.)\S+/gi, '…')
    .replace(/[[\]()<>*_`#|~\\]/g, ' ')
    .replace(/[^\S\n]+/g, ' ')
    .trim()
    .slice(0, LONGEST_ANSWER);

const theirs = (text: string): string =>
  harmless(text)
    .split(/\n+/)
    .map((line) => `> ${line.trim()}`)
    .join('\n');
