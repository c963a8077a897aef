/** Plug: the body's own mail server. A pool of a few connections; a password never goes over a line that is not encrypted. */
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { type Health, ok, type Result } from '../result.ts';
import { type Mail, type Mails, type MailsParts, senderSetting } from './contract.ts';
import { isAddress, letterOf } from './letter/letter.ts';

const ANSWER_MS = 10_000;
const HEALTH_MS = 60_000;

export const settings = z.object({
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'the address of the mail server, smtps://user:password@host or smtp://host:587' })
    .describe('Mail server: smtps://user:password@host:465, or smtp://user:password@host:587 (STARTTLS). Needed with MAILS=smtp.'),
  MAIL_FROM: senderSetting,
});

export default async function open(_parts: MailsParts, given: unknown): Promise<Mails> {
  const { SMTP_URL, MAIL_FROM } = settings.parse(given);
  const url = new URL(SMTP_URL);
  const secure = url.protocol === 'smtps:';
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const transport = createTransport({
    pool: true,
    maxConnections: 2,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    // Without it a password would go in clear wherever the server offers no encryption.
    requireTLS: !secure && url.username !== '' && !local,
    ...(url.username && { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: ANSWER_MS,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
  });

  let seen: { at: number; health: Promise<Health> } | null = null;
  const look = () =>
    transport.verify().then(
      (): Health => ({ state: 'up', detail: `posta su ${url.hostname}` }),
      (error: unknown): Health => ({ state: 'down', detail: wordsOf(error) }),
    );

  return {
    name: 'smtp',
    async health() {
      // Asked by every probe: a server is no neighbour to be knocked at each time.
      if (!seen || Date.now() - seen.at > HEALTH_MS) seen = { at: Date.now(), health: look() };
      return seen.health;
    },
    async send(mail: Mail) {
      if (!isAddress(mail.to)) return { kind: 'invalid', fields: { to: 'non è un indirizzo e-mail' } };
      const letter = letterOf(mail, MAIL_FROM);
      try {
        await transport.sendMail(letter);
        return ok({ messageId: letter.messageId });
      } catch (error) {
        return troubleIn(error);
      }
    },
    close: async () => transport.close(),
  };
}

/** A lasting no about the letter itself is `invalid`; about us (the password, a policy of the connection) the operator can mend it. */
function troubleIn(error: unknown): Result<never> {
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  const reason = wordsOf(error);
  const aboutLetter = command === 'RCPT TO' || command === 'DATA' || code === 'EENVELOPE' || code === 'EMESSAGE';
  if (aboutLetter && responseCode !== undefined && responseCode >= 500) return { kind: 'invalid', fields: { to: reason } };
  return { kind: 'down', reason };
}

/** Servers repeat the address they refuse: it is no business of the log's. */
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/[^\s<>@]+@[^\s<>@]+/g, '…');
