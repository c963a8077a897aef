/** Patterns over symbols: `'THE? N|ORD OF? M !Y'` — `?` optional, `|` alternatives, `!A|B_C` not followed by A nor by B C, `&A` followed by A. */

export interface Matched {
  /** The argument of the nth such symbol: `arg('N')` of `N=3` is `'3'`; `''` when it has none, undefined when absent. */
  arg(symbol: string, nth?: number): string | undefined;
  has(symbol: string): boolean;
  /** Its number; A ("one") counts 1. */
  num(symbol: string, nth?: number): number;
}

export type Pattern = RegExp;

export function pattern(text: string): Pattern {
  const one = (symbol: string) =>
    symbol
      .split('_')
      .map((part) => (part.includes('=') ? `${part} ` : `${part}(?:=\\S+)? `))
      .join('');
  const source = text.split(' ').map((element) => {
    const ahead = element.startsWith('!') ? '?!' : element.startsWith('&') ? '?=' : null;
    if (ahead) return `(${ahead}${element.slice(1).split('|').map(one).join('|')})`;
    const optional = element.endsWith('?');
    const symbols = (optional ? element.slice(0, -1) : element).split('|').map(one).join('|');
    return `(?:${symbols})${optional ? '?' : ''}`;
  });
  return new RegExp(source.join(''), 'y');
}

/** What a pattern takes at a place of the symbols, or `null`. */
export function matchAt(symbols: string, offset: number, shape: Pattern): { matched: Matched; length: number } | null {
  shape.lastIndex = offset;
  const match = shape.exec(symbols);
  return match?.[0] ? { matched: reader(match[0]), length: match[0].length } : null;
}

function reader(text: string): Matched {
  const tokens = text
    .trim()
    .split(' ')
    .map((token) => token.split('=') as [string, string?]);
  const arg = (symbol: string, nth = 0) => {
    const token = tokens.filter(([name]) => name === symbol)[nth];
    return token ? (token[1] ?? '') : undefined;
  };
  return {
    arg,
    has: (symbol) => tokens.some(([name]) => name === symbol),
    num: (symbol, nth = 0) => Number(arg(symbol, nth) ?? (symbol === 'N' && arg('A') !== undefined ? 1 : Number.NaN)),
  };
}
