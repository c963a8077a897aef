/** npm run -s ingest -- PATH_OR_URL… [--office NAME] [--lang it] [--valid-from D] [--valid-until D] [--draft] [--site] [--json] */
import path from 'node:path';
import { finish, readArguments } from '../bot/command-line.ts';
import { BadCommand } from '../bot/control.ts';
import type { IngestResult } from '../knowledge/ingest/ingest.ts';
import { runCommand } from './run-command.ts';

await finish(async () => {
  const { rest, values, flags } = readArguments(process.argv.slice(2), {
    values: ['office', 'lang', 'valid-from', 'valid-until'],
    flags: ['draft', 'site', 'json'],
  });
  if (rest.length === 0)
    throw new BadCommand('Name files, folders or addresses: npm run -s ingest -- documents/ https://www.comune.example/sitemap.xml');
  const given = { office: values['office'], lang: values['lang'], validFrom: values['valid-from'], validUntil: values['valid-until'] };
  const result = (await runCommand('ingest', {
    sources: rest.map((source) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(source) ? source : path.resolve(source))),
    given: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    draft: flags.has('draft'),
    wholeSite: flags.has('site'),
  })) as IngestResult;
  if (flags.has('json')) console.log(JSON.stringify(result));
  else {
    console.log(`${result.documents} documents, ${result.sections} sections, ${result.passages} passages`);
    for (const { source, reason } of result.skipped) console.log(`skipped ${source}: ${reason}`);
  }
  return result.documents === 0 && result.skipped.length > 0 ? 1 : 0;
});
