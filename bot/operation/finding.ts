/** What the doctor finds: one line each. A noun: this file imports nothing. */
export interface Finding {
  /** What was looked at, one or two words. */
  name: string;
  /** `warning`: it works, and somebody should look at it. `wrong`: citizens are or will be without answers. */
  state: 'ok' | 'warning' | 'wrong';
  /** What there is, in one line; no secret and no address of a database. */
  says: string;
  /** What to do; empty when ok. */
  todo: string;
}

export const ok = (name: string, says: string): Finding => ({ name, state: 'ok', says, todo: '' });
export const warning = (name: string, says: string, todo: string): Finding => ({ name, state: 'warning', says, todo });
export const wrong = (name: string, says: string, todo: string): Finding => ({ name, state: 'wrong', says, todo });

/** An error in a few words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && error.code ? String(error.code) : '';
  // Some errors of the network carry several causes and no words of their own.
  return (code || error.message || error.name).replaceAll(/\w+:\/\/\S+/g, '…').slice(0, 200);
}
