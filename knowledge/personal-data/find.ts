/** Finds personal data in what a citizen wrote. One engine for both masks: the one for good (bot/privacy/redact.ts) and the one that is put back (composers/model/mask.ts). */
import { mayFit } from '../languages/reading/sieve.ts';
import { ADDRESSES } from './addresses.ts';
import { BIRTHS } from './births.ts';
import { CODES } from './codes.ts';
import { CONTACTS } from './contacts.ts';
import { NAMES } from './names.ts';
import type { Needs, PersonalKind, PersonalSpan, Rule } from './rule.ts';
import { SPECIAL } from './special.ts';

export type { PersonalKind, PersonalSpan } from './rule.ts';

/** The first to claim a place keeps it: codes with a check digit before those without. */
const RULES: Rule[] = [...CONTACTS.slice(0, 1), ...CODES, ...CONTACTS.slice(1), ...BIRTHS, ...ADDRESSES, ...NAMES, ...SPECIAL];

/** Letters by which a rule is told: more would tell few texts more apart, and take more room. */
const TOLD_BY = 4;
/** By rule: whether a text holds what a finding begins with. */
const sieves: ((text: string) => boolean)[] = [];

/** One rule further; false once all have theirs. */
function sieveOneMore(): boolean {
  const rule = RULES[sieves.length];
  if (rule === undefined) return false;
  const begins = mayFit(rule.pattern, TOLD_BY);
  const words = rule.needs?.words;
  const holds = words === undefined ? null : mayHoldOne(words);
  sieves.push(holds ? (text) => begins(text) && holds(text) : begins);
  return true;
}

/** By expression: several rules need one of the same words. */
const holding = new Map<string, (text: string) => boolean>();

function mayHoldOne(words: string): (text: string) => boolean {
  const holds = holding.get(words) ?? mayFit(new RegExp(words, 'iu'), TOLD_BY);
  holding.set(words, holds);
  return holds;
}

/** Other spaces and dashes are read as the plain ones; signs of two units (emoji) make expressions slow. Lengths stay. */
const SPACES = /[\u00A0\u2000-\u200A\u202F\u3000]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
const OTHER_SIGNS = /[\ud800-\udbff\u00A0\u2000-\u200A\u202F\u3000\u2010-\u2015\u2212]/;

/** Spans in order, none over another. Cost grows with the length of the text, whatever it holds (100,000 signs: some 30 ms). */
export function findPersonal(text: string, leave: ReadonlySet<PersonalKind> = NONE): PersonalSpan[] {
  const plain = OTHER_SIGNS.test(text)
    ? text
        .replace(/[\ud800-\udbff][\udc00-\udfff]/g, '\u0001\u0001')
        .replace(SPACES, ' ')
        .replace(DASHES, '-')
    : text;
  let shouted: boolean | null = null;
  const held = heldIn(plain);
  let taken: Uint8Array | null = null;
  const spans: PersonalSpan[] = [];
  while (sieveOneMore());
  const asked = rulesBut(leave);
  for (let i = 0; i < asked.length; i++) {
    const { rule, least, capitals, needs, sieve } = asked[i] as Asked;
    if (held.digits < least || held.capitals < capitals || (needs !== null && !isMet(needs, held)) || !sieve(plain)) continue;
    const { pattern } = rule;
    pattern.lastIndex = 0;
    for (let found = pattern.exec(plain); found; found = pattern.exec(plain)) {
      if (rule.accept) shouted ??= plain === plain.toUpperCase();
      const range = rule.accept ? rule.accept(found, plain, shouted === true) : { start: found.index, end: pattern.lastIndex };
      if (!range) pattern.lastIndex = rule.passOver ? pattern.lastIndex : found.index + 1;
      else if (taken === null || !taken.subarray(range.start, range.end).includes(1)) {
        taken ??= new Uint8Array(text.length);
        taken.fill(1, range.start, range.end);
        spans.push({ kind: rule.kind, ...range });
        pattern.lastIndex = Math.max(range.end, found.index + 1);
      }
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}

/** A rule as each text asks for it. */
interface Asked {
  rule: Rule;
  /** Digits and capitals. */
  least: number;
  capitals: number;
  /** What else it needs; null = nothing. */
  needs: Needs | null;
  sieve(text: string): boolean;
}

/** By the kinds that are left: a handful of sets, each made once. */
const askedBut = new WeakMap<ReadonlySet<PersonalKind>, readonly Asked[]>();
const NONE: ReadonlySet<PersonalKind> = new Set();

/** All rules have their sieves by now. */
function rulesBut(leave: ReadonlySet<PersonalKind>): readonly Asked[] {
  let asked = askedBut.get(leave);
  if (asked === undefined) {
    asked = RULES.flatMap((rule, at): Asked[] => {
      const { digits = 0, capitals = 0, mixed, at: mail } = rule.needs ?? {};
      const needs = mixed || mail ? (rule.needs as Needs) : null;
      return leave.has(rule.kind) ? [] : [{ rule, least: digits, capitals, needs, sieve: sieves[at] as Asked['sieve'] }];
    });
    askedBut.set(leave, asked);
  }
  return asked;
}

/** What rules need, as far as asked for. */
interface Held {
  digits: number;
  /** At least as many as there are: letters beyond a to z may be some. */
  capitals: number;
  mixed: boolean | null;
  text: string;
}

/** Letters that fit others in capitals are named: whatever stands for a letter in a rule is one here. */
const MIXED = /[a-z\u017f\u212a][ .-]?\d|\d[a-z\u017f\u212a]/i;

function isMet({ mixed, at }: Needs, held: Held): boolean {
  if (mixed) held.mixed ??= MIXED.test(held.text);
  return !(mixed && !held.mixed) && !(at && !held.text.includes('@'));
}

function heldIn(text: string): Held {
  let digits = 0;
  let capitals = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits++;
    else if ((code >= 65 && code <= 90) || code >= 0x80) capitals++;
  }
  return { digits, capitals, mixed: null, text };
}

/** Compiles the rules, one in each round of the event loop: together they stand for half a second, which the first message should not wait for. */
export async function readyPersonal(stopped: () => boolean): Promise<void> {
  while (!stopped() && sieveOneMore()) await new Promise((resolve) => setImmediate(resolve));
  for (const { pattern } of RULES) {
    // Bytecode the first time, the machine's own the second.
    for (let times = 0; times < 2 && !stopped(); times++) {
      await new Promise((resolve) => setImmediate(resolve));
      pattern.lastIndex = 0;
      pattern.exec('Mi chiamo Anna e abito in via Roma 1.');
    }
  }
}

/** The text with each span replaced. */
export function replaceSpans(text: string, spans: PersonalSpan[], mark: (span: PersonalSpan, value: string) => string): string {
  let out = '';
  let at = 0;
  for (const span of spans) {
    out += text.slice(at, span.start) + mark(span, text.slice(span.start, span.end));
    at = span.end;
  }
  return out + text.slice(at);
}
