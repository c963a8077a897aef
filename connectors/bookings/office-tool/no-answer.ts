/** A server that gives no usable answer is an outcome, not a surprise. */
import type { Result } from '../../result.ts';

/** `sent`: a write may have been done. */
export class NoAnswer extends Error {
  sent: boolean;
  constructor(reason: string, sent: boolean) {
    super(reason);
    this.sent = sent;
  }
}

export async function told<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return error.sent ? { kind: 'unknown', reason: error.message } : { kind: 'down', reason: error.message };
  }
}
