/** A small PDF of headings and paragraphs: tagged, with title and language, so that it is read aloud in order. Western European letters; others become "?". */

export interface PdfText {
  title: string;
  /** `h` is a heading. */
  blocks: { kind: 'h' | 'p'; text: string }[];
}

const PAGE = { width: 595, height: 842, margin: 60 };
const SIZE = { h: 16, p: 11 };
const LEADING = 1.4;
/** Windows-1252 where it differs from Latin-1. */
const MORE: Record<string, number> = {
  '€': 0x80,
  '‚': 0x82,
  '„': 0x84,
  '…': 0x85,
  Š: 0x8a,
  Œ: 0x8c,
  Ž: 0x8e,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '•': 0x95,
  '–': 0x96,
  '—': 0x97,
  š: 0x9a,
  œ: 0x9c,
  ž: 0x9e,
};
const NARROW = new Set(" ijl.,:;'’!|()[]I-/ft");
const WIDE = new Set('mwMW@%—…');

/** Thousandths of the size, a little more than Helvetica's own. */
const widthOf = (letter: string): number =>
  NARROW.has(letter) ? 340 : WIDE.has(letter) ? 1020 : letter >= 'A' && letter <= 'Z' ? 760 : 570;

function wrapped(text: string, size: number): string[] {
  const most = ((PAGE.width - 2 * PAGE.margin) * 1000) / size;
  const long = (word: string) => [...word].reduce((sum, letter) => sum + widthOf(letter), 0);
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((one) => cut(one, most, long))) {
    const next = line ? `${line} ${word}` : word;
    if (line && long(next) > most) {
      lines.push(line);
      line = word;
    } else line = next;
  }
  return line ? [...lines, line] : lines;
}

/** A word longer than a line, such as an address of the web. */
function cut(word: string, most: number, long: (text: string) => number): string[] {
  if (long(word) <= most) return [word];
  const half = Math.ceil(word.length / 2);
  return [...cut(word.slice(0, half), most, long), ...cut(word.slice(half), most, long)];
}

function literal(text: string): string {
  const bytes = [...text.normalize('NFC')].map(
    (letter) => MORE[letter] ?? ((letter.codePointAt(0) ?? 63) < 256 ? (letter.codePointAt(0) ?? 63) : 63),
  );
  return `<${Buffer.from(bytes).toString('hex')}>`;
}
const unicode = (text: string): string => `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;

interface Marked {
  page: number;
  mcid: number;
  kind: 'h' | 'p';
}

/** Text of each page's drawing, and what is marked on it, in order of reading. */
function laidOut({ blocks }: PdfText): { drawings: string[]; marks: Marked[] } {
  const drawings: string[] = [''];
  const marks: Marked[] = [];
  let y = PAGE.height - PAGE.margin;
  let mcid = 0;
  for (const { kind, text } of blocks) {
    const size = SIZE[kind];
    const lines = wrapped(text, size);
    if (lines.length === 0) continue;
    const height = lines.length * size * LEADING;
    if (y - height < PAGE.margin && y < PAGE.height - PAGE.margin) {
      drawings.push('');
      y = PAGE.height - PAGE.margin;
      mcid = 0;
    }
    marks.push({ page: drawings.length - 1, mcid, kind });
    let drawing = `/${kind === 'h' ? 'H1' : 'P'} <</MCID ${mcid++}>> BDC BT /${kind === 'h' ? 'F2' : 'F1'} ${size} Tf ${(size * LEADING).toFixed(1)} TL ${PAGE.margin} ${(y - size).toFixed(1)} Td `;
    drawing += lines.map((line) => `${literal(line)} Tj`).join(' T* ');
    drawings[drawings.length - 1] += `${drawing} ET EMC\n`;
    y -= height + size * 0.6;
  }
  return { drawings, marks };
}

export function writePdf(text: PdfText): Buffer {
  const { drawings, marks } = laidOut(text);
  const objects: string[] = [];
  /** Numbers are known before the objects are: pages and tags name one another. */
  const [catalog, info, pages, tree, document, plain, bold] = [1, 2, 3, 4, 5, 6, 7];
  const pageOf = (n: number) => 8 + n * 2;
  const tagOf = (n: number) => 8 + drawings.length * 2 + n;
  objects[catalog ?? 0] =
    `<</Type /Catalog /Pages ${pages} 0 R /Lang (it-IT) /MarkInfo <</Marked true>> /StructTreeRoot ${tree} 0 R /ViewerPreferences <</DisplayDocTitle true>>>>`;
  objects[info ?? 0] = `<</Title ${unicode(text.title)} /Producer (Sportello)>>`;
  objects[pages ?? 0] = `<</Type /Pages /Count ${drawings.length} /Kids [${drawings.map((_, n) => `${pageOf(n)} 0 R`).join(' ')}]>>`;
  const perPage = drawings.map((_, n) => marks.flatMap((mark, at) => (mark.page === n ? [`${tagOf(at)} 0 R`] : [])));
  objects[tree ?? 0] =
    `<</Type /StructTreeRoot /K ${document} 0 R /ParentTree <</Nums [${perPage.map((tags, n) => `${n} [${tags.join(' ')}]`).join(' ')}]>>>>`;
  objects[document ?? 0] = `<</Type /StructElem /S /Document /P ${tree} 0 R /K [${marks.map((_, at) => `${tagOf(at)} 0 R`).join(' ')}]>>`;
  const font = (name: string) => `<</Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding>>`;
  objects[plain ?? 0] = font('Helvetica');
  objects[bold ?? 0] = font('Helvetica-Bold');
  drawings.forEach((drawing, n) => {
    objects[pageOf(n)] =
      `<</Type /Page /Parent ${pages} 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Resources <</Font <</F1 ${plain} 0 R /F2 ${bold} 0 R>>>> /Contents ${pageOf(n) + 1} 0 R /StructParents ${n} /Tabs /S>>`;
    objects[pageOf(n) + 1] = `<</Length ${drawing.length}>>\nstream\n${drawing}endstream`;
  });
  marks.forEach(({ page, mcid, kind }, at) => {
    objects[tagOf(at)] = `<</Type /StructElem /S /${kind === 'h' ? 'H1' : 'P'} /P ${document} 0 R /Pg ${pageOf(page)} 0 R /K ${mcid}>>`;
  });
  let file = '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n';
  const offsets: number[] = [];
  objects.forEach((object, number) => {
    offsets[number] = file.length;
    file += `${number} 0 obj\n${object}\nendobj\n`;
  });
  const start = file.length;
  const rows = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  file += `xref\n0 ${rows.length + 1}\n0000000000 65535 f \n${rows.join('')}trailer\n<</Size ${rows.length + 1} /Root ${catalog} 0 R /Info ${info} 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  // Everything above is one byte a letter.
  return Buffer.from(file, 'latin1');
}
