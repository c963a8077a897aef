/** Test questions as a file: a sheet (CSV) or JSON, out and in. Every mistake is told with its line. */
import { z } from 'zod';
import { readCsv } from '../../connectors/payments/embedded/read-csv.ts';
import { csvOf } from './archive/csv.ts';
import type { PageTest } from './tests.ts';

export type SheetTest = Omit<PageTest, 'id'>;

/** A line of the file and what is in it; `page` = code or title, as written. */
export interface ReadTest extends Omit<SheetTest, 'documentId' | 'lang'> {
  line: number;
  page: string;
  /** null = the page's own. */
  lang: string | null;
}

export interface Mistake {
  /** Of the sheet, or the place in the JSON list, from 1. */
  line: number;
  reason: string;
}

export const TITLES = ['pagina', 'tipo', 'domanda', 'lingua', 'punto'] as const;
type Column = (typeof TITLES)[number];
const NAMES: Record<Column, RegExp> = {
  pagina: /^(?:pagina|codice(?: (?:della )?pagina)?|document_?id)$/,
  tipo: /^(?:tipo|che cosa deve succedere|kind)$/,
  domanda: /^(?:domanda|question)$/,
  lingua: /^(?:lingua|lang)$/,
  punto: /^(?:punto|anchor)$/,
};
const NEEDED: Column[] = ['pagina', 'domanda'];
const KINDS: Record<PageTest['kind'], string> = { cites: 'deve rispondere', silent: 'non deve rispondere' };
const MOST = 5_000;

export const SHEET_TOO_LONG = `ha più di ${MOST} righe: dividilo`;

const given = z.object({
  page: z.string().trim().min(1, 'manca la pagina').max(300, 'la pagina non si chiama così'),
  kind: z.enum(['cites', 'silent'], `il tipo è «${KINDS.cites}» o «${KINDS.silent}»`),
  question: z.string('manca la domanda').trim().min(3, 'la domanda ha meno di 3 lettere').max(500, 'la domanda ha più di 500 lettere'),
  lang: z
    .string()
    .regex(/^[a-z]{2}$/, 'la lingua sono due lettere, come «it»')
    .nullable(),
  anchor: z.string().trim().min(1).max(100, 'il punto della pagina ha più di 100 lettere').nullable(),
});

/** Reads what `testsAsCsv` writes and what an office types into a spreadsheet. Throws nothing. */
export function readTestSheet(text: string): { tests: ReadTest[]; wrong: Mistake[] } {
  const [head, ...lines] = readCsv(text);
  if (!head) return { tests: [], wrong: [{ line: 1, reason: `il file è vuoto: la prima riga è «${TITLES.join(';')}»` }] };
  const columns = head.cells.map((cell) => TITLES.find((title) => NAMES[title].test(cell.toLowerCase().trim())));
  const missing = NEEDED.filter((title) => !columns.includes(title));
  if (missing.length > 0)
    return {
      tests: [],
      wrong: [
        {
          line: head.line,
          reason: `nella prima riga manca ${missing.map((title) => `«${title}»`).join(' e ')}: scrivi «${TITLES.join(';')}»`,
        },
      ],
    };
  if (lines.length > MOST) return { tests: [], wrong: [{ line: 1, reason: SHEET_TOO_LONG }] };
  return checked(
    lines.map(({ line, cells }) => {
      const cell = (title: Column) => unquoted(cells[columns.indexOf(title)] ?? '');
      return {
        line,
        value: {
          page: cell('pagina'),
          kind: kindOf(cell('tipo')),
          question: cell('domanda'),
          lang: cell('lingua').toLowerCase() || null,
          anchor: cell('punto').replace(/^#/, '') || null,
        },
      };
    }),
  );
}

/** A list of `{documentId, kind?, question, lang?, anchor?}`. Throws nothing. */
export function readTestList(text: string): { tests: ReadTest[]; wrong: Mistake[] } {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return { tests: [], wrong: [{ line: 1, reason: 'il file non è JSON' }] };
  }
  if (!Array.isArray(list)) return { tests: [], wrong: [{ line: 1, reason: 'il file JSON deve essere una lista di domande' }] };
  if (list.length > MOST) return { tests: [], wrong: [{ line: 1, reason: SHEET_TOO_LONG }] };
  return checked(
    list.map((entry: unknown, i) => {
      const { documentId, kind, question, lang, anchor } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<
        string,
        unknown
      >;
      return {
        line: i + 1,
        value: { page: documentId ?? '', kind: kind ?? 'cites', question, lang: lang ?? null, anchor: anchor ?? null },
      };
    }),
  );
}

function checked(lines: { line: number; value: unknown }[]): { tests: ReadTest[]; wrong: Mistake[] } {
  const tests: ReadTest[] = [];
  const wrong: Mistake[] = [];
  for (const { line, value } of lines) {
    const read = given.safeParse(value);
    if (read.success) tests.push({ line, ...read.data });
    else wrong.push({ line, reason: [...new Set(read.error.issues.map(({ message }) => message))].join('; ') });
  }
  return { tests, wrong };
}

function kindOf(cell: string): string {
  const said = cell.toLowerCase();
  if (said === '') return 'cites';
  return (Object.keys(KINDS) as PageTest['kind'][]).find((kind) => said === kind || said === KINDS[kind]) ?? said;
}

/** The mark that keeps a spreadsheet from taking a text for a formula. */
function unquoted(cell: string): string {
  return cell.replace(/^'(?=[=+\-@])/, '');
}

export function testsAsCsv(tests: SheetTest[]): string {
  return csvOf(
    [...TITLES],
    tests.map(({ documentId, kind, question, lang, anchor }) => ({
      pagina: documentId,
      tipo: KINDS[kind],
      domanda: question,
      lingua: lang,
      punto: anchor,
    })),
  );
}
