/** What a fit of a pattern may begin with, read from the pattern's own source. */

export interface Beginning {
  text: string;
  /** It stands where a word begins. */
  atWord: boolean;
  /** It stands where the text begins. */
  atStart: boolean;
}

/** What stands around all alternatives of a pattern. */
const FRAME = /^(\\b|\(\?<![^()]*\)|)\(\?:(.*?)\)(\\b|\(\?![^()]*\)|)$/s;

/** Sources of patterns of which a text fits one where it fits the whole. */
export function alternativesOf(source: string): string[] {
  const parts = split(source);
  if (parts === null) return [source];
  if (parts.length > 1) return parts.flatMap(alternativesOf);
  const [, before = '', inside = '', after = ''] = FRAME.exec(source) ?? [];
  const within = split(inside);
  return within === null || within.length < 2 ? [source] : within.map((part) => `${before}(?:${part})${after}`);
}

/** At the bars that stand in no group; null when a group is closed that was not opened. */
function split(source: string): string[] | null {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    const sign = source[at];
    if (sign === '\\') at++;
    else if (sign === '[') at += /^\[(?:\\.|[^\]\\])*/.exec(source.slice(at))?.[0].length ?? 1;
    else if (sign === '(') depth++;
    else if (sign === ')' && --depth < 0) return null;
    else if (sign === '|' && depth === 0) {
      parts.push(source.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, source.slice(from)];
}

/** The longest that are few enough. */
const LENGTHS = [8, 6, 5, 4, 3];
/** More beginnings than these take more time than they spare. */
const MOST = 2_000;
const CLASSES_SPELT = 12;

/** Text → whether what follows in the pattern goes on from it; false = it is long enough, or anything may follow. */
type Beginnings = Map<string, boolean>;

interface Part {
  begins: Beginnings;
  /** Fits only where a word or the text begins. */
  atWord: boolean;
  /** Fits only where the text begins. */
  atStart: boolean;
}

/** null when the pattern does not say. Zero-width conditions are left out: more may begin, never less. `small`: in small letters; `longest`: no longer ones. */
export function beginningsOf(source: string, small: boolean, longest = LENGTHS[0] as number): Beginning[] | null {
  for (const letters of LENGTHS.filter((letters) => letters <= longest)) {
    try {
      const { begins, atWord, atStart } = read(source, letters);
      const texts = [...new Set([...begins.keys()].map((text) => (small ? text.toLowerCase() : text)))];
      if (texts.some((text) => text === '' || [...text].some((sign) => sign.length > 1))) return null;
      // A word of another script begins for `\b` where the one before it does not end.
      return texts.map((text) => ({ text, atWord: atWord && /^[a-z\d]/i.test(text), atStart }));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return null;
}

function read(source: string, letters: number): Part {
  let at = 0;

  function either(): Part {
    const begins: Beginnings = new Map();
    let atWord = true;
    let atStart = true;
    do {
      const one = sequence();
      for (const [text, open] of one.begins) add(begins, text, open);
      atWord &&= one.atWord;
      atStart &&= one.atStart;
    } while (source[at] === '|' && ++at);
    return { begins, atWord, atStart };
  }

  function sequence(): Part {
    let begins: Beginnings = new Map([['', true]]);
    let atWord = false;
    let atStart = false;
    let first = true;
    let goesOn = true;
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const part = counted();
      atWord ||= first && part.atWord;
      atStart ||= first && part.atStart;
      first = false;
      // Once every beginning is long enough, the rest is only passed over.
      if (goesOn) begins = joined(begins, part.begins, letters);
      if (begins.size > MOST) throw new RangeError('too many');
      goesOn &&= [...begins.values()].includes(true);
    }
    return { begins, atWord, atStart };
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
    return { begins, atWord: part.atWord && !none, atStart: part.atStart && !none };
  }

  function single(): Part {
    const rest = source.slice(at);
    // Plain letters together; what is repeated is the last of them.
    const letters = /^[a-zà-ÿ ]{2,}(?![?*+{])|^[a-zà-ÿ ]+(?=[a-zà-ÿ ][?*+{])/.exec(rest)?.[0];
    if (letters) {
      at += letters.length;
      return one([letters]);
    }
    const group = /^\((?:\?(?::|<?[=!]|<\w+>))?/.exec(rest)?.[0];
    if (group) {
      at += group.length;
      const from = at;
      const inside = either();
      const condition = source.slice(from, at);
      at++;
      if (group === '(?<!' && WORD_BEFORE.has(condition)) return { ...nothing, atWord: true };
      return /[=!]$/.test(group) ? nothing : inside;
    }
    const signs = /^\[(?:\\.|[^\]\\])*\]/.exec(rest)?.[0];
    if (signs) {
      at += signs.length;
      const inside = signs.slice(1, -1);
      return /^[^\\^-]+$/.test(inside) && inside.length <= CLASSES_SPELT ? one([...inside]) : anything;
    }
    const escaped = /^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<\w+>|.)/s.exec(rest)?.[0];
    at += escaped?.length ?? 1;
    if (escaped === '\\b') return { ...nothing, atWord: true };
    if (escaped === '\\B') return nothing;
    if (escaped === '\\d') return one([...'0123456789']);
    if (escaped) return /^\\[^\w]$/.test(escaped) ? one([escaped.slice(1)]) : anything;
    const sign = rest[0] as string;
    if (sign === '^') return { ...nothing, atWord: true, atStart: true };
    if (sign === '$') return nothing;
    return sign === '.' ? anything : one([sign]);
  }

  return either();
}

/** No letter or digit before it. */
const WORD_BEFORE = new Set(['[a-z0-9]', '[\\p{L}\\d]', '[\\p{L}\\p{N}]']);

const nothing: Part = { begins: new Map([['', true]]), atWord: false, atStart: false };
const anything: Part = { begins: new Map([['', false]]), atWord: false, atStart: false };
const one = (signs: string[]): Part => ({ begins: new Map(signs.map((sign) => [sign, true])), atWord: false, atStart: false });

/** After which anything may follow once, anything may. */
function add(all: Beginnings, text: string, open: boolean): void {
  all.set(text, open && (all.get(text) ?? true));
}

function joined(left: Beginnings, right: Beginnings, letters: number): Beginnings {
  const all: Beginnings = new Map();
  for (const [text, open] of left) {
    if (!open) add(all, text, false);
    else for (const [more, on] of right) add(all, (text + more).slice(0, letters), on && text.length + more.length < letters);
  }
  return all;
}
