/** A model's reply → sentences that can be checked. Whatever is not of the agreed form is no reply. */
import { z } from 'zod';
import { type Piece, piecesOf } from '../../answering/sentences.ts';

export interface Proposed {
  text: string;
  layout: Piece['kind'];
  /** Places in the list of passages that were sent, from 0. */
  passages: number[];
}

const MOST_SENTENCES = 12;
const form = z.object({
  answerable: z.boolean().default(true),
  sentences: z
    .array(z.object({ text: z.string().max(2_000), passages: z.array(z.string()).max(10) }))
    .max(50)
    .default([]),
});
/** Zero-width and direction signs, tag characters, controls: nothing a citizen reads. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Extended_Pictographic}]|\p{Variation_Selector}/gu;

/** Null when the reply cannot be read. A sentence that is several is split, so that each is checked by itself. */
export function readReply(reply: string, restore: (text: string) => string): { answerable: boolean; sentences: Proposed[] } | null {
  const from = reply.indexOf('{');
  const to = reply.lastIndexOf('}');
  if (from < 0 || to < from) return null;
  let data: unknown;
  try {
    data = JSON.parse(reply.slice(from, to + 1));
  } catch {
    return null;
  }
  const read = form.safeParse(data);
  if (!read.success) return null;
  const sentences = read.data.sentences.flatMap(({ text, passages }) => {
    const places = [...new Set(passages.flatMap((token) => placeOf(token)))];
    return piecesOf(tidy(restore(text))).map((piece): Proposed => ({ text: piece.text.trim(), layout: piece.kind, passages: places }));
  });
  return { answerable: read.data.answerable, sentences: sentences.slice(0, MOST_SENTENCES) };
}

function placeOf(token: string): number[] {
  const found = /^\W*P(\d{1,2})\W*$/i.exec(token);
  return found ? [Number(found[1]) - 1] : [];
}

/** Emphasis and headings go; everything else of Markdown is left for the check to refuse. */
function tidy(text: string): string {
  return text
    .normalize('NFC')
    .split('\n')
    .map((line) =>
      line
        .replace(INVISIBLE, '')
        .replace(/\*\*|__|`/g, '')
        .replace(/^\s*#{1,6}\s+/, '')
        .replace(/^\s*[*•–]\s+/, '- ')
        .replace(/\s+/g, ' '),
    )
    .join('\n');
}
