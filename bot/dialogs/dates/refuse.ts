/** Which of the things named are refused: "not Monday", "Monday I can't", "instead of Friday". */
import type { Mention } from './mentions.ts';
import type { Scanned, Sign } from './scan.ts';

/** The mentions that stand, in order, and the refused ones. */
export function withoutRefused(mentions: Mention[], { signs, starts }: Scanned): { kept: Mention[]; refused: Mention[] } {
  const refused = new Set<Mention>();
  const outside = signs.filter((sign) => !mentions.some((one) => one.from <= sign.at && sign.at < one.to && sign.symbol !== 'NOT'));
  const distance = (from: number, to: number) => starts.filter((start) => start >= from && start < to).length;
  const pauseBetween = (from: number, to: number) => outside.some(({ symbol, at }) => symbol === ',' && at >= from && at < to);
  const before = (sign: Sign) => mentions.filter((one) => one.to <= sign.at && !pauseBetween(one.to, sign.at));
  const next = (sign: Sign) => mentions.find((one) => one.from > sign.at && !pauseBetween(sign.at, one.from));
  const corrected = (from: number, to: number) => outside.some(({ symbol, at }) => symbol === 'CORR' && at > from && at < to);

  for (const sign of outside) {
    const behind = before(sign);
    const ahead = next(sign);
    if (sign.symbol === 'INSTEADOF' && ahead) refused.add(ahead);
    // "My card expires on the 3rd": a date, but not the one asked for.
    if (sign.symbol === 'ABOUT' && ahead && distance(sign.at, ahead.from) <= 4) refused.add(ahead);
    if (sign.symbol === 'NOT') {
      const near = ahead && distance(sign.at, ahead.from) <= 4 && !corrected(sign.at, ahead.from);
      if (near && !isFrom(ahead)) refused.add(ahead);
      else if (!ahead && behind.at(-1)) refuseBack(behind, sign);
    }
    if (sign.symbol === 'CANT') {
      if (behind.length > 0) refuseBack(behind, sign);
      else if (ahead && !isFrom(ahead) && !corrected(sign.at, ahead.from)) refused.add(ahead);
    }
    const last = behind.at(-1);
    if (sign.symbol === 'NO' && last && distance(last.to, sign.at) <= 1) refuseBack(behind, sign);
  }
  const moving = outside.some(({ symbol }) => symbol === 'MOVE');
  const days = mentions.filter((one) => one.type === 'day' && !refused.has(one));
  // "Move it from Monday to Tuesday": the first is the old day.
  const [first, second] = days;
  const towards = second && outside.some(({ symbol, at }) => symbol === 'TO' && distance(at, second.from) <= 2 && at < second.from);
  if (moving && first?.type === 'day' && second && (first.day.bound || towards)) refused.add(first);
  return { kept: mentions.filter((one) => !refused.has(one)), refused: [...refused] };

  /** The last thing named; its day too, when another day comes after. */
  function refuseBack(behind: Mention[], sign: Sign): void {
    const last = behind.at(-1);
    if (!last) return;
    refused.add(last);
    const later = (type: Mention['type']) => mentions.some((one) => one.from > sign.at && one.type === type);
    for (const one of behind) if (one.type !== last.type && later(one.type) && !later(last.type)) refused.add(one);
  }

  /** "Not before ten" refuses nothing that is named. */
  function isFrom(one: Mention): boolean {
    return (
      outside.some(({ symbol, at }) => symbol === 'BEFORE' && at === one.from) ||
      signs.some((s) => s.symbol === 'BEFORE' && s.at === one.from)
    );
  }
}
