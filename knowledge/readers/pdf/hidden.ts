/** Text that a page holds but does not show: written in invisible mode, or white where nothing coloured was painted. */
import type { getDocumentProxy } from 'unpdf';
import { getResolvedPDFJS } from 'unpdf';

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>['getPage']>>;

export interface Hidden {
  /** What was written unseen, in the order of writing; empty when there is none. */
  text: string;
  /** Whether a piece of the page's text is such. */
  holds(piece: string): boolean;
}

const NOTHING: Hidden = { text: '', holds: () => false };
const INVISIBLE = 3;
const CLIP_ONLY = 7;
const LEAST_GROUND = 10;

const bare = (text: string) => text.normalize('NFKC').replace(/\s+/g, '');

/** Cost grows with the page's drawing operations. A page whose text is mostly unseen is a scan with its recognised text: nothing of it is hidden. */
export async function hiddenOn(page: Page): Promise<Hidden> {
  const { OPS } = await getResolvedPDFJS();
  const { fnArray, argsArray } = await page.getOperatorList();
  const stack: { white: boolean; mode: number }[] = [];
  let now = { white: false, mode: 0 };
  let ground = false;
  let visible = '';
  const unseen: { text: string; mode: boolean }[] = [];
  for (const [i, operation] of fnArray.entries()) {
    const args = argsArray[i] as unknown[];
    if (operation === OPS.save) stack.push({ ...now });
    else if (operation === OPS.restore) now = stack.pop() ?? now;
    else if (operation === OPS.setTextRenderingMode) now.mode = Number(args[0]);
    else if (operation === OPS.setFillRGBColor) now.white = isWhite(args);
    else if (operation === OPS.setFillColorN) now.white = false;
    else if (operation === OPS.constructPath) ground ||= !now.white && isFill(args, OPS) && isLarge(args[2]);
    else if (operation === OPS.paintImageXObject || operation === OPS.shadingFill) ground = true;
    else if (operation === OPS.showText) {
      const text = glyphs(args[0]);
      const byMode = now.mode === INVISIBLE || now.mode === CLIP_ONLY;
      if (byMode || now.white) unseen.push({ text, mode: byMode });
      else visible += text;
    }
  }
  const isHidden = (run: { mode: boolean }) => run.mode || !ground;
  const text = unseen
    .filter(isHidden)
    .map((run) => run.text)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  const all = bare(text);
  const shown = bare(
    visible +
      unseen
        .filter((run) => !isHidden(run))
        .map((run) => run.text)
        .join(''),
  );
  if (all.length === 0 || all.length > shown.length) return NOTHING;
  return { text, holds: (piece) => bare(piece).length > 1 && all.includes(bare(piece)) && !shown.includes(bare(piece)) };
}

function glyphs(shown: unknown): string {
  if (!Array.isArray(shown)) return '';
  return shown
    .map((glyph) =>
      typeof glyph === 'object' && glyph !== null && 'unicode' in glyph ? String((glyph as { unicode: unknown }).unicode) : '',
    )
    .join('');
}

/** `#ffffff`, or three numbers up to 255, as versions of the library differ. */
function isWhite(args: unknown[]): boolean {
  if (typeof args[0] === 'string') return /^#f[b-f]f[b-f]f[b-f]$/i.test(args[0]);
  return args.length >= 3 && args.slice(0, 3).every((part) => Number(part) >= 251);
}

function isFill(args: unknown[], OPS: Record<string, number>): boolean {
  const fills = [OPS['fill'], OPS['eoFill'], OPS['fillStroke'], OPS['eoFillStroke'], OPS['closeFillStroke'], OPS['closeEOFillStroke']];
  return fills.includes(Number(args[0]));
}

/** A hairline is no ground to write on. */
function isLarge(box: unknown): boolean {
  const [left = 0, bottom = 0, right = 0, top = 0] = Object.values((box ?? {}) as Record<string, number>);
  return right - left > LEAST_GROUND && top - bottom > LEAST_GROUND;
}
