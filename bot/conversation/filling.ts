/** The form engine: one message and a state in, the next state and what to say out. It writes nothing; no model is needed and none can confirm. */
import type { Say } from '../../knowledge/languages/speak.ts';
import { acknowledges, asks, asksHours, chosen, corrects, goesBack, leaves, plain, postpones, saysNo, yesIn } from './filling/control.ts';
import type { Around, Asked, Checked, Field, Form, FormState, Reading } from './filling/form.ts';

/** After so many failures at one question a person is offered. */
export const MISSES = 3;
/** Whoever asks so many questions in a row is no longer at the form. */
export const ASIDES = 3;

export interface Heard {
  text: string;
  lang: string;
  now: Date;
  say: Say;
  /** Values found some other way (a button, a model): taken only if they pass the field's schema, and never a confirmation. */
  proposals?: Record<string, unknown>;
  /** Written before what was asked last was there, or pressed under something older: it confirms nothing. */
  stale?: boolean;
  /** The message that began the form: what it says is taken, nothing in it steers the form. */
  opening?: boolean;
}

export interface Filled {
  state: FormState;
  /** `asking`: the question stands in `ask` · `confirmed`: now it may be done · `question`: to be answered by the knowledge, then `ask` again · `aside`: the same,
   * and the form is put aside ·
   * `person`: offer one, the form stays open · `cancelled`, `paused`: the citizen left it · `stopped`: it cannot go on. */
  outcome: 'asking' | 'confirmed' | 'question' | 'aside' | 'person' | 'cancelled' | 'paused' | 'stopped';
  /** Said before the question. */
  notes: string[];
  ask: Asked;
}

const NOTHING: Asked = { text: '', choices: [] };

/** Takes a message into the form. Cost: every field reads the text once; checks of what changed. */
export async function fillIn(form: Form, before: FormState, heard: Heard): Promise<Filled> {
  const text = chosen(heard.text, before.offered);
  const around = aroundOf(before, { ...heard, text });
  const readings = form.fields.map((one) => [one, readOf(one, before, around)] as const);
  const given = readings.flatMap(([one, reading]) => (reading.kind === 'value' ? [{ field: one, value: reading.value }] : []));
  for (const [name, value] of Object.entries(heard.proposals ?? {})) {
    const known = form.fields.find((one) => one.name === name);
    if (known?.schema.safeParse(value).success) given.push({ field: known, value });
  }
  const news = given.filter(({ field, value }) => JSON.stringify(before.values[field.name]) !== JSON.stringify(value));
  const wrong = readings.find(([, reading]) => reading.kind === 'wrong');
  const heardNothing = given.length === 0 && !wrong;
  const state: FormState = structuredClone(before);
  const end = (outcome: Filled['outcome']): Filled => ({ state, outcome, notes: [], ask: NOTHING });
  const again = (outcome: Filled['outcome'], notes: string[] = []) => askNext(form, state, around, outcome, notes);

  if (heard.opening) {
    for (const { field, value } of news) put(form, state, field.name, value);
    return again('asking', wrong?.[1].kind === 'wrong' ? [wrong[1].text] : []);
  }
  const question = asks(text);
  const steers =
    leaves(text, form.own) || goesBack(text) || given.some(({ field }) => field.name === before.open || before.stage === 'confirming');
  if (
    (question === 'sure' && (news.length === 0 || text.includes('?') || asksHours(text))) ||
    (question === 'maybe' && news.length === 0 && !wrong && !steers)
  ) {
    state.interrupted = true;
    state.asides = (before.asides ?? 0) + 1;
    return again(state.asides >= ASIDES ? 'aside' : 'question');
  }
  state.interrupted = false;
  state.asides = 0;
  const refuses = text === heard.say('change') || saysNo(text);
  const button = plain(text) === plain(heard.say('cancel'));
  if (news.length === 0 && !wrong) {
    // "Annulla" alone, where cancelling is what the form does: yes or no?
    if (button && before.stage === 'confirming' && form.own?.test(plain(text))) return again('asking');
    if (button) return end('cancelled');
    if (before.stage === 'confirming') {
      const yes = yesIn(text, form.yes, given.length > 0 ? wordsOf(form, state, around) : undefined);
      if (yes !== null && heard.stale) return again('asking', [heard.say('formReadFirst')]);
      if (yes === 'strong' || (yes === 'weak' && !before.interrupted)) return end('confirmed');
    }
    if (leaves(text, form.own)) return end('cancelled');
    if (heardNothing && postpones(text)) return end('paused');
    if (goesBack(text)) {
      dropLast(form, state);
      return again('asking');
    }
    const brief = before.stage === 'confirming' && plain(text).split(' ').length <= 3 && yesIn(text) === null;
    if (brief || refuses || corrects(text)) {
      const pointed = form.fields.find((one) => !one.optional && one.called?.test(text) && before.values[one.name] !== undefined);
      if (pointed && given.length === 0) {
        if (pointed.reopen) put(form, state, pointed.name, pointed.reopen(before.values[pointed.name], around));
        else drop(form, state, pointed.name);
        return again('asking');
      }
    }
    if (before.stage === 'confirming' && refuses && heardNothing) {
      if (form.refusal === 'cancel') return end('cancelled');
      const labels = form.fields.filter((one) => !one.optional && before.values[one.name] !== undefined).map((one) => one.label(around));
      return {
        state,
        outcome: 'asking',
        notes: [],
        ask: { text: around.say('formWhatToChange'), choices: [...labels, around.say('cancel')] },
      };
    }
    const doubt = readings.find(([one, reading]) => reading.kind === 'doubt' && (one.name === before.open || !before.open));
    if (doubt?.[1].kind === 'doubt') {
      state.open = doubt[0].name;
      state.offered = doubt[1].ask.choices;
      return { state, outcome: 'asking', notes: [], ask: doubt[1].ask };
    }
    if (given.length > 0 || acknowledges(text)) return again('asking');
    return missed(around.say('formNotUnderstood'));
  }

  for (const { field, value } of news) {
    put(form, state, field.name, value);
  }
  if (wrong?.[1].kind === 'wrong' && news.length === 0) return missed(wrong[1].text, wrong[0].name);
  return again('asking', wrong?.[1].kind === 'wrong' ? [wrong[1].text] : []);

  function missed(why: string, name: string = state.open ?? ''): Promise<Filled> {
    const count = (state.misses[name] ?? 0) + 1;
    state.misses[name] = count;
    return again(count >= MISSES ? 'person' : 'asking', [why]);
  }
}

