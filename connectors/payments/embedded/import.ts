/** Payment notices from a CSV into the database: every wrong line is told with its number and what to do, the right ones are taken. */
import type { Database } from '../../databases/contract.ts';
import type { PaymentNoticeTable } from '../../databases/schema/cases.ts';
import { readCsv } from './read-csv.ts';

export interface ImportResult {
  /** Lines with a notice in them. */
  lines: number;
  added: number;
  changed: number;
  unchanged: number;
  /** Not taken. */
  wrong: { line: number; reason: string }[];
  /** Taken, but told. */
  warnings: { line: number; reason: string }[];
}

type Column = 'nav' | 'iuv' | 'amount' | 'due' | 'reason' | 'paid' | 'body';
const NAMES: Record<Column, RegExp> = {
  nav: /^(?:nav|numero ?avviso|codice ?avviso|avviso)$/,
  iuv: /^iuv$/,
  amount: /^(?:importo|amount|euro)(?: ?€| ?euro)?$/,
  due: /^(?:scadenza|data ?scadenza|due)$/,
  reason: /^(?:causale|descrizione|oggetto)$/,
  paid: /^(?:pagato|pagato il|data ?pagamento|stato)$/,
  body: /^(?:ente|codice ?fiscale ?ente|cf ?ente)$/,
};
const NEEDED: Column[] = ['nav', 'amount'];
const BATCH = 200;
const TITLES = 'nav;iuv;importo;scadenza;causale;pagato;ente';

/** `doubt`: what is to be told of a notice number that is taken all the same (a check digit). Throws nothing: a file that cannot be read is one wrong line. */
export async function importNotices(
  database: Database,
  text: string,
  parts: { now: number; doubt?(nav: string): string | null },
): Promise<ImportResult> {
  const result: ImportResult = { lines: 0, added: 0, changed: 0, unchanged: 0, wrong: [], warnings: [] };
  const [head, ...lines] = readCsv(text);
  if (!head) return { ...result, wrong: [{ line: 1, reason: `il file è vuoto: la prima riga è ${TITLES}` }] };
  const columns = columnsOf(head.cells);
  const missing = NEEDED.filter((name) => columns[name] === undefined);
  if (missing.length > 0)
    return {
      ...result,
      wrong: [
        { line: head.line, reason: `nell’intestazione manca ${missing.map((name) => TITLE[name]).join(' e ')}: la prima riga è ${TITLES}` },
      ],
    };
  result.lines = lines.length;
  const seen = new Map<string, number>();
  const rows: PaymentNoticeTable[] = [];
  for (const { line, cells } of lines) {
    const read = readLine((name) => cells[columns[name] ?? -1] ?? '', parts.now);
    if (typeof read === 'string') result.wrong.push({ line, reason: read });
    else if (seen.has(read.nav)) result.wrong.push({ line, reason: `l’avviso ${read.nav} è già alla riga ${seen.get(read.nav)}` });
    else {
      seen.set(read.nav, line);
      const doubt = parts.doubt?.(read.nav);
      if (doubt) result.warnings.push({ line, reason: doubt });
      rows.push(read);
    }
  }
  for (let from = 0; from < rows.length; from += BATCH) {
    const counts = await save(database, rows.slice(from, from + BATCH));
    result.added += counts.added;
    result.changed += counts.changed;
    result.unchanged += counts.unchanged;
  }
  return result;
}

const TITLE: Record<Column, string> = {
  nav: 'nav',
  iuv: 'iuv',
  amount: 'importo',
  due: 'scadenza',
  reason: 'causale',
  paid: 'pagato',
  body: 'ente',
};

function columnsOf(titles: string[]): Partial<Record<Column, number>> {
  const found: Partial<Record<Column, number>> = {};
  for (const [index, title] of titles.entries()) {
    const said = title
      .toLowerCase()
      .replace(/[_\s]+/g, ' ')
      .trim();
    for (const [name, pattern] of Object.entries(NAMES) as [Column, RegExp][]) if (pattern.test(said)) found[name] ??= index;
  }
  return found;
}

