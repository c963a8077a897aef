/** npm run -s ask -- "QUESTION" [--lang it] [--at 2026-11-22] [--step understand|retrieve|compose|ground] [--json] */
import { BadCommand } from '../bot/control.ts';
import type { Answer } from '../knowledge/answering/question.ts';
import { finish, readArguments } from '../bot/command-line.ts';
import { runCommand } from './run-command.ts';

await finish(async () => {
  const { rest, values, flags } = readArguments(process.argv.slice(2), { values: ['lang', 'at', 'step'], flags: ['json'] });
  const question = rest.join(' ').trim();
  if (!question) throw new BadCommand('Ask something: npm run -s ask -- "Quanto costa la carta d’identità?"');
  const result = await runCommand('ask', { question, ...values });
  if (flags.has('json') || values['step']) console.log(JSON.stringify(result, null, values['step'] ? 2 : undefined));
  else print(result as Answer);
  return 0;
});

function print(answer: Answer): void {
  console.log(`\n${answer.text}\n`);
  for (const citation of answer.citations) {
    const valid = citation.validFrom ? `, in vigore dal ${citation.validFrom}` : '';
    console.log(
      `[${citation.position}] ${citation.title} › ${citation.heading} (aggiornato il ${citation.updatedOn}${valid})\n    ${citation.url}`,
    );
  }
  for (const choice of answer.choices) console.log(`  · ${choice.title}`);
  console.error(`\n${answer.outcome}${answer.reason ? ` (${answer.reason})` : ''}, ${answer.ms} ms`);
}