/** Begins a form, or asks its open question anew: checks what is known already. */
export function askAgain(form: Form, state: FormState, heard: Heard, notes: string[] = []): Promise<Filled> {
  return askNext(form, { ...structuredClone(state), asides: 0 }, aroundOf(state, heard), 'asking', notes);
}

/** Takes a value out again, with everything that was checked against it. */
export function drop(form: Form, state: FormState, name: string): void {
  delete state.values[name];
  state.given = state.given.filter((one) => one !== name);
  unsettle(form, state, name);
}

/** "Yes, at 12", "yes, for taxes": words of what was read back, said again. */
function wordsOf(form: Form, state: FormState, around: Around): RegExp {
  const shown = form.fields.map((one) => (state.values[one.name] === undefined ? '' : (one.show(state.values[one.name], around) ?? '')));
  const words = plain(shown.join(' '))
    .split(' ')
    .filter((word) => word.length > 2);
  return new RegExp(`\\b(?:alle|le|ore|al?|il|per|um|at|\\d+|uhr|h${words.map((word) => `|${word}`).join('')})\\b`);
}

function aroundOf(state: FormState, heard: Heard): Around {
  const { text, lang, now, say } = heard;
  return { text, lang, now, say, values: state.values, offered: state.offered, open: state.open };
}

function readOf(field: Field, state: FormState, around: Around): Reading {
  const reading = field.read(around, state.open === field.name);
  if (reading.kind !== 'value') return reading;
  const parsed = field.schema.safeParse(reading.value);
  return parsed.success ? { kind: 'value', value: parsed.data } : { kind: 'none' };
}

function put(form: Form, state: FormState, name: string, value: unknown): void {
  state.values[name] = value;
  state.given = [...state.given.filter((one) => one !== name), name];
  unsettle(form, state, name);
}

function unsettle(form: Form, state: FormState, name: string): void {
  state.stage = 'filling';
  state.checked = state.checked.filter((one) => one !== name);
  for (const one of form.fields) if (one.needs?.includes(name) && state.checked.includes(one.name)) unsettle(form, state, one.name);
}

function dropLast(form: Form, state: FormState): void {
  const last = state.given.findLast((name) => form.fields.some((one) => one.name === name && !one.optional));
  if (last) drop(form, state, last);
}

/** Checks what can be checked, then asks for the first thing that is missing, or reads everything back. */
async function askNext(form: Form, state: FormState, around: Around, outcome: Filled['outcome'], said: string[]): Promise<Filled> {
  const notes = [...said];
  const here = (): Around => ({ ...around, values: state.values });
  for (const field of form.fields) {
    const { name } = field;
    if (state.checked.includes(name)) continue;
    if (field.needs?.some((need) => !state.checked.includes(need))) continue;
    if (field.applies && !field.applies(state.values)) {
      delete state.values[name];
      state.checked.push(name);
      continue;
    }
    if (state.values[name] !== undefined) {
      const checked: Checked = field.check ? await field.check(state.values[name], here()) : { kind: 'ok', value: state.values[name] };
      if (checked.note) notes.push(checked.note);
      if (checked.kind === 'stop') return { state, outcome: 'stopped', notes, ask: NOTHING };
      if (checked.kind === 'ok') {
        state.values[name] = checked.value;
        state.checked.push(name);
        state.misses[name] = 0;
        continue;
      }
      if (checked.kind === 'more') {
        state.values[name] = checked.value;
        state.misses[name] = 0;
        return asking(name, checked.ask);
      }
      drop(form, state, name);
      const misses = (state.misses[name] ?? 0) + 1;
      state.misses[name] = misses;
      if (misses >= MISSES && outcome === 'asking') return { ...asking(name, await field.ask(here())), outcome: 'person' };
    }
    if (field.optional) continue;
    return asking(name, await field.ask(here()));
  }
  const { before, after, choices } = form.confirm(here());
  const lines = form.fields.flatMap((one) => {
    const shown = state.values[one.name] === undefined ? null : one.show(state.values[one.name], here());
    return shown === null ? [] : [`- **${one.label(here())}**: ${shown}`];
  });
  state.stage = 'confirming';
  state.open = null;
  state.offered = [];
  return { state, outcome, notes, ask: { text: [before, lines.join('\n'), after].filter(Boolean).join('\n\n'), choices } };

  function asking(name: string, ask: Asked): Filled {
    state.stage = 'filling';
    state.open = name;
    state.offered = ask.choices;
    return { state, outcome, notes, ask };
  }
}
