/** Socket: how letters leave the house. `MAILS=embedded` writes them as files; `smtp` hands them to the body's own mail server. */
import { z } from 'zod';
import type { Health, Result } from '../result.ts';

export interface Mail {
  /** Ours, the same at every try: the Message-ID comes from it, so that a letter that arrives twice is seen to be one. */
  id: string;
  to: string;
  subject: string;
  /** Plain text. */
  text: string;
  /** An appointment for the reader's calendar, as iCalendar text. */
  calendar?: { name: string; method: 'PUBLISH' | 'CANCEL'; content: string };
}

/**
 * Business outcomes never throw. `invalid`: this letter will never be taken (address refused) · `down`: not taken, or nobody knows whether it was;
 * trying again may send it twice, with the same Message-ID.
 */
export interface Mails {
  name: string;
  health(): Promise<Health>;
  send(mail: Mail): Promise<Result<{ messageId: string }>>;
  close(): Promise<void>;
}

export interface MailsParts {
  dataDir: string;
}

/** Default export of a plug; `settings` are those its zod schema parsed. */
export type OpenMails = (parts: MailsParts, settings: unknown) => Promise<Mails>;

/** Shared by the plugs. */
export const senderSetting = z
  .string()
  .regex(
    /^[^\r\n]*[^\s<>@]+@[^\s<>@]+>?$/,
    'an address, sportello@comune.example, or one with a name before it: Comune <sportello@comune.example>',
  )
  .default('Sportello <sportello@localhost>')
  .describe('Sender of receipts and notices by e-mail.');
