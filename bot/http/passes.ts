/** Faults that pass by themselves or by an operator's hand, and that a sender should try again after: the database is away, the disk is full, too many messages wait. */

/** Of the network, of PostgreSQL (class 08, 53 and 57P: connection, resources, shutdown) and of SQLite (busy, read-only, I/O, full). */
const CODES = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|ENOSPC|EROFS|EMFILE|08...|53...|57P0.|25006)$/;
const SQLITE = [5, 6, 8, 10, 13, 14];
/** The drivers have no codes for these. */
const WORDS =
  /timeout exceeded when trying to connect|Connection terminated|The database is closed|is not queryable|Query read timeout|after calling end on the pool/;

export function passes(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'TooBusy') return true;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  // The low byte of an extended code is the kind of the fault.
  if (typeof errcode === 'number') return SQLITE.includes(errcode & 0xff);
  if (typeof code === 'string' && CODES.test(code)) return true;
  if (error instanceof AggregateError) return error.errors.some(passes);
  return WORDS.test(error.message);
}
