/** A mail as nodemailer wants it; the same for every plug. */
import type { Mail } from '../contract.ts';

/** One address and nothing that could begin a header or name a second reader. */
export const isAddress = (text: string): boolean => text.length <= 254 && /^[^\s<>@,;:"()[\]\\]+@[^\s<>@,;:"()[\]\\]+$/.test(text);

/** Name of a letter's file where letters are files. */
export const fileOf = (id: string): string => `${id.replace(/[^\w.-]/g, '_')}.eml`;

export function letterOf({ id, to, subject, text, calendar }: Mail, from: string) {
  const domain = /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? 'localhost';
  return {
    from,
    to,
    subject: subject.replace(/[\r\n]+/g, ' '),
    text,
    messageId: `<${id.replace(/[^\w.-]/g, '.')}@${domain}>`,
    // Out-of-office programs are not to answer.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(calendar && { icalEvent: { method: calendar.method, filename: calendar.name, content: calendar.content } }),
  };
}
