/** What checking a code says: the code in its one written form, or what is wrong and what to do, in Italian. */
export type CodeResult<T extends object = object> =
  | ({ kind: 'ok'; value: string } & T)
  /** Taken, but told: it may be right all the same. */
  | ({ kind: 'warning'; value: string; message: string } & T)
  | { kind: 'wrong'; message: string };

/** A result that is refused. */
export const wrong = (message: string): { kind: 'wrong'; message: string } => ({ kind: 'wrong', message });

/** Upper case without the spaces, dots and dashes people put in. */
export const bare = (text: string): string => text.toUpperCase().replace(/[\s.\-_/]/g, '');
