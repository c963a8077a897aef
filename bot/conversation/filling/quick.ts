/**
 * Patterns that most messages do not fit, told apart before they run: a pattern that begins at a word must find one that begins with its first letters.
 * One pass over a message says so for all patterns at once. What a pattern may begin with is read from its own source, never written by hand.
 */

/** Letters looked at; seven bits each fit a small integer. */
const LETTERS = 4;
/** More beginnings than these tell nothing apart. */
const MOST = 5_000;
const CLASSES_SPELT = 12;

/** As a RegExp is asked. `text`: as `plain` writes it; any other is read too, only not sooner. */
export interface Quick {
  test(text: string): boolean;
}

const beginnings = new Map<number, number[]>();
let patterns = 0;

/** Answers what `pattern.test` answers. `pattern`: neither global nor sticky. */
export function quick(pattern: RegExp): Quick {
  if (pattern.global || pattern.sticky) throw new Error('A pattern that remembers where it was cannot be asked out of turn');
  const begun = /[i]/.test(pattern.flags) ? null : beginningsOf(pattern.source);
  if (!begun) return { test: (text) => pattern.test(text) };
  const id = patterns++;
  for (const beginning of begun) {
    const key = keyOf(beginning);
    beginnings.set(key, [...(beginnings.get(key) ?? []), id]);
  }
  return { test: (text) => mayFit(text, id) && pattern.test(text) };
}

const keyOf = (beginning: string): number => [...beginning].reduce((key, letter, index) => key | (letter.charCodeAt(0) << (7 * index)), 0);

interface Seen {
  text: string;
  /** Patterns there were when it was looked at. */
  count: number;
  /** One bit for each pattern; null = beyond these letters, so that every pattern may fit. */
  bits: Uint32Array | null;
}
/** A message is asked in two forms at most, with and without its question mark. */
let last: Seen = { text: '', count: 0, bits: null };
let before: Seen = last;

function mayFit(text: string, id: number): boolean {
  if (last.text !== text) {
    [last, before] = [before, last];
    if (last.text !== text) last = { text, count: patterns, bits: look(text) };
  }
  const { bits, count } = last;
  return bits === null || id >= count || ((bits[id >> 5] as number) & (1 << (id & 31))) !== 0;
}

const isWordLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95;

function look(text: string): Uint32Array | null {
  const bits = new Uint32Array((patterns >> 5) + 1);
  let within = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 126) return null;
    const begins = !within && isWordLetter(code);
    within = isWordLetter(code);
    if (!begins) continue;
    let key = 0;
    for (let index = 0; index < LETTERS && at + index < text.length; index++) {
      key |= (text.charCodeAt(at + index) & 127) << (7 * index);
      const ids = beginnings.get(key);
      if (ids) for (const id of ids) bits[id >> 5] = (bits[id >> 5] as number) | (1 << (id & 31));
    }
  }
  return bits;
}

/** Beginning → whether what follows in the pattern goes on from it; false = it is long enough, or anything may follow. */
type Beginnings = Map<string, boolean>;

interface Part {
  begins: Beginnings;
  /** Fits only where a word or the text begins. */
  atWord: boolean;
}

/** What a text must have a word begin with; null when the pattern does not say. Zero-width conditions are left out: more may begin, never less. */
export function beginningsOf(source: string): string[] | null {
  let at = 0;

  function either(): Part {
    const begins: Beginnings = new Map();
    let atWord = true;
    do {
      const one = sequence();
      for (const [text, open] of one.begins) add(begins, text, open);
      atWord &&= one.atWord;
    } while (source[at] === '|' && ++at);
    return { begins, atWord };
  }

  function sequence(): Part {
    let begins: Beginnings = new Map([['', true]]);
    let atWord = false;
    let first = true;
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const part = counted();
      atWord ||= first && part.atWord;
      first = false;
      begins = joined(begins, part.begins);
      if (begins.size > MOST) throw new RangeError('too many');
    }
    return { begins, atWord };
  }

  /** A part and how often it stands. */
  function counted(): Part {
    const part = single();
    const times = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(at))?.[0];
    if (!times) return part;
    at += times.length;
    const none = /^(?:[?*]|\{0)/.test(times);
    const begins: Beginnings = new Map();
    // What is repeated may be followed by itself.
    for (const [text, open] of part.begins) add(begins, text, open && times[0] === '?');
    if (none) add(begins, '', true);
    return { begins, atWord: part.atWord && !none };
  }

  function single(): Part {
    const rest = source.slice(at);
    const group = /^\((?:\?(?::|<?[=!]|<\w+>))?/.exec(rest)?.[0];
    if (group) {
      at += group.length;
      const inside = either();
      at++;
      return /[=!]$/.test(group) ? nothing : inside;
    }
    const letters = /^\[(?:\\.|[^\]\\])*\]/.exec(rest)?.[0];
    if (letters) {
      at += letters.length;
      const inside = letters.slice(1, -1);
      return /^[a-z\d ]+$/.test(inside) && inside.length <= CLASSES_SPELT ? one([...inside]) : anything;
    }
    const escaped = /^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<\w+>|.)/s.exec(rest)?.[0];
    at += escaped?.length ?? 1;
    if (escaped === '\\b') return { ...nothing, atWord: true };
    if (escaped === '\\B') return nothing;
    if (escaped) return /^\\[^\w]$/.test(escaped) ? one([escaped.slice(1)]) : anything;
    const letter = rest[0] as string;
    if (letter === '^') return { ...nothing, atWord: true };
    if (letter === '$') return nothing;
    return letter === '.' ? anything : one([letter]);
  }

  let whole: Part;
  try {
    whole = either();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  const texts = [...whole.begins.keys()];
  return whole.atWord && texts.every((text) => /^[a-z\d][\x20-\x7e]*$/.test(text)) ? texts : null;
}

const nothing: Part = { begins: new Map([['', true]]), atWord: false };
const anything: Part = { begins: new Map([['', false]]), atWord: false };
const one = (letters: string[]): Part => ({ begins: new Map(letters.map((letter) => [letter, true])), atWord: false });

/** After which anything may follow once, anything may. */
function add(all: Beginnings, text: string, open: boolean): void {
  all.set(text, open && (all.get(text) ?? true));
}

function joined(left: Beginnings, right: Beginnings): Beginnings {
  const all: Beginnings = new Map();
  for (const [text, open] of left) {
    if (!open) add(all, text, false);
    else for (const [more, on] of right) add(all, (text + more).slice(0, LETTERS), on && text.length + more.length < LETTERS);
  }
  return all;
}
