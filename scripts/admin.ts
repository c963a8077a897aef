/** npm run -s admin -- create-user --name N --role R [--office O] --password-stdin · admin -- set-password|reset-second-factor|disable-user --name N · admin -- audit verify · admin -- audit who --citizen ID · admin -- import-payments FILE · admin -- export|erase --citizen ID · admin -- export-knowledge|import-knowledge FILE · admin -- dead-letters · admin -- retry inbox/N|outbox/N */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { decode } from '../connectors/payments/embedded/read-csv.ts';
import { BadCommand } from '../bot/control.ts';
import { finish, readArguments } from '../bot/command-line.ts';
import { runCommand } from './run-command.ts';

const USAGE =
  'Use: admin -- create-user --name N --role agent|editor|supervisor|administrator [--office O] --password-stdin, or: admin -- set-password --name N --password-stdin, or: admin -- reset-second-factor|disable-user --name N, or: admin -- audit verify, or: admin -- audit who --citizen ID, or: admin -- import-payments FILE, or: admin -- export --citizen ID, or: admin -- erase --citizen ID, or: admin -- export-knowledge|import-knowledge FILE.zip, or: admin -- dead-letters, or: admin -- retry inbox/N|outbox/N';

await finish(async () => {
  const { rest, values, flags } = readArguments(process.argv.slice(2), {
    values: ['name', 'role', 'office', 'citizen'],
    flags: ['password-stdin', 'json'],
  });
  if (rest[0] === 'create-user' && rest.length === 1) {
    for (const needed of ['name', 'role']) if (!values[needed]) throw new BadCommand(`--${needed} is missing. ${USAGE}`);
    if (!flags.has('password-stdin'))
      throw new BadCommand('Give the password on standard input with --password-stdin, so that it stays out of the shell’s history.');
    console.log(JSON.stringify(await runCommand('create-user', { ...values, password: await readPassword() })));
    return 0;
  }
  if (rest.join(' ') === 'audit verify') {
    const result = (await runCommand('audit-verify', {})) as { intact: boolean };
    console.log(JSON.stringify(result));
    return result.intact ? 0 : 1;
  }
  if (rest.join(' ') === 'audit who') {
    if (!values['citizen']) throw new BadCommand(`--citizen is missing: the id that the channel knows the citizen by. ${USAGE}`);
    console.log(JSON.stringify(await runCommand('audit-who', { citizen: values['citizen'] })));
    return 0;
  }
  if (['set-password', 'reset-second-factor', 'disable-user'].includes(rest[0] ?? '') && rest.length === 1) {
    if (!values['name']) throw new BadCommand(`--name is missing. ${USAGE}`);
    const password = rest[0] === 'set-password' ? { password: await readPassword() } : {};
    console.log(JSON.stringify(await runCommand(rest[0] as string, { name: values['name'], ...password })));
    return 0;
  }
  if (rest[0] === 'import-payments' && rest[1] && rest.length === 2) {
    const name = path.basename(rest[1]);
    const result = (await runCommand('import-payments', { text: decode(await readFile(rest[1])), name })) as Imported;
    for (const { line, reason } of result.wrong) process.stderr.write(`${name}, riga ${line}: ${reason}\n`);
    for (const { line, reason } of result.warnings) process.stderr.write(`${name}, riga ${line} (presa): ${reason}\n`);
    console.log(JSON.stringify(result));
    return result.wrong.length > 0 ? 1 : 0;
  }
  if (['export-knowledge', 'import-knowledge'].includes(rest[0] ?? '') && rest[1] && rest.length === 2) {
    console.log(JSON.stringify(await runCommand(rest[0] as string, { file: path.resolve(rest[1]) })));
    return 0;
  }
  if (rest.join(' ') === 'dead-letters') {
    console.log(JSON.stringify(await runCommand('dead-letters', {})));
    return 0;
  }
  if (rest[0] === 'retry' && rest.length === 2) {
    const [, box, id] = /^(inbox|outbox)\/(\d{1,15})$/.exec(rest[1] ?? '') ?? [];
    if (!box) throw new BadCommand(`"${rest[1]}" is not the name of a dead letter, e.g. outbox/12. ${USAGE}`);
    console.log(JSON.stringify(await runCommand('retry-dead-letter', { box, id: Number(id) })));
    return 0;
  }
  if ((rest[0] === 'export' || rest[0] === 'erase') && rest.length === 1) {
    if (!values['citizen']) throw new BadCommand(`--citizen is missing: the id that the channel knows the citizen by. ${USAGE}`);
    console.log(JSON.stringify(await runCommand(`${rest[0]}-citizen`, { citizen: values['citizen'] })));
    return 0;
  }
  throw new BadCommand(USAGE);
});

interface Imported {
  wrong: { line: number; reason: string }[];
  warnings: { line: number; reason: string }[];
}

async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Password: ');
  let text = '';
  for await (const piece of process.stdin.setEncoding('utf8')) {
    text += piece;
    if (process.stdin.isTTY && text.includes('\n')) break;
  }
  return text.replace(/\r?\n[\s\S]*$/, '');
}
