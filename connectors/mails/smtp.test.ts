import { afterEach, expect, test } from 'vitest';
import { type MailServer, startMailServer, USER } from './fixtures/mail-server.ts';
import openSmtp, { settings } from './smtp.ts';
import type { Mails } from './contract.ts';

const mail = { id: 'm1', to: 'anna@example.org', subject: 'Prova', text: 'Prova\n' };
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function start(): Promise<MailServer> {
  const server = await startMailServer();
  opened.push(server);
  return server;
}

async function client(url: string): Promise<Mails> {
  const mails = await openSmtp({ dataDir: '' }, { SMTP_URL: url });
  opened.push(mails);
  return mails;
}

test('a server that is not there, one that puts off and one that refuses our password are down: the letter is kept', async () => {
  const server = await start();
  const mails = await client(`smtp://${USER.name}:${encodeURIComponent(USER.password)}@127.0.0.1:${server.port}`);
  server.answer = { code: 451, text: 'Try later' };
  expect((await mails.send(mail)).kind).toBe('down');
  server.answer = { code: 552, text: 'Too big for anna@example.org' };
  const refused = await mails.send(mail);
  expect(refused.kind).toBe('invalid');
  expect(JSON.stringify(refused)).not.toContain('anna@');
  server.answer = null;
  expect((await mails.send(mail)).kind).toBe('ok');
  const stranger = await client(`smtp://${USER.name}:sbagliata@127.0.0.1:${server.port}`);
  expect((await stranger.send(mail)).kind).toBe('down');
  expect((await stranger.health()).state).toBe('down');
  const { port } = server;
  await mails.close();
  await stranger.close();
  await server.close();
  opened.length = 0;
  expect((await (await client(`smtp://127.0.0.1:${port}`)).send(mail)).kind).toBe('down');
});

test('settings: an address of a mail server and a sender, or words about what is wrong', () => {
  expect(settings.safeParse({ SMTP_URL: 'https://posta.example' }).success).toBe(false);
  expect(settings.safeParse({}).success).toBe(false);
  expect(settings.safeParse({ SMTP_URL: 'smtps://u:p@posta.example', MAIL_FROM: 'nessuno' }).success).toBe(false);
  expect(settings.parse({ SMTP_URL: 'smtp://posta.example' }).MAIL_FROM).toContain('@');
});