/** A row, or what is wrong in words. */
function readLine(cell: (name: Column) => string, now: number): PaymentNoticeTable | string {
  const nav = cell('nav')
    .replace(/[\s.-]/g, '')
    .replace(/^['=]+/, '');
  // Spreadsheets turn long numbers into 3,02E+17: the digits are lost.
  if (/e\+?\d/i.test(nav))
    return `il numero avviso «${cell('nav')}» è stato arrotondato dal foglio di calcolo: formatti la colonna come testo`;
  if (!/^[0-3]\d{17}$/.test(nav)) return `il numero avviso «${cell('nav')}» non ha 18 cifre che cominciano con 0, 1, 2 o 3`;
  const own = nav.startsWith('0') ? nav.slice(3) : nav.slice(1);
  const iuv = cell('iuv').replace(/\s/g, '') || own;
  if (iuv !== own) return `lo IUV «${iuv}» non è quello del numero avviso (${own})`;
  const amount = centsOf(cell('amount'));
  if (amount === null) return `l’importo «${cell('amount')}» non è un importo in euro, per esempio 123,45`;
  const due = cell('due') ? dayIn(cell('due')) : null;
  if (cell('due') && !due) return `la scadenza «${cell('due')}» non è una data, per esempio 30/06/2026`;
  const paid = paidIn(cell('paid'), now);
  if (paid === 'wrong') return `«${cell('paid')}» non dice se è pagato: scriva sì, no, annullato o la data del pagamento`;
  const body = cell('body').replace(/\s/g, '');
  if (body && !/^\d{11}$/.test(body)) return `il codice fiscale dell’ente «${body}» non ha 11 cifre`;
  const reason = cell('reason');
  if (/\b[A-Z]{2}\d{2}(?:\s?[A-Z\d]{4}){3,7}(?:\s?[A-Z\d]{1,3})?\b/i.test(reason) || hasCard(reason))
    return 'la causale contiene un numero di carta o di conto: lo tolga';
  if (reason.length > 300) return 'la causale è più lunga di 300 caratteri';
  return {
    nav,
    iuv,
    body_code: body,
    amount_cents: amount,
    due_on: due,
    reason,
    paid_on: paid === 'cancelled' ? null : paid,
    cancelled: paid === 'cancelled' ? 1 : 0,
    imported_at: new Date(now).toISOString(),
  };
}

/** "1.234,56", "1234.56", "€ 12" → cents; null = none of these, or nothing to pay. */
function centsOf(text: string): number | null {
  const said = text.replace(/€|euro|eur/gi, '').replace(/\s/g, '');
  const match =
    /^(\d{1,3}(?:[.'’]\d{3})+|\d{1,7})(?:,(\d{1,2}))?$/.exec(said) ?? /^(\d{1,3}(?:,\d{3})+(?=\.)|\d{1,7})(?:\.(\d{1,2}))?$/.exec(said);
  if (!match) return null;
  const cents = Number((match[1] ?? '').replace(/\D/g, '')) * 100 + Number((match[2] ?? '0').padEnd(2, '0'));
  return cents > 0 ? cents : null;
}

function dayIn(text: string): string | null {
  const said = text.trim();
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(said) ?? [];
  const [, d, m, y] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(said) ?? [];
  const date = `${year ?? y}-${(month ?? m ?? '').padStart(2, '0')}-${(day ?? d ?? '').padStart(2, '0')}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date ? null : date;
}

/** A day, null (not paid), `cancelled`, or `wrong`. "Yes" without a day is the day of the import. */
function paidIn(text: string, now: number): string | null | 'cancelled' | 'wrong' {
  const said = text.toLowerCase().trim();
  if (/^(?:|no|n|false|0|non pagato|da pagare|aperto)$/.test(said)) return null;
  if (/^(?:s[iì]|s|true|1|x|pagato|yes)$/.test(said)) return new Date(now).toISOString().slice(0, 10);
  if (/^annullat[oa]$/.test(said)) return 'cancelled';
  return dayIn(said) ?? 'wrong';
}

/** Thirteen digits or more that pass a card's check. */
function hasCard(text: string): boolean {
  return (text.match(/\d(?:[ -]?\d){12,18}/g) ?? []).some((found) => {
    const digits = [...found.replace(/\D/g, '')].reverse().map(Number);
    const sum = digits.reduce((all, digit, index) => all + (index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0);
    return digits.length <= 16 && sum % 10 === 0;
  });
}

async function save(database: Database, rows: PaymentNoticeTable[]): Promise<Pick<ImportResult, 'added' | 'changed' | 'unchanged'>> {
  return database.write(async (tx) => {
    const counts = { added: 0, changed: 0, unchanged: 0 };
    const navs = rows.map(({ nav }) => nav);
    const known = new Map(
      (await tx.selectFrom('payment_notice').selectAll().where('nav', 'in', navs).execute()).map((row) => [row.nav, row]),
    );
    for (const row of rows) {
      const before = known.get(row.nav);
      // "Paid" again, without a day: the day of the first import stands.
      const next = before?.paid_on && row.paid_on === row.imported_at.slice(0, 10) ? { ...row, paid_on: before.paid_on } : row;
      if (before && same(before, next)) counts.unchanged++;
      else {
        await tx
          .insertInto('payment_notice')
          .values(next)
          .onConflict((conflict) => conflict.column('nav').doUpdateSet(next))
          .execute();
        counts[before ? 'changed' : 'added']++;
      }
    }
    return counts;
  });
}

const same = (a: PaymentNoticeTable, b: PaymentNoticeTable): boolean =>
  (['iuv', 'body_code', 'due_on', 'reason', 'paid_on'] as const).every((name) => a[name] === b[name]) &&
  Number(a.amount_cents) === b.amount_cents &&
  Number(a.cancelled) === b.cancelled;
