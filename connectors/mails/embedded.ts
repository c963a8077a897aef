/** Plug: every letter a file in DATA_DIR/mails, for trying things out and for bodies that collect them with a program of their own. */
import { mkdir, open as openFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { createTransport } from 'nodemailer';
import { z } from 'zod';
import { ok } from '../result.ts';
import { type Mail, type Mails, type MailsParts, senderSetting } from './contract.ts';
import { fileOf, isAddress, letterOf } from './letter/letter.ts';

export const settings = z.object({ MAIL_FROM: senderSetting });

export default async function open({ dataDir }: MailsParts, given: unknown): Promise<Mails> {
  const { MAIL_FROM } = settings.parse(given);
  const folder = path.join(dataDir, 'mails');
  // Loaded with the first letter: an idle server needs the memory less than the library does.
  let composer: Promise<ReturnType<typeof composing>> | undefined;
  const composing = (create: typeof createTransport) => create({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    name: 'embedded',
    health: async () => ({ state: 'up', detail: `lettere in ${folder}` }),
    async send(mail: Mail) {
      if (!isAddress(mail.to)) return { kind: 'invalid', fields: { to: 'non è un indirizzo e-mail' } };
      const letter = letterOf(mail, MAIL_FROM);
      composer ??= import('nodemailer').then((library) => composing(library.createTransport));
      const { message } = await (await composer).sendMail(letter);
      await mkdir(folder, { recursive: true });
      const name = path.join(folder, fileOf(mail.id));
      // Whoever collects the files never sees half a letter.
      const file = await openFile(`${name}.part`, 'w', 0o600);
      try {
        await file.writeFile(message as Buffer);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${name}.part`, name);
      return ok({ messageId: letter.messageId });
    },
    close: async () => (await composer)?.close(),
  };
}
