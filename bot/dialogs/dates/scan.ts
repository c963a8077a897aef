/** Finds what a text names: at every place the rule that takes the most symbols. */
import { beginningsOf } from '../../../knowledge/languages/reading/beginnings.ts';
import { dayRules } from './day-rules.ts';
import { matchAt } from './grammar.ts';
import { hourRules } from './hour-rules.ts';
import type { Mention, Named, Today } from './mentions.ts';

/** Words between mentions: pauses, "no", "or", "rather"… */
export interface Sign {
  symbol: string;
  at: number;
}

export interface Scanned {
  mentions: Mention[];
  signs: Sign[];
  /** Where every symbol starts, for counting how many lie between. */
  starts: number[];
}

const SIGNS = ['NOT', 'ABOUT', 'NO', 'CANT', 'CORR', 'OR', 'INSTEADOF', 'MOVE', 'FROM', 'TO', 'BEFORE', ','];
type Rule = (typeof hourRules)[number] | (typeof dayRules)[number];
const RULES: Rule[] = [...hourRules, ...dayRules];

/** By a symbol's first letter: the rules that may begin with it. Most words are no symbol that any begins with. */
const rulesFrom = new Map<string, Rule[]>();
function rulesAt(letter: string): Rule[] {
  let rules = rulesFrom.get(letter);
  if (rules === undefined) {
    rules = RULES.filter(([{ source }]) => beginningsOf(source, false)?.some(({ text }) => text.startsWith(letter)) ?? true);
    rulesFrom.set(letter, rules);
  }
  return rules;
}

export function scan(symbols: string, today: Today): Scanned {
  const mentions: Mention[] = [];
  const signs: Sign[] = [];
  const starts: number[] = [];
  for (let at = 0; at < symbols.length; ) {
    const best =
      longest(symbols, at, today) ??
      again(
        symbols,
        at,
        mentions.findLast((one) => one.type !== 'part'),
        signs.at(-1),
      );
    const end = symbols.indexOf(' ', at) + 1;
    const to = best ? at + best.length : end;
    for (let place = at; place < to; place = symbols.indexOf(' ', place) + 1) {
      starts.push(place);
      const symbol = symbols.slice(place, symbols.indexOf(' ', place));
      if (SIGNS.includes(symbol)) signs.push({ symbol, at: place });
    }
    if (best) mentions.push({ ...best.named, from: at, to });
    at = to;
  }
  return { mentions, signs, starts };
}

function longest(symbols: string, at: number, today: Today): { named: Named; length: number } | null {
  let best: { named: Named; length: number } | null = null;
  for (const [shape, read] of rulesAt(symbols[at] as string)) {
    const found = matchAt(symbols, at, shape);
    if (!found || (best && found.length <= best.length)) continue;
    const named = read(found.matched, today);
    if (named) best = { named, length: found.length };
  }
  return best;
}

/** A bare number after "or", "rather" or a pause names what the one before it named: "alle 9 o 10", "il 23 o 24". */
function again(symbols: string, at: number, last: Mention | undefined, sign: Sign | undefined): { named: Named; length: number } | null {
  const number = /^N=(\d+) (?!M=|DAY|WEEK|MONTH|YEAR|HOUR|MIN|OCLOCK|AND HALF|AND QUART|MINUS|x)/.exec(symbols.slice(at, at + 40));
  if (!number || !last || !sign || sign.at < last.from || symbols.slice(sign.at, at).split(' ').length > 3) return null;
  if (!['OR', 'CORR', ','].includes(sign.symbol)) return null;
  const length = `N=${number[1]} `.length;
  if (last.type === 'hour') return { named: { type: 'hour', hour: { hour: Number(number[1]), minute: 0 } }, length };
  if (last.type === 'day' && last.day.day !== undefined) return { named: { type: 'day', day: { day: Number(number[1]) } }, length };
  return null;
}
