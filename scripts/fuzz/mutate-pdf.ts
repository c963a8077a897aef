/** PDFs that no program writes: spoilt as bytes, in the words of the format, and in what a page draws, where the file around it stays whole and the reader gets to the page. */
import { mutateBytes, mutateText } from './mutate.ts';
import type { Random } from './random.ts';
import * as seeds from './seeds.ts';

const WORDS = [
  '<<',
  '>>',
  'obj',
  'endobj',
  'stream\n',
  'endstream',
  '/Length 999999999',
  '/Filter/FlateDecode',
  '/Kids[2 0 R]',
  '/Count 99999',
  '/Type/ObjStm',
  '/Encrypt 9 0 R',
  '/Prev 0',
  'xref\n',
  'trailer',
  'startxref\n0',
  '[',
  ']',
  '(((((',
  '9 0 R',
  '/JS(x)',
  'q '.repeat(50),
];
/** What a page may draw, with figures at the edge. */
const DRAWN = [
  'BT ',
  'ET ',
  '/F1 0 Tf ',
  '/F1 -99999 Tf ',
  '/F9 12 Tf ',
  '(parole lunghe abbastanza) Tj ',
  '[(a) -99999 (b) 1e30 (c)] TJ ',
  '<FEFF00410042> Tj ',
  '1 0 0 1 60 700 Tm ',
  '0 0 0 0 0 0 cm ',
  '1e38 0 0 1e38 0 0 cm ',
  'q ',
  'Q ',
  '3 Tr ',
  '1 1 1 rg ',
  '0 g ',
  '0 0 595 842 re f ',
  'BI /W 1 /H 1 ID x EI ',
  '/X Do ',
  '/GS gs ',
  '/Span <</ActualText (x)>> BDC ',
  'EMC ',
  '/Artifact BMC ',
  "(x) ' ",
  '1 2 (x) " ',
];

export function mutatePdf(random: Random): Uint8Array {
  const kind = random(5);
  if (kind === 0) return mutateBytes(random, seeds.PDF);
  const whole = Buffer.from(seeds.PDF).toString('latin1');
  // Many changes break the file; one or two are met by the parser of objects.
  const text =
    kind < 3
      ? mutateText(random, whole, WORDS, [whole], kind === 1 ? 8 : 2)
      : seeds.pdfOf(mutateText(random, seeds.PAGE, DRAWN, [seeds.PAGE], 6));
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
