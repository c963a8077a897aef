/** Socket: payment notices (pagoPA). We look up and hand out a link; nobody pays here, and no card or account number ever passes. */
import { z } from 'zod';
import type { Database } from '../databases/contract.ts';
import type { Health, Result } from '../result.ts';

export type Operation = 'by_nav' | 'by_iuv';

/** `expired`: past its due date, and the body no longer takes it as it is. A notice that is late but can still be paid is `payable`. */
export type NoticeState = 'payable' | 'paid' | 'expired' | 'cancelled' | 'unknown';

export interface Notice {
  /** 18 digits, "codice avviso". */
  nav: string;
  iuv: string;
  /** Fiscal code of the body, 11 digits; '' = not known. */
  bodyCode: string;
  state: NoticeState;
  /** Null where the back office does not say. */
  amountCents: number | null;
  /** `YYYY-MM-DD`. */
  dueOn: string | null;
  paidOn: string | null;
  /** What it is for. Never shown to who has only guessed a number. */
  reason: string;
}

/** Business outcomes never throw. Only reading: there is no pay(). */
export interface Payments {
  name: string;
  capabilities(): Set<Operation>;
  health(): Promise<Health>;
  /** By notice number (18 digits). */
  find(nav: string): Promise<Result<Notice>>;
  /** By IUV alone, where the plug can: not_allowed: unsupported elsewhere. */
  findByIuv(iuv: string): Promise<Result<Notice>>;
  /** Where the notice can be paid; null when it cannot. Always an address of CHECKOUT. */
  payLink(notice: Notice): string | null;
  close(): Promise<void>;
}

/** pagoPA's own page for a notice number: the citizen copies number and body there. The host is the only one we ever link to for paying. */
export const CHECKOUT = 'https://checkout.pagopa.it/inserisci-dati-avviso';

export const payLink = ({ state }: Notice): string | null => (state === 'payable' || state === 'unknown' ? CHECKOUT : null);

export interface PaymentsParts {
  database: Database;
  /** Epoch milliseconds; tests bring their own. */
  now?: () => number;
}

/** Default export of a plug; `settings` are those its zod schema parsed. */
export type OpenPayments = (parts: PaymentsParts, settings: unknown) => Promise<Payments>;

/** Shared by the plugs. */
export const bodyCodeSetting = z
  .string()
  .regex(/^(\d{11})?$/, 'the 11 digits of the body’s fiscal code, or empty')
  .default('')
  .describe('Fiscal code of the body that issues payment notices, 11 digits.');
